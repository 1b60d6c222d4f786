"""Slips printed again: a person of the centre asks, the floor counts, one kiosk prints and tells what became of it.

Silence is unknown: of a kiosk that tells nothing within `WORD_WITHIN` the hub says so itself, and the kiosk may still
tell better.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from service_floor.queue.cases import Case, Decision, wrong_state
from service_floor.queue.commands import ReprintSlip, Role
from service_floor.queue.concerns.device_reports import MOST_REPRINTS
from service_floor.queue.events import ReprintAsked, SlipReported
from service_floor.queue.floor import Floor
from service_floor.queue.lifecycle import OVER
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.queue.tickets import Ticket

PRINT_WITHIN: Final = timedelta(seconds=60)
"""A kiosk that hears of it later prints nothing: whoever waited for the paper has gone."""
WORD_WITHIN: Final = timedelta(seconds=150)
"""So long a kiosk that has heard of it in time may take to print, or to give it up."""
NO_WORD: Final = "no_word"


def reprint_slip(case: Case, command: ReprintSlip) -> Decision:
    """Count one reprint more and have it printed. A counter may ask for the ticket that it has called, serves or parked."""
    ticket = case.known_ticket(command.ticket)
    if isinstance(ticket, Refusal):
        return ticket
    officer = _officer(case, ticket)
    if isinstance(officer, Refusal):
        return officer
    kiosk = _kiosk(case, ticket, command.kiosk)
    if isinstance(kiosk, Refusal):
        return kiosk
    reprint = max((count for count, _ in ticket.reprints), default=0) + 1
    asked = ReprintAsked(
        ticket.id, reprint, kiosk, command.reason.value, case.order.actor.device, officer
    )
    return _one_too_many(case, ticket, asked) or (asked,)


def _officer(case: Case, ticket: Ticket) -> str | Refusal:
    """Who asks, empty where nobody knows; or why not."""
    actor = case.order.actor
    if ticket.state in OVER:
        return wrong_state(ticket)
    if actor.role is not Role.COUNTER:
        return actor.proven or ""
    desk = case.staffed_desk(actor.counter or "")
    if isinstance(desk, Refusal):
        return desk
    if ticket.counter is None:
        return wrong_state(ticket)
    if ticket.counter != desk.counter:
        data = {"number": ticket.number, "counter": ticket.counter}
        return Refusal(RefusalCode.CALLED_ELSEWHERE, data)
    return desk.officer or ""


def _kiosk(case: Case, ticket: Ticket, wanted: str | None) -> str | Refusal:
    """The kiosk that was named; else the one that gave the ticket; else the first that prints."""
    printers = case.plan.printers
    if not printers:
        return Refusal(RefusalCode.NO_SLIP_PRINTER)
    if wanted is None:
        return ticket.given_by if ticket.given_by in printers else printers[0]
    return wanted if wanted in printers else Refusal(RefusalCode.UNKNOWN_KIOSK, {"kiosk": wanted})


def _one_too_many(case: Case, ticket: Ticket, asked: ReprintAsked) -> Refusal | None:
    """One at a time at a kiosk, and no more than the centre allows. What surely did not come out does not count."""
    under_way = (
        each.kiosk
        for each in case.floor.reprints.values()
        if each.ticket == ticket.id and not each.outcome
    )
    if asked.kiosk in under_way:
        data: dict[str, str | int] = {"number": ticket.number, "kiosk": asked.kiosk}
        return Refusal(RefusalCode.REPRINT_UNDER_WAY, data)
    limit = case.plan.calling.reprint_limit
    spent = sum(outcome != "failed" for _, outcome in ticket.reprints)
    if spent >= limit or asked.reprint > MOST_REPRINTS:
        return Refusal(RefusalCode.REPRINT_LIMIT, {"number": ticket.number, "limit": limit})
    return None


def silent_reprints(floor: Floor, now: datetime) -> Iterator[SlipReported]:
    """What must be said of reprints of which their kiosks say nothing."""
    for asked in floor.reprints.values():
        if not asked.outcome and asked.asked_at + WORD_WITHIN <= now:
            hub = Role.HUB.value
            yield SlipReported(asked.ticket, "unknown", NO_WORD, hub, asked.reprint)
