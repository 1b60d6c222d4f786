"""What the kiosk tells on its slips: the values for the templates of the ticket and of the list of papers."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from drivers.filling import fill
from drivers.slip import Slip
from kiosk.flow.published import copies_of, fee_of, limit_of
from kiosk.flow.reference import Reference
from kiosk.flow.state import Given
from kiosk.texts import Sentences
from service_floor.procedures.model import Procedure
from service_floor.vietnamese.formats import clock, short_date

TICKET_JOB: Final = "ticket-"
LIST_JOB: Final = "list-"


def ticket_slip(
    ticket: Given, counters: tuple[int, ...], reference: Reference, texts: Sentences
) -> Slip:
    """The paper that the citizen keeps."""
    language = texts.language
    known = ticket.ahead is not None
    estimate = ticket.estimate_seconds if known else None
    code = ticket_code(ticket.id, reference.public_url)
    values = {
        **_every(reference, language),
        "number": ticket.number,
        "service": reference.service_name(ticket.service, language),
        "counters": counter_list(counters),
        "priority": reference.priority_name(ticket.priority, language) if ticket.priority else "",
        "time": clock(ticket.issued_at),
        "date": short_date(ticket.issued_at),
        "ahead": str(ticket.ahead) if known else "",
        "minutes": "" if estimate is None else str(minutes_of(estimate)),
        "calls": str(reference.recall_limit),
        "offline": reference.kiosk.name if ticket.offline else "",
        "code": code,
        "page": code if reference.public_url else "",
    }
    return fill(TICKET_JOB + ticket.id, reference.templates["ticket", language], values)


def _every(reference: Reference, language: str) -> dict[str, str]:
    """The placeholders of every slip."""
    centre = reference.centre
    name = reference.centre_name(language)
    return {
        "authority": centre.authority,
        "centre": name,
        "centre_capitals": name.upper(),
        "address": centre.address,
        "hotline": centre.hotline,
    }


def ticket_code(ticket: str, public_url: str) -> str:
    """What the QR holds: the citizen's page, or the ticket's id where there is no such page."""
    return f"{public_url.rstrip('/')}/t/{ticket}" if public_url else ticket


def counter_list(numbers: tuple[int, ...]) -> str:
    """Counter numbers as they stand above the counters."""
    return ", ".join(f"{number:02d}" for number in numbers)


def minutes_of(seconds: int) -> int:
    """Whole minutes, rounded up: nobody is promised less than the estimate."""
    return max(1, -(-seconds // 60))


def checklist_slip(procedure: Procedure, reference: Reference, texts: Sentences) -> Slip:
    """The papers of a procedure to take home."""
    values = {
        **_every(reference, texts.language),
        "procedure": procedure.name,
        "procedure_code": procedure.code,
        "limit": limit_of(procedure, texts),
        "fee": fee_of(procedure, texts),
        "no_papers": "" if procedure.papers else texts.say("procedure.not_published"),
    }
    papers = {"papers": list(_papers(procedure, texts))}
    template = reference.templates["checklist", texts.language]
    return fill(LIST_JOB + procedure.code, template, values, papers)


def _papers(procedure: Procedure, texts: Sentences) -> Iterator[dict[str, str]]:
    """The papers in their groups; only the first of a group has its heading."""
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
