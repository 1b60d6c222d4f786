"""Wording of a procedure's time limit, fee and papers, on screens and slips. Values that were not published are marked as such.

The words are those of the program that asks: `procedure` and `limit` of its sentences.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from config.model.slips import EachBlock, SlipTemplate, placeholders_in, wordings
from plumbing.sentences import Sentences
from service_floor.procedures.model import Paper, Procedure, national_code
from service_floor.vietnamese.formats import decimal, money


def limit_of(procedure: Procedure, texts: Sentences) -> str:
    """How long it may take, in the source's own words where it has some."""
    limit = procedure.limit
    if limit.text:
        return limit.text
    if limit.amount is None:
        return texts.say("procedure.not_published")
    return texts.say(f"limit.{limit.unit.value}", amount=decimal(limit.amount))


def fee_of(procedure: Procedure, texts: Sentences) -> str:
    """What it costs, with what the source adds to it."""
    if procedure.fee is None:
        return procedure.fee_note or texts.say("procedure.not_published")
    amount = money(procedure.fee)
    return f"{amount} ({procedure.fee_note})" if procedure.fee_note else amount


def copies_of(paper: Paper, texts: Sentences) -> str:
    """How many originals and copies; empty for a remark."""
    counts = (("procedure.originals", paper.originals), ("procedure.copies", paper.copies))
    return ", ".join(texts.say(key, count=count) for key, count in counts if count)


def checklist_values(procedure: Procedure, texts: Sentences) -> dict[str, str]:
    """The placeholders of the list of papers, without those of every slip."""
    return {
        "procedure": procedure.name,
        "procedure_code": procedure.code,
        "limit": limit_of(procedure, texts),
        "fee": fee_of(procedure, texts),
        "no_papers": "" if procedure.papers else texts.say("procedure.not_published"),
        "whole": "",
    }


def page_on(template: SlipTemplate, procedure: Procedure, page: str) -> str:
    """The address of a procedure's page for citizens; empty where the centre names none or the template has no place for it."""
    plain = [block for block in template.blocks if not isinstance(block, EachBlock)]
    said = (wording for block in plain for wording in wordings(block).values())
    has_place = any("whole" in placeholders_in(wording) for wording in said)
    return page.replace("{code}", national_code(procedure.code)) if has_place else ""


def lines_of_omitted(papers: int, groups: Sequence[str], page: str, texts: Sentences) -> list[str]:
    """The lines of a shortened list on what it leaves out; where the whole is, unless a code of its `page` says so."""
    named = [texts.say("procedure.omitted_case", name=name) for name in groups]
    where = [] if page else [texts.say("procedure.whole_at_desk")]
    return [texts.say("procedure.omitted", count=papers), *named, *where]


def checklist_entries(
    procedure: Procedure, texts: Sentences
) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The papers in their groups; only the first of a group has its heading."""
    return {"papers": list(_papers(procedure, texts))}


def _papers(procedure: Procedure, texts: Sentences) -> Iterator[dict[str, str]]:
    for group, papers in groupby(procedure.papers, key=lambda paper: paper.group):
        heading = group
        for paper in papers:
            yield {
                "group": heading,
                "paper": "" if paper.is_remark else paper.name,
                "remark": paper.name if paper.is_remark else "",
                "copies": copies_of(paper, texts),
            }
            heading = ""
