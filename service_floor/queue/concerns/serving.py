"""Service at the counter: start, no-show, park up to the limit, transfer to another queue, finish, and confirm the
priority.

A command may name the `ticket` that it means, so that it never acts on the one that has come after it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from service_floor.queue.actors import COUNTERS
from service_floor.queue.cases import OWN_COUNTER, Case, Decision, FloorCommand
from service_floor.queue.concerns.issuing import TicketExpired
from service_floor.queue.floor import Floor
from service_floor.queue.moves import (
    HeldTicketEvent,
    Moves,
    Passage,
    TicketEvent,
    known_ticket,
    move,
    move_held,
)
from service_floor.queue.refusals import CommonRefusal, Refusal, RefusalCode
from service_floor.queue.tickets import UNCALLED, Stop, Ticket, TicketState

_MINUTE = timedelta(minutes=1)


class ServiceRefusal(RefusalCode):
    """Why a command of this concern is refused, beside the common codes."""

    PARK_TOO_LONG = "park_too_long", "minutes", "limit"
    NO_PRIORITY = "no_priority", "number"


@dataclass(frozen=True, slots=True)
class ServiceStarted(HeldTicketEvent):
    """The citizen is at the counter."""

    moves: ClassVar[Moves] = {TicketState.CALLED: TicketState.SERVING}
    ticket: str
    counter: str
    kind: Literal["service_started"] = "service_started"

    def fold(self, floor: Floor, at: datetime) -> None:
        move_held(floor, self, started_at=at)


@dataclass(frozen=True, slots=True)
class TicketMissed(HeldTicketEvent):
    """Called and did not come."""

    moves: ClassVar[Moves] = {TicketState.CALLED: TicketState.NO_SHOW}
    ticket: str
    counter: str
    kind: Literal["ticket_missed"] = "ticket_missed"

    def fold(self, floor: Floor, at: datetime) -> None:
        move_held(floor, self)


@dataclass(frozen=True, slots=True)
class TicketParked(HeldTicketEvent):
    """Put aside by a counter until `until`."""

    moves: ClassVar[Moves] = {TicketState.SERVING: TicketState.PARKED}
    ticket: str
    counter: str
    until: datetime
    reason: str
    kind: Literal["ticket_parked"] = "ticket_parked"

    def fold(self, floor: Floor, at: datetime) -> None:
        """The counter stays on a parked ticket: it is the owner."""
        owner = known_ticket(floor, self.ticket)
        kept = {"counter": owner.counter, "officer": owner.officer, "parked_until": self.until}
        move_held(floor, self, **{**UNCALLED, **kept})


@dataclass(frozen=True, slots=True)
class ParkingEnded(TicketEvent):
    """The time aside ran out; the ticket waits again for the counter that parked it."""

    moves: ClassVar[Moves] = {TicketState.PARKED: TicketState.WAITING}
    ticket: str
    kind: Literal["parking_ended"] = "parking_ended"

    def fold(self, floor: Floor, at: datetime) -> None:
        ticket = known_ticket(floor, self.ticket)
        stops = (Stop(ticket.service, ticket.counter), *ticket.stops[1:])
        move(floor, self, **{**UNCALLED, "stops": stops})


@dataclass(frozen=True, slots=True)
class TicketTransferred(HeldTicketEvent):
    """Sent on by an officer; `stops` is the whole remaining route. Number and arrival stay."""

    moves: ClassVar[Moves] = {TicketState.SERVING: Passage.TRANSFERRED}
    ticket: str
    counter: str
    stops: tuple[Stop, ...]
    kind: Literal["ticket_transferred"] = "ticket_transferred"

    def fold(self, floor: Floor, at: datetime) -> None:
        move_held(floor, self, **{**UNCALLED, "stops": self.stops})


@dataclass(frozen=True, slots=True)
class StopFinished(HeldTicketEvent):
    """One service of several is done; the ticket waits for the next."""

    moves: ClassVar[Moves] = {TicketState.SERVING: TicketState.WAITING}
    ticket: str
    counter: str
    stops: tuple[Stop, ...]
    outcome: str
    kind: Literal["stop_finished"] = "stop_finished"

    def fold(self, floor: Floor, at: datetime) -> None:
        move_held(floor, self, **{**UNCALLED, "stops": self.stops})


@dataclass(frozen=True, slots=True)
class TicketFinished(HeldTicketEvent):
    """The visit is over."""

    moves: ClassVar[Moves] = {TicketState.SERVING: TicketState.FINISHED}
    ticket: str
    counter: str
    outcome: str
    kind: Literal["ticket_finished"] = "ticket_finished"

    def fold(self, floor: Floor, at: datetime) -> None:
        move_held(floor, self, ended_at=at)


@dataclass(frozen=True, slots=True)
class PriorityConfirmed(HeldTicketEvent):
    """The officer's word on a claimed priority."""

    moves: ClassVar[Moves] = {
        TicketState.CALLED: TicketState.CALLED,
        TicketState.SERVING: TicketState.SERVING,
    }
    ticket: str
    counter: str
    confirmed: bool
    kind: Literal["priority_confirmed"] = "priority_confirmed"

    def fold(self, floor: Floor, at: datetime) -> None:
        move_held(floor, self, priority_confirmed=self.confirmed)


@dataclass(frozen=True, slots=True)
class StartServing(FloorCommand):
    """The called citizen has come."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    ticket: str | None = None
    kind: Literal["start_serving"] = "start_serving"

    def decide(self, case: Case) -> Decision:
        """The called citizen stands at the counter."""
        ticket = case.held_ticket(self.counter, TicketState.CALLED, self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        return (ServiceStarted(ticket.id, self.counter),)


@dataclass(frozen=True, slots=True)
class MarkNoShow(FloorCommand):
    """The called citizen did not come."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    ticket: str | None = None
    kind: Literal["mark_no_show"] = "mark_no_show"

    def decide(self, case: Case) -> Decision:
        """The called citizen did not come."""
        ticket = case.held_ticket(self.counter, TicketState.CALLED, self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        return (TicketMissed(ticket.id, self.counter),)


@dataclass(frozen=True, slots=True)
class Park(FloorCommand):
    """Put the served ticket aside for `minutes`; it stays this counter's."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    minutes: int
    reason: str = ""
    ticket: str | None = None
    kind: Literal["park"] = "park"

    def decide(self, case: Case) -> Decision:
        """Put the served ticket aside for 1 minute up to the centre's limit; none after the day has ended."""
        ticket = case.held_ticket(self.counter, TicketState.SERVING, self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        if case.floor.ended:
            return Refusal(CommonRefusal.CLOSED_FOR_TODAY)
        limit = case.plan.calling.park_limit // _MINUTE
        if not 1 <= self.minutes <= limit:
            return Refusal(ServiceRefusal.PARK_TOO_LONG, {"minutes": self.minutes, "limit": limit})
        until = case.now + self.minutes * _MINUTE
        return (TicketParked(ticket.id, self.counter, until, self.reason.strip()),)


@dataclass(frozen=True, slots=True)
class Transfer(FloorCommand):
    """Send the served ticket to another service, or to one counter of it; with `back` it returns here afterwards."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    service: str
    to_counter: str | None = None
    back: bool = False
    ticket: str | None = None
    kind: Literal["transfer"] = "transfer"

    def decide(self, case: Case) -> Decision:
        """Send the served ticket on; what was still to come stays behind it. None after the day has ended."""
        ticket = case.held_ticket(self.counter, TicketState.SERVING, self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        refusal = _wrong_destination(case, self)
        if refusal is not None:
            return refusal
        if case.floor.ended:
            return Refusal(CommonRefusal.CLOSED_FOR_TODAY)
        stops = _route(ticket, self)
        return (TicketTransferred(ticket.id, self.counter, stops),)


@dataclass(frozen=True, slots=True)
class Finish(FloorCommand):
    """The service is done; a ticket with further stops goes on to the next one."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    outcome: str = ""
    ticket: str | None = None
    kind: Literal["finish"] = "finish"

    def decide(self, case: Case) -> Decision:
        """End the stop, and with the last one the visit. Stops left over when the day has ended expire with it."""
        ticket = case.held_ticket(self.counter, TicketState.SERVING, self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        outcome = self.outcome.strip()
        if len(ticket.stops) == 1:
            return (TicketFinished(ticket.id, self.counter, outcome),)
        done = StopFinished(ticket.id, self.counter, ticket.stops[1:], outcome)
        return (done, TicketExpired(ticket.id)) if case.floor.ended else (done,)


@dataclass(frozen=True, slots=True)
class ConfirmPriority(FloorCommand):
    """The officer has seen, or not seen, what the claimed priority rests on."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    confirmed: bool
    ticket: str | None = None
    kind: Literal["confirm_priority"] = "confirm_priority"

    def decide(self, case: Case) -> Decision:
        """Record the officer's word on a claimed priority; it may be corrected while the ticket is at the counter."""
        ticket = case.held_ticket(self.counter, TicketState.SERVING, self.ticket)
        if isinstance(ticket, Refusal) and ticket.code is CommonRefusal.NOTHING_SERVED:
            ticket = case.held_ticket(self.counter, TicketState.CALLED, self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        if ticket.priority is None:
            return Refusal(ServiceRefusal.NO_PRIORITY, {"number": ticket.number})
        if ticket.priority_confirmed is self.confirmed:
            outcome = "confirmed" if self.confirmed else "not_confirmed"
            return Refusal(CommonRefusal.ALREADY_SAID, {"outcome": outcome})
        return (PriorityConfirmed(ticket.id, self.counter, self.confirmed),)


def _wrong_destination(case: Case, command: Transfer) -> Refusal | None:
    if command.service not in case.plan.services:
        return Refusal(CommonRefusal.UNKNOWN_SERVICE, {"service": command.service})
    if command.to_counter is None:
        return None
    known = case.known_desk(command.to_counter)
    if isinstance(known, Refusal):
        return known
    if case.plan.counters[command.to_counter].takes(command.service):
        return None
    data = {"counter": command.to_counter, "service": command.service}
    return Refusal(CommonRefusal.SERVICE_NOT_TAKEN, data)


def _route(ticket: Ticket, command: Transfer) -> tuple[Stop, ...]:
    """The new stop, the way back where wished, and the rest.

    A way back that is already planned is not planned twice.
    """
    rest = ticket.stops[1:]
    back = Stop(ticket.service, command.counter)
    returning = (back,) if command.back and back not in rest else ()
    return (Stop(command.service, command.to_counter), *returning, *rest)


Event = (
    ServiceStarted
    | TicketMissed
    | TicketParked
    | ParkingEnded
    | TicketTransferred
    | StopFinished
    | TicketFinished
    | PriorityConfirmed
)


Command = StartServing | MarkNoShow | Park | Transfer | Finish | ConfirmPriority
