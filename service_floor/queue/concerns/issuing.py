"""How tickets enter the queue and leave it without being served: issue within the limits, readmit, cancel, expire.

At a counter, each of these needs a signed-in officer and a service that the counter takes; the events name both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import ClassVar, Final, Literal

from service_floor.queue.actors import FLOOR_STAFF, KIOSKS, Actor, Role
from service_floor.queue.cases import (
    NO_COUNTER,
    Attribution,
    Case,
    Decision,
    FloorCommand,
    wrong_state,
)
from service_floor.queue.floor import Floor, ImpossibleEventError, Touched
from service_floor.queue.moves import Moves, TicketEvent, move, take_from_lease
from service_floor.queue.planning.hours import issuing_session
from service_floor.queue.planning.plan import Series, Service, Session
from service_floor.queue.refusals import CommonRefusal, Refusal, RefusalCode
from service_floor.queue.tickets import UNCALLED, Pace, Stop, Ticket, TicketState

_MINUTE: Final = timedelta(minutes=1)


class IssueRefusal(RefusalCode):
    """Why a command of this concern is refused, beside the common codes."""

    UNKNOWN_PRIORITY = "unknown_priority", "priority"
    NOT_AT_A_KIOSK = "not_at_a_kiosk", "number"
    TOO_FAST = "too_fast", "limit", "seconds"


@dataclass(frozen=True, slots=True)
class OfflineIssue:
    """How a ticket was given without the hub: from which lease, when as far as the hub accepts it, and when by the
    kiosk."""

    lease: str
    at: datetime
    said: datetime


@dataclass(frozen=True, slots=True)
class TicketIssued(TicketEvent):
    """A citizen has a number. `n` is its place in the series of the first service. With `offline`, a kiosk gave it
    while it could not reach the hub, and has now handed it in. `officer` and `counter` are known where a person of the
    centre gave it."""

    moves: ClassVar[Moves] = {None: TicketState.WAITING}
    ticket: str
    number: str
    n: int
    stops: tuple[Stop, ...]
    priority: str | None
    session: str
    device: str
    offline: OfflineIssue | None = None
    officer: str = ""
    counter: str | None = None
    kind: Literal["ticket_issued"] = "ticket_issued"

    def fold(self, floor: Floor, at: datetime) -> None:
        if self.ticket in floor.tickets or self.number in floor.numbers:
            raise ImpossibleEventError(f"ticket {self.ticket} or number {self.number} exists")
        if self.offline is not None:
            take_from_lease(floor, self.offline.lease, (self.number,))
        elif self.number in floor.leased:
            raise ImpossibleEventError(f"number {self.number} is set aside")
        given_at = self.offline.at if self.offline else at
        ticket = Ticket(
            id=self.ticket,
            number=self.number,
            order=len(floor.tickets) + 1,
            state=self.after(None),
            stops=self.stops,
            priority=self.priority,
            priority_confirmed=None,
            issued_at=given_at,
            arrived_at=given_at if self.offline else floor.time(at),
            session=self.session,
            offline=self.offline is not None,
            given_by=self.device,
        )
        floor.tickets[ticket.id] = ticket
        floor.numbers[ticket.number] = ticket.id
        floor.lines.add(ticket)
        first = ticket.service
        if self.offline is None:
            floor.last_n[first] = max(self.n, floor.last_n.get(first, self.n))
            count_pace(floor, self.device, at, 1)
        for service in {stop.service for stop in self.stops}:
            key = (service, self.session)
            floor.issued_by_session[key] = floor.issued_by_session.get(key, 0) + 1

    def touched(self) -> Touched:
        return Touched(self.ticket, None, None, tuple([stop.service for stop in self.stops]))


@dataclass(frozen=True, slots=True)
class TicketReadmitted(TicketEvent):
    """Back in the line after a missed call, placed as if arrived at `arrived_at`."""

    moves: ClassVar[Moves] = {TicketState.NO_SHOW: TicketState.WAITING}
    ticket: str
    arrived_at: datetime
    device: str = ""
    officer: str = ""
    counter: str | None = None
    kind: Literal["ticket_readmitted"] = "ticket_readmitted"

    def fold(self, floor: Floor, at: datetime) -> None:
        move(floor, self, **{**UNCALLED, "arrived_at": self.arrived_at})


@dataclass(frozen=True, slots=True)
class TicketCancelled(TicketEvent):
    """Taken out of the queue by a person."""

    moves: ClassVar[Moves] = {
        TicketState.WAITING: TicketState.CANCELLED,
        TicketState.CALLED: TicketState.CANCELLED,
        TicketState.PARKED: TicketState.CANCELLED,
    }
    ticket: str
    reason: str
    device: str
    officer: str = ""
    counter: str | None = None
    kind: Literal["ticket_cancelled"] = "ticket_cancelled"

    def fold(self, floor: Floor, at: datetime) -> None:
        move(floor, self, ended_at=at, parked_until=None)


@dataclass(frozen=True, slots=True)
class TicketExpired(TicketEvent):
    """The day ended before the ticket was served."""

    moves: ClassVar[Moves] = {
        TicketState.WAITING: TicketState.EXPIRED,
        TicketState.CALLED: TicketState.EXPIRED,
        # Only the roll-over to a new day ends a service that no counter has finished.
        TicketState.SERVING: TicketState.EXPIRED,
        TicketState.PARKED: TicketState.EXPIRED,
        TicketState.NO_SHOW: TicketState.EXPIRED,
    }
    ticket: str
    kind: Literal["ticket_expired"] = "ticket_expired"

    def fold(self, floor: Floor, at: datetime) -> None:
        move(floor, self, ended_at=at, parked_until=None)


@dataclass(frozen=True, slots=True)
class IssueTicket(FloorCommand):
    """Give a ticket for one or more services, visited in this order."""

    given_by: ClassVar = FLOOR_STAFF | KIOSKS
    acts_for: ClassVar = NO_COUNTER
    services: tuple[str, ...]
    priority: str | None = None
    kind: Literal["issue_ticket"] = "issue_ticket"

    def decide(self, case: Case) -> Decision:
        """Give the next free number of the first service.

        A service named twice is one stop; the quota of each counts. A counter gives tickets of its own services, a reception
        of all.
        """
        wanted = tuple(dict.fromkeys(self.services)) or ("",)
        by = _may_issue(case, wanted, self.priority)
        if isinstance(by, Refusal):
            return by
        sessions = []
        for service in wanted:
            session = _session_for(case, case.plan.services[service])
            if isinstance(session, Refusal):
                return session
            sessions.append(session.name)
        first = case.plan.services[wanted[0]]
        n = _next_n(case, first)
        if isinstance(n, Refusal):
            return n
        issued = TicketIssued(
            ticket=case.fresh_id,
            number=first.series.label(n),
            n=n,
            stops=tuple(Stop(service) for service in wanted),
            priority=self.priority,
            session=sessions[0],
            device=case.actor.device,
            officer=by.officer,
            counter=by.counter,
        )
        return (issued,)


@dataclass(frozen=True, slots=True)
class Readmit(FloorCommand):
    """A citizen who missed the call is back."""

    given_by: ClassVar = FLOOR_STAFF | KIOSKS
    acts_for: ClassVar = NO_COUNTER
    ticket: str
    kind: Literal["readmit"] = "readmit"

    def decide(self, case: Case) -> Decision:
        """Take a latecomer back by original arrival and the centre's delay, but never behind who comes only now.

        A kiosk is not supervised, so there the centre must have allowed it. A counter readmits to its own services, a
        reception to all.
        """
        ticket = case.known_ticket(self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        by = case.attributed(ticket.service, reception=True)
        if isinstance(by, Refusal):
            return by
        if case.actor.role is Role.KIOSK and not case.plan.calling.kiosk_readmit:
            return Refusal(IssueRefusal.NOT_AT_A_KIOSK, {"number": ticket.number})
        if ticket.state not in TicketReadmitted.moves:
            return wrong_state(ticket)
        delayed = ticket.arrived_at + case.plan.calling.readmit_delay
        place = min(delayed, case.floor.time(case.now))
        return (TicketReadmitted(ticket.id, place, case.actor.device, *by),)


@dataclass(frozen=True, slots=True)
class CancelTicket(FloorCommand):
    """Take a ticket that is not being served out of the queue."""

    given_by: ClassVar = FLOOR_STAFF
    acts_for: ClassVar = NO_COUNTER
    ticket: str
    reason: str
    kind: Literal["cancel_ticket"] = "cancel_ticket"

    def decide(self, case: Case) -> Decision:
        """Take a ticket out of the queue for a reason. Its number stays used and its quota spent.

        A counter cancels tickets of its own services, and none that another counter has called or parked; greeters and
        supervisors cancel any.
        """
        ticket = case.known_ticket(self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        if ticket.state not in TicketCancelled.moves:
            return wrong_state(ticket)
        by = case.attributed(ticket.service)
        if isinstance(by, Refusal):
            return by
        refusal = held_elsewhere(case.actor, ticket)
        if refusal is not None:
            return refusal
        reason = self.reason.strip()
        if not reason:
            return Refusal(CommonRefusal.REASON_NEEDED)
        return (TicketCancelled(ticket.id, reason, case.actor.device, *by),)


def held_elsewhere(actor: Actor, ticket: Ticket) -> Refusal | None:
    """The refusal to a counter's terminal where another counter has called or parked the ticket."""
    if actor.role is not Role.COUNTER or ticket.counter in (None, actor.counter):
        return None
    called = ticket.state is TicketState.CALLED
    code = CommonRefusal.CALLED_ELSEWHERE if called else CommonRefusal.NOT_PARKED_HERE
    return Refusal(code, {"number": ticket.number, "counter": ticket.counter or ""})


def _may_issue(case: Case, wanted: Iterable[str], priority: str | None) -> Attribution | Refusal:
    """Who answers for a new ticket; or why it cannot be given here: what is unknown, not taken, or too fast for a kiosk."""
    unknown = next((service for service in wanted if service not in case.plan.services), None)
    if unknown is not None:
        return Refusal(CommonRefusal.UNKNOWN_SERVICE, {"service": unknown})
    if priority is not None and priority not in case.plan.priorities:
        return Refusal(IssueRefusal.UNKNOWN_PRIORITY, {"priority": priority})
    if case.actor.role in (Role.KIOSK, Role.COUNTER):
        refusal = too_fast(case, case.actor.device, 1, case.plan.calling.issue_pace)
        if refusal is not None:
            return refusal
    return case.attributed(*wanted, reception=True)


def too_fast(case: Case, pace: str, wanted: int, limit: int) -> Refusal | None:
    """The refusal where so many more would be too many for this minute."""
    minute = minute_of(case.now)
    if given_within(case.floor, pace, minute) + wanted <= limit:
        return None
    left = ceil((minute + _MINUTE - case.now).total_seconds())
    return Refusal(IssueRefusal.TOO_FAST, {"limit": limit, "seconds": left})


def minute_of(moment: datetime) -> datetime:
    """The minute of the clock in which the pace of a machine is counted."""
    return moment.replace(second=0, microsecond=0)


def given_within(floor: Floor, pace: str, minute: datetime) -> int:
    """How many numbers were given in this minute under a pace: the device's, or one of its leases of a service."""
    known = floor.paces.get(pace)
    return known.issued if known is not None and known.minute == minute else 0


def count_pace(floor: Floor, pace: str, at: datetime, given: int) -> None:
    """Count numbers that were given."""
    minute = minute_of(at)
    floor.paces[pace] = Pace(minute, given_within(floor, pace, minute) + given)


def _session_for(case: Case, service: Service) -> Session | Refusal:
    """The session in which the service still gives a ticket now."""
    if case.floor.ended:
        return Refusal(CommonRefusal.CLOSED_FOR_TODAY)
    session = issuing_session(case.plan.hours, service.sessions, case.now)
    if isinstance(session, Refusal):
        return session
    quota = service.quota
    limits = (("day", quota.per_day, None), ("session", quota.per_session, session.name))
    for per, limit, during in limits:
        if limit is not None and case.floor.spoken_for(service.id, during) >= limit:
            data: dict[str, str | int] = {"service": service.id, "limit": limit, "per": per}
            return Refusal(CommonRefusal.QUOTA_USED_UP, data)
    return session


def _next_n(case: Case, service: Service) -> int | Refusal:
    """The next number of the series, which services may share.

    A label that another band has used, or that is set aside, is passed over.
    """
    series = service.series
    n = last_given(case, series) + 1
    while n <= series.last and not case.floor.is_free(series.label(n)):
        n += 1
    if n > series.last:
        data = {"service": service.id, "last": series.label(series.last)}
        return Refusal(CommonRefusal.SERIES_USED_UP, data)
    return n


def last_given(case: Case, series: Series) -> int:
    """The last number given in its turn in a series, by whichever service; the one before the first where none was."""
    sharing = (known.id for known in case.plan.services.values() if known.series == series)
    return max(case.floor.last_n.get(known, series.first - 1) for known in sharing)


Event = TicketIssued | TicketReadmitted | TicketCancelled | TicketExpired


Command = IssueTicket | Readmit | CancelTicket
