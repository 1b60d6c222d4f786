"""Service at the counter: start, no-show, park up to the limit, transfer to another queue, finish, and confirm the
priority.

A command may name the `ticket` that it means, so that it never acts on the one that has come after it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import ClassVar, Literal

from service_floor.queue.actors import COUNTERS
from service_floor.queue.cases import OWN_COUNTER, Case, Decision, FloorCommand
from service_floor.queue.concerns.issuing import TicketExpired
from service_floor.queue.concerns.rerouting import wrong_destination
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
from service_floor.queue.planning.plan import CallingRules
from service_floor.queue.refusals import CommonRefusal, Refusal, RefusalCode
from service_floor.queue.tickets import UNCALLED, Stop, Ticket, TicketState

_MINUTE = timedelta(minutes=1)


class ServiceRefusal(RefusalCode):
    """Why a command of this concern is refused, beside the common codes."""

    NO_SHOW_TOO_SOON = "no_show_too_soon", "calls", "limit", "seconds"
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
    """Called and did not come. `reason` is the officer's where the promised calls or seconds were cut short."""

    moves: ClassVar[Moves] = {TicketState.CALLED: TicketState.NO_SHOW}
    ticket: str
    counter: str
    reason: str = ""
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
    reason: str = ""
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
    reason: str = ""
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
    reason: str = ""
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
    """The called citizen did not come. Sooner than the centre promises it needs a `reason`."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    reason: str = ""
    ticket: str | None = None
    kind: Literal["mark_no_show"] = "mark_no_show"

    def decide(self, case: Case) -> Decision:
        """The called citizen did not come: after the promised calls and seconds, or for a reason."""
        ticket = case.held_ticket(self.counter, TicketState.CALLED, self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        reason = self.reason.strip()
        calls, seconds = calls_left(case.plan.calling, ticket, case.now)
        if (calls or seconds) and not reason:
            limit = case.plan.calling.recall_limit
            data: dict[str, str | int] = {"calls": ticket.calls, "limit": limit, "seconds": seconds}
            return Refusal(ServiceRefusal.NO_SHOW_TOO_SOON, data)
        return (TicketMissed(ticket.id, self.counter, reason),)


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
        if not case.plan.counters[self.counter].takes(ticket.service):
            # A changed plan has taken the service from the counter, which could never call the ticket back.
            data = {"counter": self.counter, "service": ticket.service}
            return Refusal(CommonRefusal.SERVICE_NOT_TAKEN, data)
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
    reason: str = ""
    ticket: str | None = None
    kind: Literal["transfer"] = "transfer"

    def decide(self, case: Case) -> Decision:
        """Send the served ticket on; what was still to come stays behind it. None after the day has ended."""
        ticket = case.held_ticket(self.counter, TicketState.SERVING, self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        refusal = wrong_destination(case, self.service, self.to_counter)
        if refusal is not None:
            return refusal
        if case.floor.ended:
            return Refusal(CommonRefusal.CLOSED_FOR_TODAY)
        stops = _route(ticket, self)
        return (TicketTransferred(ticket.id, self.counter, stops, self.reason.strip()),)


@dataclass(frozen=True, slots=True)
class Finish(FloorCommand):
    """The service is done; a ticket with further stops goes on to the next one. `reason` explains a very short visit."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    outcome: str = ""
    reason: str = ""
    ticket: str | None = None
    kind: Literal["finish"] = "finish"

    def decide(self, case: Case) -> Decision:
        """End the stop, and with the last one the visit. Stops left over when the day has ended expire with it."""
        ticket = case.held_ticket(self.counter, TicketState.SERVING, self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        said = (self.outcome.strip(), self.reason.strip())
        if len(ticket.stops) == 1:
            return (TicketFinished(ticket.id, self.counter, *said),)
        done = StopFinished(ticket.id, self.counter, ticket.stops[1:], *said)
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


def calls_left(calling: CallingRules, ticket: Ticket, now: datetime) -> tuple[int, int]:
    """How many calls and seconds are promised to a called citizen still.

    Where the clock has gone back behind the first call, its age is unknown: only the calls count.
    """
    since = now - (ticket.first_called_at or now)
    left = (calling.no_show_wait - since).total_seconds()
    seconds = ceil(left) if since >= timedelta(0) else 0
    return max(0, calling.recall_limit - ticket.calls), max(0, seconds)


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
