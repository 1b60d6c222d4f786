"""Fairness of the queue, judged call by call: who had waited longest, who was called, and the one cause where these are
not the same. Ways in and out of the queue are judged beside it, in `ways`.

Pure. `Judge` folds the events of a day as the hub did, and looks at each call just before it is folded.
Longest means by original arrival: neither a transfer nor a late return shortens a wait.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from heapq import heappop, heappush
from typing import Final

from service_floor.queue.audit.ways import JudgedWay, WayJudge
from service_floor.queue.concerns.plan_adoption import plan_under
from service_floor.queue.events import (
    DayOpened,
    ParkingEnded,
    PlanAdopted,
    StopFinished,
    TicketCalled,
    TicketIssued,
    TicketMoved,
    TicketReadmitted,
    TicketReturned,
    TicketTransferred,
)
from service_floor.queue.floor import Floor, FloorEvent
from service_floor.queue.lines import Place, place_of
from service_floor.queue.planning.plan import Counter, FloorPlan, PriorityRule
from service_floor.queue.tickets import Ticket, TicketState
from service_floor.queue.turns import is_left_to, next_for, rank


class Cause(StrEnum):
    """Why the called ticket is not the one that had waited longest. Exactly one holds for each call."""

    IN_ORDER = "in_order"
    """It is that ticket."""
    PRIORITY = "priority"
    """It has a priority class, and the other none or one that goes later."""
    INTERLEAVING = "interleaving"
    """The other has a priority class, and it was the turn of those without."""
    CALL_PROFILE = "call_profile"
    """The counter takes the other's service only when the queue of this one's is empty."""
    OTHER_COUNTER = "other_counter"
    """The other waits for one particular counter, at which an officer is signed in."""
    LATE_RETURN = "late_return"
    """The other came back after a missed call, and stands by the time that the centre gives to latecomers."""
    PARKED = "parked"
    """It was put aside by this counter, which goes on with it."""
    OUT_OF_ORDER = "out_of_order"
    """An officer chose it and gave a reason."""
    UNEXPLAINED = "unexplained"
    """No rule of this plan and no reason: must never be."""


@dataclass(frozen=True, slots=True)
class JudgedCall:
    """One call. `longest` is the number that had waited longest where it is another one, and `turn` the one that the
    rules would have called where it is another one. `waited` is the time in the line since it last began to wait; a
    parked ticket was in no line. `onward`: the ticket had been at a counter before and keeps its first arrival."""

    call: str
    at: datetime
    counter: str
    officer: str
    ticket: str
    number: str
    service: str
    priority: str | None
    cause: Cause
    reason: str
    longest: str | None
    turn: str | None
    waited: timedelta | None
    onward: bool


_BEGINS_TO_WAIT: Final = (
    TicketIssued,
    TicketReadmitted,
    ParkingEnded,
    TicketTransferred,
    TicketMoved,
    TicketReturned,
    StopFinished,
)


class Judge:
    """Made for one day and given its events in order; holds no more than the day's floor and its calls.

    It judges by the plan that the day has adopted, and by `plan` where the journal does not know one.
    """

    def __init__(self, plan: FloorPlan) -> None:
        self.plan = plan
        self._given = plan
        self.floor = Floor()
        self.calls: list[JudgedCall] = []
        self._begin()

    def take(self, event: FloorEvent, at: datetime) -> JudgedCall | None:
        """Fold one event; the judgement where it is a call. Raises ImpossibleEventError as the floor does."""
        judged = self._judge(event, at) if isinstance(event, TicketCalled) else None
        self._ways.take(self.plan, self.floor, event, at)
        self.floor.fold(event, at)
        if isinstance(event, DayOpened):
            self._begin()
        elif isinstance(event, PlanAdopted):
            self.plan = plan_under(event, self._given)
        elif isinstance(event, _BEGINS_TO_WAIT):
            self._note_waiting(self.floor.tickets[event.ticket], at)
        if judged is not None:
            self.calls.append(judged)
            self._called.add(judged.ticket)
        return judged

    def take_all(self, told: Iterable[tuple[FloorEvent, datetime]]) -> None:
        """Fold a day."""
        for event, at in told:
            self.take(event, at)

    @property
    def ways(self) -> list[JudgedWay]:
        """The ways in and out of the queue, in order of time."""
        return self._ways.ways

    def was_called(self, ticket: str) -> bool:
        """Whether the ticket was called today."""
        return ticket in self._called

    def _begin(self) -> None:
        self.plan = self._given
        self.calls.clear()
        self._ways = WayJudge()
        self._called: set[str] = set()
        self._arrivals: dict[str, Place] = {}
        self._waiting: dict[str, list[Place]] = {}
        self._since: dict[str, datetime] = {}

    def _note_waiting(self, ticket: Ticket, at: datetime) -> None:
        # One that a kiosk gave without the hub has waited since then, although no call before its hand-in could know it.
        arrival_is_new = ticket.id not in self._arrivals
        arrival = self._arrivals.setdefault(ticket.id, place_of(ticket))
        heappush(self._waiting.setdefault(ticket.service, []), arrival)
        was_offline = ticket.offline and arrival_is_new
        self._since[ticket.id] = ticket.arrived_at if was_offline else self.floor.time(at)

    def _judge(self, event: TicketCalled, at: datetime) -> JudgedCall | None:
        called = self.floor.ticket(event.ticket)
        if called is None:
            return None
        counter = self.plan.counters.get(event.counter)
        longest = self._longest(counter, called) if counter else called
        turn = next_for(self.plan, self.floor, event.counter)
        since = self._since.get(called.id)
        waited = self.floor.time(at) - since if since is not None else None
        in_line = called.state is TicketState.WAITING
        return JudgedCall(
            call=event.call,
            at=at,
            counter=event.counter,
            officer=event.officer,
            ticket=called.id,
            number=called.number,
            service=called.service,
            priority=called.priority,
            cause=self._cause(event, called, longest, turn),
            reason=event.reason,
            longest=longest.number if longest is not called else None,
            turn=turn.number if in_line and turn is not None and turn is not called else None,
            waited=waited if in_line else None,
            onward=called.id in self._called,
        )

    def _longest(self, counter: Counter, called: Ticket) -> Ticket:
        """The first to arrive among the called ticket and all who wait for a service of the counter."""
        heads = (self._first(service) for tier in counter.profile for service in tier)
        arrivals = [head for head in heads if head is not None]
        first = min(arrivals, default=self._arrivals[called.id])
        mine = self._arrivals[called.id]
        return called if mine <= first else self.floor.tickets[first.ticket]

    def _first(self, service: str) -> Place | None:
        """The first to arrive of those who wait for a service. Who has left the line is dropped on the way."""
        waiting = self._waiting.get(service, [])
        while waiting:
            ticket = self.floor.tickets[waiting[0].ticket]
            if ticket.state is TicketState.WAITING and ticket.service == service:
                return waiting[0]
            heappop(waiting)
        return None

    def _cause(
        self, event: TicketCalled, called: Ticket, longest: Ticket, turn: Ticket | None
    ) -> Cause:
        if event.out_of_order:
            return Cause.OUT_OF_ORDER if event.reason.strip() else Cause.UNEXPLAINED
        if called.state is TicketState.PARKED:
            mine = called.counter == event.counter
            allowed = Cause.IN_ORDER if longest is called else Cause.PARKED
            return allowed if mine else Cause.UNEXPLAINED
        if turn is not called:
            return Cause.UNEXPLAINED
        if longest is called:
            return Cause.IN_ORDER
        return self._rule(self.plan.counters[event.counter], called, longest)

    def _rule(self, counter: Counter, called: Ticket, longest: Ticket) -> Cause:
        """The rule that puts the called ticket first: the questions of `turns`, asked of these two in the same order."""
        bound = longest.stops[0].counter
        if bound not in (None, counter.id) and is_left_to(
            self.plan, bound, longest.service, self.floor.desk
        ):
            return Cause.OTHER_COUNTER
        if _tier(counter, longest.service) > _tier(counter, called.service):
            return Cause.CALL_PROFILE
        mine, others = called.effective_priority, longest.effective_priority
        if mine is not None:
            if others is None or rank(self.plan, mine) < rank(self.plan, others):
                return Cause.PRIORITY
        elif others is not None:
            interleaved = self.plan.calling.priority is PriorityRule.INTERLEAVED
            return Cause.INTERLEAVING if interleaved else Cause.UNEXPLAINED
        returned_late = place_of(called) < place_of(longest)
        return Cause.LATE_RETURN if returned_late else Cause.UNEXPLAINED


def _tier(counter: Counter, service: str) -> int:
    return next(n for n, tier in enumerate(counter.profile) if service in tier)
