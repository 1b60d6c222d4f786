"""How a counter calls: the next, a chosen one, one it has parked, and the same once more."""

from math import ceil

from service_floor.queue.cases import Case, Decision, wrong_state
from service_floor.queue.commands import CallNext, CallParked, CallTicket, Recall
from service_floor.queue.events import TicketCalled, TicketRecalled
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.queue.tickets import Desk, Ticket, TicketState


def call_next(case: Case, command: CallNext) -> Decision:
    """Call whom the rules call."""
    desk = case.calling_desk(command.counter)
    if isinstance(desk, Refusal):
        return desk
    ticket = case.floor.next_for(case.plan, desk.counter)
    if ticket is None:
        return Refusal(RefusalCode.NOBODY_WAITING, {"counter": desk.counter})
    return (_called(case, desk, ticket),)


def call_ticket(case: Case, command: CallTicket) -> Decision:
    """Call a chosen waiting ticket of a service that the counter takes; not in its turn only with a reason."""
    desk = case.calling_desk(command.counter)
    if isinstance(desk, Refusal):
        return desk
    ticket = case.known_ticket(command.ticket)
    if isinstance(ticket, Refusal):
        return ticket
    if ticket.state is not TicketState.WAITING:
        return wrong_state(ticket)
    if not case.plan.counters[desk.counter].takes(ticket.service):
        data = {"counter": desk.counter, "service": ticket.service}
        return Refusal(RefusalCode.SERVICE_NOT_TAKEN, data)
    turn = case.floor.next_for(case.plan, desk.counter)
    if turn is not None and turn.id == ticket.id:
        return (_called(case, desk, ticket),)
    reason = command.reason.strip()
    if not reason:
        return Refusal(RefusalCode.REASON_NEEDED)
    return (
        TicketCalled(
            ticket.id,
            desk.counter,
            desk.officer or "",
            case.order.fresh_id,
            out_of_order=True,
            reason=reason,
            passed_over=turn.id if turn else None,
        ),
    )


def call_parked(case: Case, command: CallParked) -> Decision:
    """Call back a ticket before its time aside is over; only the counter that parked it may."""
    desk = case.calling_desk(command.counter)
    if isinstance(desk, Refusal):
        return desk
    ticket = case.known_ticket(command.ticket)
    if isinstance(ticket, Refusal):
        return ticket
    if ticket.state is not TicketState.PARKED:
        return wrong_state(ticket)
    if ticket.counter != desk.counter:
        data = {"number": ticket.number, "counter": ticket.counter or ""}
        return Refusal(RefusalCode.NOT_PARKED_HERE, data)
    return (_called(case, desk, ticket),)


def recall(case: Case, command: Recall) -> Decision:
    """Call the called ticket again: not sooner than the hold-off, not more often than the limit.

    Where the clock has gone back behind the last call, nobody knows how long ago that was: the recall is let through.
    """
    ticket = case.held_ticket(command.counter, TicketState.CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    calling = case.plan.calling
    if ticket.calls >= calling.recall_limit:
        return Refusal(RefusalCode.RECALL_LIMIT, {"limit": calling.recall_limit})
    since = case.order.now - (ticket.called_at or case.order.now)
    left = (calling.recall_hold_off - since).total_seconds()
    if since.total_seconds() >= 0 and left > 0:
        return Refusal(RefusalCode.RECALL_TOO_SOON, {"seconds": ceil(left)})
    return (TicketRecalled(ticket.id, command.counter, case.order.fresh_id),)


def _called(case: Case, desk: Desk, ticket: Ticket) -> TicketCalled:
    return TicketCalled(ticket.id, desk.counter, desk.officer or "", case.order.fresh_id)
