"""The slips of the kiosk: the ticket and the list of papers, as blocks that any printer can lay out."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from drivers.slip import Align, Block, Columns, Feed, QrCode, Rule, Slip, Text
from kiosk.flow.published import copies_of, fee_of, limit_of
from kiosk.flow.reference import Reference
from kiosk.flow.state import Given
from kiosk.texts import Sentences
from service_floor.procedures.model import Procedure
from service_floor.vietnamese.formats import clock, short_date

TICKET_JOB: Final = "ticket-"
LIST_JOB: Final = "list-"
_NARROWEST_COLUMNS: Final = 32
"""Base letters across 58 mm of paper: the number is as large as fits there on one line."""
_LARGEST: Final = 6


def ticket_slip(
    ticket: Given, counters: tuple[int, ...], reference: Reference, texts: Sentences
) -> Slip:
    """The paper that the citizen keeps."""
    return Slip(TICKET_JOB + ticket.id, tuple(_ticket_blocks(ticket, counters, reference, texts)))


def _ticket_blocks(
    ticket: Given, counters: tuple[int, ...], reference: Reference, texts: Sentences
) -> Iterator[Block]:
    language = texts.language
    yield from _heading(reference, language)
    yield Rule()
    yield Text(texts.say("slip.number"), Align.CENTRE, bold=True)
    scale = min(_LARGEST, _NARROWEST_COLUMNS // len(ticket.number))
    yield Text(ticket.number, Align.CENTRE, scale=scale, bold=True)
    service = reference.service_name(ticket.service, language)
    yield Text(texts.say("slip.service", service=service))
    if counters:
        yield Text(texts.say("slip.counters", counters=counter_list(counters)))
    if ticket.priority:
        yield Text(texts.say("slip.priority"), Align.CENTRE, scale=2, bold=True)
    yield Rule()
    time, date = clock(ticket.issued_at), short_date(ticket.issued_at)
    yield Text(texts.say("slip.issued", time=time, date=date))
    if ticket.ahead is not None:
        yield Text(_ahead(ticket.ahead, ticket.estimate_seconds, texts))
    yield Feed()
    yield QrCode(ticket_code(ticket.id, reference.public_url))
    yield Text(texts.say("slip.follow" if reference.public_url else "slip.show"), Align.CENTRE)
    yield Feed()
    yield Text(texts.say("slip.keep"), Align.CENTRE)
    yield Text(texts.say("slip.missed", calls=reference.recall_limit), Align.CENTRE)


def _heading(reference: Reference, language: str) -> Iterator[Block]:
    if reference.centre.authority:
        yield Text(reference.centre.authority, Align.CENTRE)
    yield Text(reference.centre_name(language).upper(), Align.CENTRE, bold=True)


def _ahead(ahead: int, estimate_seconds: int | None, texts: Sentences) -> str:
    if estimate_seconds is None:
        return texts.say("slip.ahead", ahead=ahead)
    return texts.say("slip.ahead_minutes", ahead=ahead, minutes=minutes_of(estimate_seconds))


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
    return Slip(LIST_JOB + procedure.code, tuple(_checklist_blocks(procedure, reference, texts)))


def _checklist_blocks(
    procedure: Procedure, reference: Reference, texts: Sentences
) -> Iterator[Block]:
    yield from _heading(reference, texts.language)
    yield Rule()
    yield Text(texts.say("slip.papers"), Align.CENTRE, bold=True)
    yield Text(procedure.name, bold=True)
    yield Columns(texts.say("procedure.code"), procedure.code)
    yield Rule()
    for group, papers in groupby(procedure.papers, key=lambda paper: paper.group):
        if group:
            yield Text(group, bold=True)
        for paper in papers:
            yield Text(paper.name if paper.is_remark else f"[ ] {paper.name}")
            note = copies_of(paper, texts)
            if note:
                yield Text(note, Align.RIGHT)
    if not procedure.papers:
        yield Text(texts.say("procedure.not_published"))
    yield Rule()
    yield Text(texts.say("slip.limit", limit=limit_of(procedure, texts)))
    yield Text(texts.say("slip.fee", fee=fee_of(procedure, texts)))
    if reference.centre.hotline:
        yield Text(texts.say("slip.hotline", hotline=reference.centre.hotline))
