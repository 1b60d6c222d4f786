"""Reprints of slips: a person of the centre asks, the floor counts up to the limit, one kiosk prints and reports the
outcome.

Silence is unknown: a kiosk that does not report within the timeout `WORD_WITHIN` is reported by the hub, and may still
report better.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final, Literal

from service_floor.queue.actors import FLOOR_STAFF, Role
from service_floor.queue.cases import NO_COUNTER, Case, Decision, FloorCommand, wrong_state
from service_floor.queue.concerns.device_reports import MOST_REPRINTS, SlipReported
from service_floor.queue.floor import Floor, FloorEvent, ImpossibleEventError, Touched
from service_floor.queue.moves import known_ticket
from service_floor.queue.refusals import CommonRefusal, Refusal, RefusalCode
from service_floor.queue.tickets import OVER, Reprint, Ticket, reprint_id

PRINT_WITHIN: Final = timedelta(seconds=60)
"""Timeout: a kiosk that receives it later does not print, since the citizen has gone."""


WORD_WITHIN: Final = timedelta(seconds=150)
"""Timeout for a kiosk that has received it in time to print it or to give up."""


NO_WORD: Final = "no_word"


class ReprintRefusal(RefusalCode):
    """Why a command of this concern is refused, beside the common codes."""

    UNKNOWN_KIOSK = "unknown_kiosk", "kiosk"
    NO_SLIP_PRINTER = "no_slip_printer"
    REPRINT_LIMIT = "reprint_limit", "number", "limit"
    REPRINT_UNDER_WAY = "reprint_under_way", "number", "kiosk"


@dataclass(frozen=True, slots=True)
class ReprintAsked(FloorEvent):
    """A person of the centre wants a ticket's slip again: the `reprint`-th, at this kiosk. `officer` is who sits at the
    counter or stands at the console that asks, where that is known."""

    ticket: str
    reprint: int
    kiosk: str
    reason: str
    device: str
    officer: str = ""
    kind: Literal["reprint_asked"] = "reprint_asked"

    def fold(self, floor: Floor, at: datetime) -> None:
        ticket = known_ticket(floor, self.ticket)
        if self.reprint in dict(ticket.reprints):
            raise ImpossibleEventError(f"reprint {self.reprint} of {self.ticket} exists")
        floor.tickets[ticket.id] = ticket.with_reprint(self.reprint)
        who = (self.device, self.officer)
        asked = Reprint(self.ticket, self.reprint, self.kiosk, self.reason, *who, at)
        floor.reprints[asked.id] = asked

    def touched(self) -> Touched:
        return Touched(self.ticket, new_reprint=reprint_id(self.ticket, self.reprint))


class ReprintReason(StrEnum):
    """Why a slip is wanted again: none came out, it cannot be read, or it is gone."""

    NOT_PRINTED = "not_printed"
    UNREADABLE = "unreadable"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ReprintSlip(FloorCommand):
    """Print a ticket's slip again, marked with its count, at this kiosk; without one at the kiosk that gave the ticket."""

    given_by: ClassVar = FLOOR_STAFF
    acts_for: ClassVar = NO_COUNTER
    ticket: str
    reason: ReprintReason
    kiosk: str | None = None
    kind: Literal["reprint_slip"] = "reprint_slip"

    def decide(self, case: Case) -> Decision:
        """Count one reprint more and have it printed.

        A counter may ask for the ticket that it has called, serves or parked.
        """
        ticket = case.known_ticket(self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        officer = _officer(case, ticket)
        if isinstance(officer, Refusal):
            return officer
        kiosk = _kiosk(case, ticket, self.kiosk)
        if isinstance(kiosk, Refusal):
            return kiosk
        reprint = max((count for count, _ in ticket.reprints), default=0) + 1
        asked = ReprintAsked(
            ticket.id, reprint, kiosk, self.reason.value, case.actor.device, officer
        )
        return _one_too_many(case, ticket, asked) or (asked,)


def _officer(case: Case, ticket: Ticket) -> str | Refusal:
    """The officer who asks, empty where unknown; or the refusal."""
    actor = case.actor
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
        return Refusal(CommonRefusal.CALLED_ELSEWHERE, data)
    return desk.officer or ""


def _kiosk(case: Case, ticket: Ticket, wanted: str | None) -> str | Refusal:
    """The kiosk that was named; else the one that gave the ticket; else the first that prints."""
    printers = case.plan.printers
    if not printers:
        return Refusal(ReprintRefusal.NO_SLIP_PRINTER)
    if wanted is None:
        return ticket.given_by if ticket.given_by in printers else printers[0]
    return (
        wanted if wanted in printers else Refusal(ReprintRefusal.UNKNOWN_KIOSK, {"kiosk": wanted})
    )


def _one_too_many(case: Case, ticket: Ticket, asked: ReprintAsked) -> Refusal | None:
    """One at a time at a kiosk, and no more than the centre allows. What surely did not come out does not count."""
    under_way = (
        each.kiosk
        for each in case.floor.reprints.values()
        if each.ticket == ticket.id and not each.outcome
    )
    if asked.kiosk in under_way:
        data: dict[str, str | int] = {"number": ticket.number, "kiosk": asked.kiosk}
        return Refusal(ReprintRefusal.REPRINT_UNDER_WAY, data)
    limit = case.plan.calling.reprint_limit
    spent = sum(outcome != "failed" for _, outcome in ticket.reprints)
    if spent >= limit or asked.reprint > MOST_REPRINTS:
        return Refusal(ReprintRefusal.REPRINT_LIMIT, {"number": ticket.number, "limit": limit})
    return None


def silent_reprints(floor: Floor, now: datetime) -> Iterator[SlipReported]:
    """The reports that the hub makes for reprints past their timeout."""
    for asked in floor.reprints.values():
        if not asked.outcome and asked.asked_at + WORD_WITHIN <= now:
            hub = Role.HUB.value
            yield SlipReported(asked.ticket, "unknown", NO_WORD, hub, asked.reprint)


Event = ReprintAsked


Command = ReprintSlip
