"""Rerouting of tickets that are not at a counter: a person moves one to another queue, and the hub returns to the queue
what a counter or officer held that the plan no longer has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from service_floor.queue.actors import FLOOR_STAFF
from service_floor.queue.cases import NO_COUNTER, Case, Decision, FloorCommand, wrong_state
from service_floor.queue.concerns.desks import CounterSignedOut
from service_floor.queue.concerns.issuing import held_elsewhere
from service_floor.queue.floor import Floor, FloorEvent
from service_floor.queue.moves import Moves, TicketEvent, move
from service_floor.queue.planning.plan import FloorPlan
from service_floor.queue.refusals import CommonRefusal, Refusal
from service_floor.queue.tickets import UNCALLED, Stop, TicketState


@dataclass(frozen=True, slots=True)
class TicketMoved(TicketEvent):
    """Moved to another queue by a person; `stops` is the whole remaining route. Number and arrival stay."""

    moves: ClassVar[Moves] = {
        TicketState.WAITING: TicketState.WAITING,
        TicketState.PARKED: TicketState.WAITING,
    }
    ticket: str
    stops: tuple[Stop, ...]
    reason: str
    device: str
    officer: str = ""
    counter: str | None = None
    kind: Literal["ticket_moved"] = "ticket_moved"

    def fold(self, floor: Floor, at: datetime) -> None:
        move(floor, self, **{**UNCALLED, "stops": self.stops})


@dataclass(frozen=True, slots=True)
class TicketReturned(TicketEvent):
    """Back in the queue at its place: the counter or the officer that had it is not in the plan any more."""

    moves: ClassVar[Moves] = {
        TicketState.CALLED: TicketState.WAITING,
        TicketState.SERVING: TicketState.WAITING,
        TicketState.PARKED: TicketState.WAITING,
    }
    ticket: str
    counter: str
    kind: Literal["ticket_returned"] = "ticket_returned"

    def fold(self, floor: Floor, at: datetime) -> None:
        move(floor, self, **UNCALLED)


@dataclass(frozen=True, slots=True)
class MoveTicket(FloorCommand):
    """Move a ticket that waits or is parked to another service, or to one counter of it, for a `reason`."""

    given_by: ClassVar = FLOOR_STAFF
    acts_for: ClassVar = NO_COUNTER
    ticket: str
    service: str
    reason: str
    to_counter: str | None = None
    kind: Literal["move_ticket"] = "move_ticket"

    def decide(self, case: Case) -> Decision:
        """Move the ticket with its place. A counter moves tickets of its own services, a reception of all.

        Later stops that no counter takes any more are dropped: they would strand the ticket.
        """
        ticket = case.known_ticket(self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        if ticket.state not in TicketMoved.moves:
            return wrong_state(ticket)
        by = case.attributed(ticket.service, reception=True)
        if isinstance(by, Refusal):
            return by
        refusal = held_elsewhere(case.actor, ticket) or self._refusal(case)
        if refusal is not None:
            return refusal
        rest = (
            stop
            for stop in ticket.stops[1:]
            if stop.service != self.service and case.plan.is_served(stop.service)
        )
        stops = (Stop(self.service, self.to_counter), *rest)
        reason, device = self.reason.strip(), case.actor.device
        return (TicketMoved(ticket.id, stops, reason, device, *by),)

    def _refusal(self, case: Case) -> Refusal | None:
        refusal = wrong_destination(case, self.service, self.to_counter)
        if refusal is not None:
            return refusal
        if case.floor.ended:
            return Refusal(CommonRefusal.CLOSED_FOR_TODAY)
        return None if self.reason.strip() else Refusal(CommonRefusal.REASON_NEEDED)


def wrong_destination(case: Case, service: str, counter: str | None) -> Refusal | None:
    """The refusal where a ticket would be sent to what the plan does not have, or to a counter that does not take it."""
    if service not in case.plan.services:
        return Refusal(CommonRefusal.UNKNOWN_SERVICE, {"service": service})
    if counter is None:
        return None
    known = case.known_desk(counter)
    if isinstance(known, Refusal):
        return known
    if case.plan.counters[counter].takes(service):
        return None
    data = {"counter": counter, "service": service}
    return Refusal(CommonRefusal.SERVICE_NOT_TAKEN, data)


def departures(plan: FloorPlan, floor: Floor) -> Iterator[FloorEvent]:
    """What the present plan ends: the presence of officers, and of anybody at counters, that it does not have.

    What they had called, served or parked waits again at its place.
    """
    for desk in sorted(floor.desks.values(), key=lambda desk: desk.counter):
        known = desk.counter in plan.counters
        if desk.officer is None or (known and _is_known(plan, desk.officer)):
            continue
        if desk.ticket is not None:
            yield TicketReturned(desk.ticket, desk.counter)
        yield CounterSignedOut(desk.counter, desk.officer)
    for parked in sorted(floor.parked):
        owner = floor.tickets[parked].counter or ""
        if owner not in plan.counters:
            yield TicketReturned(parked, owner)


def _is_known(plan: FloorPlan, officer: str) -> bool:
    return not plan.officers or officer in plan.officers


Event = TicketMoved | TicketReturned


Command = MoveTicket
