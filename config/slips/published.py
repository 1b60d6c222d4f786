"""Wording of a procedure's time limit, fee and papers, on screens and slips. Values that were not published are marked as such.

The words are those of the program that asks: `procedure` and `limit` of its sentences.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from plumbing.sentences import Sentences
from service_floor.procedures.model import Paper, Procedure
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
    }


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
