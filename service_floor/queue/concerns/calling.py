"""Calling from the queue: the next ticket, a chosen one, one that the counter has parked, and the same once more."""

from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import ClassVar, Literal

from service_floor.queue.actors import COUNTERS
from service_floor.queue.cases import OWN_COUNTER, Case, Decision, FloorCommand, wrong_state
from service_floor.queue.floor import Floor, ImpossibleEventError, Touched
from service_floor.queue.moves import (
    HeldTicketEvent,
    Moves,
    TicketEvent,
    known_ticket,
    move,
    move_held,
)
from service_floor.queue.refusals import CommonRefusal, Refusal, RefusalCode
from service_floor.queue.tickets import Call, Desk, Ticket, TicketState
from service_floor.queue.turns import next_for


class CallRefusal(RefusalCode):
    """Why a command of this concern is refused, beside the common codes."""

    NOBODY_WAITING = "nobody_waiting", "counter"
    RECALL_TOO_SOON = "recall_too_soon", "seconds"
    RECALL_LIMIT = "recall_limit", "limit"


@dataclass(frozen=True, slots=True)
class TicketCalled(TicketEvent):
    """A counter calls a ticket.

    Out of order, `reason` is the officer's, and `passed_over` names the ticket that the rules would have called.
    """

    moves: ClassVar[Moves] = {
        TicketState.WAITING: TicketState.CALLED,
        TicketState.PARKED: TicketState.CALLED,
    }
    ticket: str
    counter: str
    officer: str
    call: str
    out_of_order: bool = False
    reason: str = ""
    passed_over: str | None = None
    kind: Literal["ticket_called"] = "ticket_called"

    def fold(self, floor: Floor, at: datetime) -> None:
        was = known_ticket(floor, self.ticket)
        _check_new_call(floor, self.call)
        move(
            floor,
            self,
            counter=self.counter,
            officer=self.officer,
            call=self.call,
            calls=1,
            called_at=at,
            first_called_at=at,
            parked_until=None,
        )
        floor.calls[self.call] = Call(self.call, self.ticket, self.counter, 1, at)
        if was.state is TicketState.WAITING:
            desk = floor.desk(self.counter)
            since = 0 if was.effective_priority else desk.since_priority + 1
            floor.desks[self.counter] = replace(desk, since_priority=since)

    def touched(self) -> Touched:
        return Touched(self.ticket, self.counter, self.call)


@dataclass(frozen=True, slots=True)
class TicketRecalled(HeldTicketEvent):
    """The same counter calls the same ticket again."""

    moves: ClassVar[Moves] = {TicketState.CALLED: TicketState.CALLED}
    ticket: str
    counter: str
    call: str
    kind: Literal["ticket_recalled"] = "ticket_recalled"

    def fold(self, floor: Floor, at: datetime) -> None:
        attempt = known_ticket(floor, self.ticket).calls + 1
        _check_new_call(floor, self.call)
        move_held(floor, self, call=self.call, calls=attempt, called_at=at)
        floor.calls[self.call] = Call(self.call, self.ticket, self.counter, attempt, at)

    def touched(self) -> Touched:
        return Touched(self.ticket, self.counter, self.call)


def _check_new_call(floor: Floor, call: str) -> None:
    if call in floor.calls:
        raise ImpossibleEventError(f"call {call} exists")


@dataclass(frozen=True, slots=True)
class CallNext(FloorCommand):
    """Call the next ticket of the queue for this counter."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    kind: Literal["call_next"] = "call_next"

    def decide(self, case: Case) -> Decision:
        """Call the ticket that is next by the rules."""
        desk = case.calling_desk(self.counter)
        if isinstance(desk, Refusal):
            return desk
        ticket = next_for(case.plan, case.floor, desk.counter)
        if ticket is None:
            return Refusal(CallRefusal.NOBODY_WAITING, {"counter": desk.counter})
        return (_called(case, desk, ticket),)


@dataclass(frozen=True, slots=True)
class CallTicket(FloorCommand):
    """Call a chosen ticket. Where it is not the next by the rules, it needs a `reason`."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    ticket: str
    reason: str = ""
    kind: Literal["call_ticket"] = "call_ticket"

    def decide(self, case: Case) -> Decision:
        """Call a chosen waiting ticket of a service that the counter takes; not in its turn only with a reason."""
        desk = case.calling_desk(self.counter)
        if isinstance(desk, Refusal):
            return desk
        ticket = case.known_ticket(self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        if ticket.state is not TicketState.WAITING:
            return wrong_state(ticket)
        if not case.plan.counters[desk.counter].takes(ticket.service):
            data = {"counter": desk.counter, "service": ticket.service}
            return Refusal(CommonRefusal.SERVICE_NOT_TAKEN, data)
        turn = next_for(case.plan, case.floor, desk.counter)
        if turn is not None and turn.id == ticket.id:
            return (_called(case, desk, ticket),)
        reason = self.reason.strip()
        if not reason:
            return Refusal(CommonRefusal.REASON_NEEDED)
        return (
            TicketCalled(
                ticket.id,
                desk.counter,
                desk.officer or "",
                case.fresh_id,
                out_of_order=True,
                reason=reason,
                passed_over=turn.id if turn else None,
            ),
        )


@dataclass(frozen=True, slots=True)
class CallParked(FloorCommand):
    """Call a ticket that this counter had parked."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    ticket: str
    kind: Literal["call_parked"] = "call_parked"

    def decide(self, case: Case) -> Decision:
        """Call back a ticket before its time aside is over; only the counter that parked it may."""
        desk = case.calling_desk(self.counter)
        if isinstance(desk, Refusal):
            return desk
        ticket = case.known_ticket(self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        if ticket.state is not TicketState.PARKED:
            return wrong_state(ticket)
        if ticket.counter != desk.counter:
            data = {"number": ticket.number, "counter": ticket.counter or ""}
            return Refusal(CommonRefusal.NOT_PARKED_HERE, data)
        return (_called(case, desk, ticket),)


@dataclass(frozen=True, slots=True)
class Recall(FloorCommand):
    """Call the counter's called ticket once more; `ticket` is the one that is meant."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    ticket: str | None = None
    kind: Literal["recall"] = "recall"

    def decide(self, case: Case) -> Decision:
        """Call the called ticket again: not sooner than the hold-off, not more often than the limit.

        Where the clock has gone back behind the last call, its age is unknown: the recall is accepted.
        """
        ticket = case.held_ticket(self.counter, TicketState.CALLED, self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        calling = case.plan.calling
        if ticket.calls >= calling.recall_limit:
            return Refusal(CallRefusal.RECALL_LIMIT, {"limit": calling.recall_limit})
        since = case.now - (ticket.called_at or case.now)
        left = (calling.recall_hold_off - since).total_seconds()
        if since.total_seconds() >= 0 and left > 0:
            return Refusal(CallRefusal.RECALL_TOO_SOON, {"seconds": ceil(left)})
        return (TicketRecalled(ticket.id, self.counter, case.fresh_id),)


def _called(case: Case, desk: Desk, ticket: Ticket) -> TicketCalled:
    return TicketCalled(ticket.id, desk.counter, desk.officer or "", case.fresh_id)


Event = TicketCalled | TicketRecalled


Command = CallNext | CallTicket | CallParked | Recall
