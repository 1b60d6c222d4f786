"""Ways into and out of the queue, judged one by one: who let a ticket in or took it out, and by which rule or for what
reason.

Pure. `WayJudge` looks at each event just before it is folded. Calls are judged in `fairness`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple, assert_never

from service_floor.queue.actors import Role
from service_floor.queue.concerns.serving import calls_left
from service_floor.queue.events import (
    ParkingEnded,
    PriorityConfirmed,
    ReprintAsked,
    StopFinished,
    TicketCalled,
    TicketCancelled,
    TicketFinished,
    TicketIssued,
    TicketMissed,
    TicketMoved,
    TicketParked,
    TicketReadmitted,
    TicketReturned,
    TicketTransferred,
)
from service_floor.queue.floor import Floor, FloorEvent
from service_floor.queue.planning.plan import FloorPlan
from service_floor.queue.tickets import Ticket

REPLACED: Final = "replaced_by"
"""How the reason of a cancellation begins by which the hub undoes a press that a kiosk has answered without it."""


class Way(StrEnum):
    """What happened to a ticket beside its call."""

    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    PARKED = "parked"
    PARKING_RAN_OUT = "parking_ran_out"
    """The citizen did not come back to the counter in time, or was not called back."""
    TRANSFERRED = "transferred"
    SENT_BACK = "sent_back"
    """Transferred to a service for which it had been at a counter before."""
    MOVED = "moved"
    SHORT_VISIT = "short_visit"
    """Finished sooner after its first call than anybody can be served."""
    RETURNED = "returned"
    """The hub put it back: its counter or officer was taken out of the plan."""
    ISSUED = "issued"
    READMITTED = "readmitted"
    PRIORITY_GIVEN = "priority_given"
    """A person of the centre issued the ticket with a priority class."""
    PRIORITY_USED = "priority_used"
    """The officer who gave the priority called the ticket before any officer had confirmed it."""
    PRIORITY_CONFIRMED = "priority_confirmed"
    PRIORITY_REJECTED = "priority_rejected"
    REPRINTED = "reprinted"


class Ground(StrEnum):
    """On what it rests."""

    RULE = "rule"
    REASON = "reason"
    UNEXPLAINED = "unexplained"
    """Neither rule nor reason."""


@dataclass(frozen=True, slots=True)
class JudgedWay:
    """One way in or out. `counter` and `officer` are empty where it was not done at a counter, or by a device alone.

    `calls` and `seconds` are those from the first call of the visit, None where it was not called. `own_priority`: one
    officer gave the priority and confirmed it. `elsewhere`: a reception acted for a service that it does not take.
    """

    at: datetime
    way: Way
    ground: Ground
    counter: str
    officer: str
    device: str
    ticket: str
    number: str
    service: str
    reason: str = ""
    calls: int | None = None
    seconds: int | None = None
    own_priority: bool = False
    elsewhere: bool = False

    @property
    def is_noted(self) -> bool:
        """By rule, and worth a look all the same."""
        return self.own_priority or self.elsewhere


_Judged = (
    TicketMissed
    | TicketParked
    | ParkingEnded
    | TicketTransferred
    | TicketMoved
    | TicketReturned
    | TicketFinished
    | StopFinished
    | TicketCancelled
    | TicketReadmitted
    | PriorityConfirmed
    | ReprintAsked
)
_STAYS: Final = (TicketParked, ParkingEnded, PriorityConfirmed, ReprintAsked)
"""What does not end a visit."""
_INWARD: Final = frozenset({Way.READMITTED, Way.MOVED})
_BY_RULE: Final[Mapping[str, Way]] = {
    "parking_ended": Way.PARKING_RAN_OUT,
    "ticket_returned": Way.RETURNED,
    "ticket_readmitted": Way.READMITTED,
    "reprint_asked": Way.REPRINTED,
}


class _Moment(NamedTuple):
    """An event just before it is folded, with the plan in force, the floor, and its ticket as it still is."""

    plan: FloorPlan
    floor: Floor
    event: _Judged
    at: datetime
    ticket: Ticket


class WayJudge:
    """Made for one day. `take` is given each event before the floor folds it, with the plan in force."""

    def __init__(self) -> None:
        self.ways: list[JudgedWay] = []
        self._visit_began: dict[str, datetime] = {}
        self._was_at: dict[str, set[str]] = {}
        self._gave_priority: dict[str, str] = {}

    def take(self, plan: FloorPlan, floor: Floor, event: FloorEvent, at: datetime) -> None:
        """Judge the event where it lets a ticket in or takes it out; a ticket that is not known is left to the fold."""
        if isinstance(event, TicketIssued):
            self._take_issue(plan, event, at)
        elif isinstance(event, _Judged | TicketCalled):
            ticket = floor.ticket(event.ticket)
            if ticket is None:
                return
            if isinstance(event, TicketCalled):
                self._take_call(ticket, event, at)
            else:
                self._judge(_Moment(plan, floor, event, at, ticket))
                if not isinstance(event, _STAYS):
                    self._visit_began.pop(ticket.id, None)

    def _take_issue(self, plan: FloorPlan, event: TicketIssued, at: datetime) -> None:
        """By a person of the centre; what a kiosk issues is the ordinary way in."""
        if not event.officer and event.counter is None:
            return
        if event.priority is not None:
            self._gave_priority[event.ticket] = event.officer or event.device
        services = [stop.service for stop in event.stops]
        self.ways.append(
            JudgedWay(
                at=at,
                way=Way.ISSUED if event.priority is None else Way.PRIORITY_GIVEN,
                ground=Ground.RULE,
                counter=event.counter or "",
                officer=event.officer,
                device=event.device,
                ticket=event.ticket,
                number=event.number,
                service=services[0],
                elsewhere=_is_elsewhere(plan, event.counter, services),
            )
        )

    def _take_call(self, ticket: Ticket, event: TicketCalled, at: datetime) -> None:
        # Parking does not end a visit: the same citizen goes on at the same counter.
        self._visit_began.setdefault(ticket.id, at)
        self._was_at.setdefault(ticket.id, set()).add(ticket.service)
        gave_it = event.officer and self._gave_priority.get(ticket.id) == event.officer
        if gave_it and ticket.priority_confirmed is None:
            self.ways.append(
                JudgedWay(
                    at=at,
                    way=Way.PRIORITY_USED,
                    ground=Ground.RULE,
                    counter=event.counter,
                    officer=event.officer,
                    device="",
                    ticket=ticket.id,
                    number=ticket.number,
                    service=ticket.service,
                    own_priority=True,
                )
            )

    def _judge(self, moment: _Moment) -> None:
        """The way and its ground."""
        event, ticket = moment.event, moment.ticket
        match event:
            case TicketMissed():
                self._add(moment, Way.NO_SHOW, _ground(not _is_promise_kept(moment), event.reason))
            case TicketParked():
                self._add(moment, Way.PARKED, self._visit_ground(moment, event.reason))
            case TicketTransferred():
                been = event.stops[0].service in self._was_at.get(ticket.id, set())
                way = (
                    Way.SENT_BACK
                    if been and event.stops[0] not in ticket.stops
                    else Way.TRANSFERRED
                )
                self._add(moment, way, self._visit_ground(moment, event.reason))
            case TicketFinished() | StopFinished():
                if self._is_short(moment):
                    self._add(moment, Way.SHORT_VISIT, _ground(True, event.reason))
            case TicketCancelled():
                self._add(moment, Way.CANCELLED, _ground(not _is_undo(moment), event.reason))
            case TicketMoved():
                self._add(moment, Way.MOVED, _ground(True, event.reason))
            case PriorityConfirmed(confirmed=confirmed):
                way = Way.PRIORITY_CONFIRMED if confirmed else Way.PRIORITY_REJECTED
                self._add(moment, way, Ground.RULE)
            case ParkingEnded() | TicketReturned() | TicketReadmitted() | ReprintAsked():
                self._add(moment, _BY_RULE[event.kind], Ground.RULE)
            case _:
                assert_never(event)

    def _add(self, moment: _Moment, way: Way, ground: Ground) -> None:
        plan, _, event, at, ticket = moment
        counter, officer, device = _who(moment)
        began = self._visit_began.get(ticket.id)
        given_by = self._gave_priority.get(ticket.id, "")
        self.ways.append(
            JudgedWay(
                at=at,
                way=way,
                ground=ground,
                counter=counter,
                officer=officer,
                device=device,
                ticket=ticket.id,
                number=ticket.number,
                service=ticket.service,
                reason=getattr(event, "reason", ""),
                calls=ticket.calls or None,
                seconds=None if began is None else int((at - began).total_seconds()),
                own_priority=way is Way.PRIORITY_CONFIRMED and officer == given_by != "",
                elsewhere=way in _INWARD and _is_elsewhere(plan, counter, [ticket.service]),
            )
        )

    def _visit_ground(self, moment: _Moment, reason: str) -> Ground:
        return _ground(self._is_short(moment), reason)

    def _is_short(self, moment: _Moment) -> bool:
        """Whether the visit ends sooner after its first call than anybody can be served."""
        began = self._visit_began.get(moment.ticket.id)
        spent = None if began is None else moment.at - began
        shortest = moment.plan.calling.shortest_visit
        return spent is not None and timedelta(0) <= spent < shortest


def _ground(needs_reason: bool, reason: str) -> Ground:
    if reason.strip() and needs_reason:
        return Ground.REASON
    return Ground.UNEXPLAINED if needs_reason else Ground.RULE


def _is_promise_kept(moment: _Moment) -> bool:
    return calls_left(moment.plan.calling, moment.ticket, moment.at) == (0, 0)


def _is_undo(moment: _Moment) -> bool:
    """Whether the hub takes back a press that its kiosk has answered with a number of its own."""
    event, ticket = moment.event, moment.ticket
    if not isinstance(event, TicketCancelled) or not event.reason.startswith(REPLACED):
        return False
    other = moment.floor.by_number(event.reason.removeprefix(REPLACED).strip())
    devices = {event.device, ticket.given_by}
    return other is not None and other.offline and devices == {other.given_by}


def _is_elsewhere(plan: FloorPlan, counter: str | None, services: Iterable[str]) -> bool:
    known = plan.counters.get(counter or "")
    return known is not None and not all(map(known.takes, services))


def _who(moment: _Moment) -> tuple[str, str, str]:
    """Counter, officer and device, as far as the journal names them."""
    event, ticket, floor = moment.event, moment.ticket, moment.floor
    match event:
        case TicketReadmitted() | TicketCancelled() | TicketMoved():
            return event.counter or "", event.officer, event.device
        case ReprintAsked():
            at_counter = ticket.counter if event.officer == ticket.officer else None
            return at_counter or "", event.officer, event.device
        case ParkingEnded():
            return ticket.counter or "", ticket.officer or "", ""
        case TicketReturned():
            return event.counter, ticket.officer or "", Role.HUB.value
        case (
            TicketMissed()
            | TicketParked()
            | TicketTransferred()
            | TicketFinished()
            | StopFinished()
            | PriorityConfirmed()
        ):
            return event.counter, floor.desk(event.counter).officer or "", ""
        case _:
            assert_never(event)
