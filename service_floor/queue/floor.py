"""Today's floor: the fold of today's events, and what can be read off it. `Floor.fold` is the only way to change it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from service_floor.queue import events as e
from service_floor.queue.lifecycle import HELD, OVER, ImpossibleEventError, after
from service_floor.queue.lines import WaitingLines
from service_floor.queue.planning.plan import FloorPlan
from service_floor.queue.tickets import (
    COUNTER_STATE_AFTER,
    UNCALLED,
    Call,
    Desk,
    Lease,
    Reprint,
    Ticket,
    TicketState,
    reprint_id,
)
from service_floor.queue.turns import ahead_in_line, next_in_line


@dataclass(slots=True)
class Floor:
    """The floor of one business day, created empty by the hub and folded forward. Two folds of the same events are equal.

    Fields are for reading; those who need a ticket, a desk or a line use the methods.
    """

    day: date | None = None
    ended: datetime | None = None  # since when
    adopted: e.PlanAdopted | None = None
    last_seen: datetime | None = None
    tickets: dict[str, Ticket] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    last_n: dict[str, int] = field(default_factory=dict)
    issued_by_session: dict[tuple[str, str], int] = field(default_factory=dict)
    lines: WaitingLines = field(default_factory=WaitingLines)
    parked: dict[str, datetime] = field(default_factory=dict)
    leases: dict[str, Lease] = field(default_factory=dict)
    leased: dict[str, str] = field(default_factory=dict)
    leased_for: dict[str, int] = field(default_factory=dict)
    reprints: dict[str, Reprint] = field(default_factory=dict)

    def fold(self, event: e.Event, at: datetime) -> None:
        """Take in what happened at `at` by the hub's clock. An event that cannot have happened raises and changes nothing."""
        _FOLDS[type(event)](self, event, at)
        self.last_seen = self.time(at)

    def time(self, now: datetime) -> datetime:
        """The floor's own time, which never goes back: no place is gained when the clock jumps."""
        return now if self.last_seen is None else max(now, self.last_seen)

    def ticket(self, ticket: str) -> Ticket | None:
        """A ticket of today by id."""
        return self.tickets.get(ticket)

    def by_number(self, number: str) -> Ticket | None:
        """A ticket of today by its printed number."""
        return self.tickets.get(self.numbers.get(number, ""))

    def call(self, call: str) -> Call | None:
        """A call of today by id."""
        return self.calls.get(call)

    def desk(self, counter: str) -> Desk:
        """A counter as it stands; one of which nothing was heard today is closed."""
        return self.desks.get(counter) or Desk(counter)

    def desk_of_officer(self, officer: str) -> Desk | None:
        """Where an officer is signed in."""
        return next((desk for desk in self.desks.values() if desk.officer == officer), None)

    def waiting(self, service: str) -> tuple[Ticket, ...]:
        """Who waits for a service, in order of place; who is called first also depends on priority."""
        return tuple(self.tickets[ticket] for ticket in self.lines.in_order(service))

    def waiting_count(self, service: str) -> int:
        """How many wait for a service."""
        return self.lines.count(service)

    def parked_at(self, counter: str) -> tuple[Ticket, ...]:
        """What a counter has put aside, soonest back first."""
        mine = (self.tickets[ticket] for ticket in self.parked)
        parked = [ticket for ticket in mine if ticket.counter == counter]
        return tuple(sorted(parked, key=lambda ticket: (self.parked[ticket.id], ticket.order)))

    def unfinished(self) -> Iterator[Ticket]:
        """Every ticket whose life is not over, in order of issue."""
        return (ticket for ticket in self.tickets.values() if ticket.state not in OVER)

    def issued(self, service: str, session: str | None = None) -> int:
        """How many tickets were issued with this service among their stops, today or in one session."""
        counts = self.issued_by_session.items()
        return sum(
            count for (of, during), count in counts if of == service and session in (None, during)
        )

    def spoken_for(self, service: str, session: str | None = None) -> int:
        """Those, and the numbers that kiosks hold in advance: what counts against a quota."""
        return self.issued(service, session) + self.leased_for.get(service, 0)

    def is_free(self, number: str) -> bool:
        """Whether a number as printed was neither given today nor is set aside."""
        return number not in self.numbers and number not in self.leased

    def next_for(self, plan: FloorPlan, counter: str) -> Ticket | None:
        """Whom the rules call next at a counter, open or not."""
        known = plan.counters.get(counter)
        place = next_in_line(plan, known, self.lines, self.desk) if known else None
        return self.tickets[place.ticket] if place else None

    def ahead_of(self, plan: FloorPlan, ticket: Ticket) -> int:
        """How many who wait for the same service go before this ticket; 0 for one that does not wait."""
        if ticket.state is not TicketState.WAITING:
            return 0
        return ahead_in_line(plan, self.lines, ticket, ticket.service)


def _known(floor: Floor, ticket: str) -> Ticket:
    known = floor.tickets.get(ticket)
    if known is None:
        raise ImpossibleEventError(f"no ticket {ticket} today")
    return known


def _move(floor: Floor, event: Any, **changes: Any) -> None:
    """Carry a ticket over its transition; lines, parking and desks follow from where it was and is."""
    old = _known(floor, event.ticket)
    new = replace(old, state=after(old.state, event.kind), **changes)
    left = old.counter if old.state in HELD else None
    taken = new.counter if new.state in HELD else None
    if taken is not None and floor.desk(taken).ticket not in (None, new.id):
        raise ImpossibleEventError(f"counter {taken} already holds a ticket")
    if old.state is TicketState.WAITING:
        floor.lines.remove(old)
    floor.parked.pop(old.id, None)
    floor.tickets[new.id] = new
    if new.state is TicketState.WAITING:
        floor.lines.add(new)
    if new.parked_until is not None:
        floor.parked[new.id] = new.parked_until
    if left is not None and left != taken:
        floor.desks[left] = replace(floor.desk(left), ticket=None)
    if taken is not None:
        floor.desks[taken] = replace(floor.desk(taken), ticket=new.id)


def _move_held(floor: Floor, event: Any, **changes: Any) -> None:
    """The same for an event at a counter, which must hold the ticket."""
    if floor.desk(event.counter).ticket != event.ticket:
        raise ImpossibleEventError(f"counter {event.counter} does not hold {event.ticket}")
    _move(floor, event, **changes)


def _fold_day_opened(floor: Floor, event: e.DayOpened, at: datetime) -> None:
    if floor.day is not None and event.day <= floor.day:
        raise ImpossibleEventError(f"{event.day} opens after {floor.day}")
    empty = Floor()
    for name in Floor.__slots__:
        if name != "last_seen":
            setattr(floor, name, getattr(empty, name))
    floor.day = event.day


def _fold_day_ended(floor: Floor, event: e.DayEnded, at: datetime) -> None:
    if floor.ended or event.day != floor.day:
        raise ImpossibleEventError(f"{event.day} is not the day that is open")
    floor.ended = at


def _fold_plan_adopted(floor: Floor, event: e.PlanAdopted, at: datetime) -> None:
    floor.adopted = event


def _fold_issued(floor: Floor, event: e.TicketIssued, at: datetime) -> None:
    if event.ticket in floor.tickets or event.number in floor.numbers:
        raise ImpossibleEventError(f"ticket {event.ticket} or number {event.number} exists")
    if event.offline is not None:
        _take_from_lease(floor, event.offline.lease, (event.number,))
    elif event.number in floor.leased:
        raise ImpossibleEventError(f"number {event.number} is set aside")
    given_at = event.offline.at if event.offline else at
    ticket = Ticket(
        id=event.ticket,
        number=event.number,
        order=len(floor.tickets) + 1,
        state=after(None, event.kind),
        stops=event.stops,
        priority=event.priority,
        priority_confirmed=None,
        issued_at=given_at,
        arrived_at=given_at if event.offline else floor.time(at),
        session=event.session,
        offline=event.offline is not None,
        given_by=event.device,
    )
    floor.tickets[ticket.id] = ticket
    floor.numbers[ticket.number] = ticket.id
    floor.lines.add(ticket)
    first = ticket.service
    if event.offline is None:
        floor.last_n[first] = max(event.n, floor.last_n.get(first, event.n))
    for service in {stop.service for stop in event.stops}:
        key = (service, event.session)
        floor.issued_by_session[key] = floor.issued_by_session.get(key, 0) + 1


def _fold_leased(floor: Floor, event: e.NumbersLeased, at: datetime) -> None:
    taken = [each.number for each in event.numbers if not floor.is_free(each.number)]
    if taken or event.lease in floor.leases:
        raise ImpossibleEventError(f"lease {event.lease} or its numbers {taken} exist")
    lease = Lease(event.lease, event.device, event.service, floor.time(at), event.numbers)
    floor.leases[lease.id] = lease
    floor.leased.update((each.number, lease.id) for each in event.numbers)
    left = floor.leased_for.get(event.service, 0)
    floor.leased_for[event.service] = left + len(event.numbers)


def _fold_returned(floor: Floor, event: e.NumbersReturned, at: datetime) -> None:
    _take_from_lease(floor, event.lease, event.numbers)


def _take_from_lease(floor: Floor, lease: str, numbers: tuple[str, ...]) -> None:
    if not numbers or any(floor.leased.get(number) != lease for number in numbers):
        raise ImpossibleEventError(f"{numbers} are not set aside by lease {lease}")
    held = floor.leases[lease]
    for number in numbers:
        del floor.leased[number]
    floor.leases[lease] = held.without(numbers)
    floor.leased_for[held.service] -= len(numbers)


def _fold_nothing(floor: Floor, event: e.TicketHandedInLate, at: datetime) -> None:
    """A fact that no queue of today knows."""


def _check_new_call(floor: Floor, call: str) -> None:
    if call in floor.calls:
        raise ImpossibleEventError(f"call {call} exists")


def _fold_called(floor: Floor, event: e.TicketCalled, at: datetime) -> None:
    was = _known(floor, event.ticket)
    _check_new_call(floor, event.call)
    _move(
        floor,
        event,
        counter=event.counter,
        officer=event.officer,
        call=event.call,
        calls=1,
        called_at=at,
        parked_until=None,
    )
    floor.calls[event.call] = Call(event.call, event.ticket, event.counter, 1, at)
    if was.state is TicketState.WAITING:
        desk = floor.desk(event.counter)
        since = 0 if was.effective_priority else desk.since_priority + 1
        floor.desks[event.counter] = replace(desk, since_priority=since)


def _fold_recalled(floor: Floor, event: e.TicketRecalled, at: datetime) -> None:
    attempt = _known(floor, event.ticket).calls + 1
    _check_new_call(floor, event.call)
    _move_held(floor, event, call=event.call, calls=attempt, called_at=at)
    floor.calls[event.call] = Call(event.call, event.ticket, event.counter, attempt, at)


def _fold_started(floor: Floor, event: e.ServiceStarted, at: datetime) -> None:
    _move_held(floor, event, started_at=at)


def _fold_missed(floor: Floor, event: e.TicketMissed, at: datetime) -> None:
    _move_held(floor, event)


def _fold_readmitted(floor: Floor, event: e.TicketReadmitted, at: datetime) -> None:
    _move(floor, event, **{**UNCALLED, "arrived_at": event.arrived_at})


def _fold_parked(floor: Floor, event: e.TicketParked, at: datetime) -> None:
    """The counter stays on a parked ticket: it is the owner."""
    owner = _known(floor, event.ticket)
    kept = {"counter": owner.counter, "officer": owner.officer, "parked_until": event.until}
    _move_held(floor, event, **{**UNCALLED, **kept})


def _fold_parking_ended(floor: Floor, event: e.ParkingEnded, at: datetime) -> None:
    ticket = _known(floor, event.ticket)
    stops = (e.Stop(ticket.service, ticket.counter), *ticket.stops[1:])
    _move(floor, event, **{**UNCALLED, "stops": stops})


def _fold_next_stop(
    floor: Floor, event: e.TicketTransferred | e.StopFinished, at: datetime
) -> None:
    _move_held(floor, event, **{**UNCALLED, "stops": event.stops})


def _fold_finished(floor: Floor, event: e.TicketFinished, at: datetime) -> None:
    _move_held(floor, event, ended_at=at)


def _fold_priority(floor: Floor, event: e.PriorityConfirmed, at: datetime) -> None:
    _move_held(floor, event, priority_confirmed=event.confirmed)


def _fold_over(floor: Floor, event: e.TicketCancelled | e.TicketExpired, at: datetime) -> None:
    _move(floor, event, ended_at=at, parked_until=None)


def _fold_signed_in(floor: Floor, event: e.CounterSignedIn, at: datetime) -> None:
    desk = floor.desk(event.counter)
    if desk.officer is not None:
        raise ImpossibleEventError(f"counter {event.counter} is taken")
    floor.desks[event.counter] = replace(desk, officer=event.officer)


def _fold_signed_out(floor: Floor, event: e.CounterSignedOut, at: datetime) -> None:
    """How many were called since the last priority ticket outlives a change of officers."""
    desk = floor.desk(event.counter)
    if desk.officer is None or desk.ticket is not None:
        raise ImpossibleEventError(f"nobody can leave counter {event.counter}")
    floor.desks[event.counter] = Desk(event.counter, since_priority=desk.since_priority)


def _fold_counter_state(
    floor: Floor, event: e.CounterOpened | e.CounterPaused | e.CounterClosed, at: datetime
) -> None:
    desk = floor.desk(event.counter)
    if desk.officer is None:
        raise ImpossibleEventError(f"nobody is signed in at counter {event.counter}")
    reason = event.reason if isinstance(event, e.CounterPaused) else ""
    state = COUNTER_STATE_AFTER[event.kind]
    floor.desks[event.counter] = replace(desk, state=state, pause_reason=reason)


def _fold_reprint_asked(floor: Floor, event: e.ReprintAsked, at: datetime) -> None:
    ticket = _known(floor, event.ticket)
    if event.reprint in dict(ticket.reprints):
        raise ImpossibleEventError(f"reprint {event.reprint} of {event.ticket} exists")
    floor.tickets[ticket.id] = ticket.with_reprint(event.reprint)
    asked = Reprint.of(event, at)
    floor.reprints[asked.id] = asked


def _fold_slip(floor: Floor, event: e.SlipReported, at: datetime) -> None:
    ticket = _known(floor, event.ticket).with_paper(event.outcome, event.reprint)
    floor.tickets[ticket.id] = ticket
    asked = floor.reprints.get(reprint_id(ticket.id, event.reprint))
    if asked is not None:
        floor.reprints[asked.id] = asked.told(event.outcome, event.reason)


def _fold_announced(floor: Floor, event: e.CallAnnounced, at: datetime) -> None:
    call = floor.calls.get(event.call)
    if call is None:
        raise ImpossibleEventError(f"no call {event.call} today")
    floor.calls[event.call] = replace(call, outcome=event.outcome)


_FOLDS: Final[Mapping[type, Callable[[Floor, Any, datetime], None]]] = MappingProxyType(
    {
        e.DayOpened: _fold_day_opened,
        e.DayEnded: _fold_day_ended,
        e.PlanAdopted: _fold_plan_adopted,
        e.NumbersLeased: _fold_leased,
        e.NumbersReturned: _fold_returned,
        e.TicketIssued: _fold_issued,
        e.TicketHandedInLate: _fold_nothing,
        e.TicketCalled: _fold_called,
        e.TicketRecalled: _fold_recalled,
        e.ServiceStarted: _fold_started,
        e.TicketMissed: _fold_missed,
        e.TicketReadmitted: _fold_readmitted,
        e.TicketParked: _fold_parked,
        e.ParkingEnded: _fold_parking_ended,
        e.TicketTransferred: _fold_next_stop,
        e.StopFinished: _fold_next_stop,
        e.TicketFinished: _fold_finished,
        e.PriorityConfirmed: _fold_priority,
        e.TicketCancelled: _fold_over,
        e.TicketExpired: _fold_over,
        e.CounterSignedIn: _fold_signed_in,
        e.CounterSignedOut: _fold_signed_out,
        e.CounterOpened: _fold_counter_state,
        e.CounterPaused: _fold_counter_state,
        e.CounterClosed: _fold_counter_state,
        e.ReprintAsked: _fold_reprint_asked,
        e.SlipReported: _fold_slip,
        e.CallAnnounced: _fold_announced,
    }
)
