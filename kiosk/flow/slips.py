"""Slips of the kiosk: the values for the templates of the ticket and of the list of papers."""

from typing import Final

from config.slips.every import centre_values
from config.slips.published import (
    checklist_entries,
    checklist_values,
    lines_of_omitted,
    page_on,
)
from drivers.filling import fill
from drivers.shortening import LIST, Listing, Omitted
from drivers.slip import Slip
from kiosk.flow.reference import Reference
from kiosk.flow.state import Given
from kiosk.texts import Sentences
from plumbing.spans import span
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
        "wait": "" if estimate is None else span(texts, minutes_of(estimate)),
        "calls": str(reference.recall_limit),
        "offline": reference.kiosk.name if ticket.offline else "",
        "code": code,
        "page": code if reference.public_url else "",
    }
    return fill(TICKET_JOB + ticket.id, reference.templates["ticket", language], values)


def _every(reference: Reference, language: str) -> dict[str, str]:
    return centre_values(reference.centre, language)


def ticket_code(ticket: str, public_url: str) -> str:
    """What the QR holds: the citizen's page, or the ticket's id without such a page."""
    return f"{public_url.rstrip('/')}/t/{ticket}" if public_url else ticket


def counter_list(numbers: tuple[int, ...]) -> str:
    """Counter numbers as they stand above the counters."""
    return ", ".join(f"{number:02d}" for number in numbers)


def minutes_of(seconds: int) -> int:
    """Whole minutes, rounded up: no citizen is promised less than the estimate."""
    return max(1, -(-seconds // 60))


def checklist_slip(
    procedure: Procedure, reference: Reference, texts: Sentences
) -> tuple[Slip, Omitted]:
    """The papers of a procedure to take home, and what a long list had to leave out."""
    template = reference.templates["checklist", texts.language]
    page = page_on(template, procedure, reference.procedure_page)
    listing = Listing(
        template=template,
        values={**_every(reference, texts.language), **checklist_values(procedure, texts)},
        entries=checklist_entries(procedure, texts)[LIST],
        note=lambda omitted: lines_of_omitted(omitted.papers, omitted.groups, page, texts),
        short_values={"whole": page},
    )
    return listing.slip(LIST_JOB + procedure.code, reference.list_length)
