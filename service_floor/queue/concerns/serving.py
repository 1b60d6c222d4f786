"""What an officer does with the ticket at the counter: start, miss, park, send on, finish, and judge its priority."""

from datetime import timedelta

from service_floor.queue.cases import Case, Decision
from service_floor.queue.commands import (
    ConfirmPriority,
    Finish,
    MarkNoShow,
    Park,
    StartServing,
    Transfer,
)
from service_floor.queue.events import (
    PriorityConfirmed,
    ServiceStarted,
    Stop,
    StopFinished,
    TicketExpired,
    TicketFinished,
    TicketMissed,
    TicketParked,
    TicketTransferred,
)
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.queue.tickets import Ticket, TicketState

_MINUTE = timedelta(minutes=1)


def start_serving(case: Case, command: StartServing) -> Decision:
    """The called citizen stands at the counter."""
    ticket = case.held_ticket(command.counter, TicketState.CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    return (ServiceStarted(ticket.id, command.counter),)


def mark_no_show(case: Case, command: MarkNoShow) -> Decision:
    """The called citizen did not come."""
    ticket = case.held_ticket(command.counter, TicketState.CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    return (TicketMissed(ticket.id, command.counter),)


def park(case: Case, command: Park) -> Decision:
    """Put the served ticket aside for 1 minute up to the centre's limit; none after the day has ended."""
    ticket = case.held_ticket(command.counter, TicketState.SERVING)
    if isinstance(ticket, Refusal):
        return ticket
    if case.floor.ended:
        return Refusal(RefusalCode.CLOSED_FOR_TODAY)
    limit = case.plan.calling.park_limit // _MINUTE
    if not 1 <= command.minutes <= limit:
        return Refusal(RefusalCode.PARK_TOO_LONG, {"minutes": command.minutes, "limit": limit})
    until = case.order.now + command.minutes * _MINUTE
    return (TicketParked(ticket.id, command.counter, until, command.reason.strip()),)


def transfer(case: Case, command: Transfer) -> Decision:
    """Send the served ticket on; what was still to come stays behind it. None after the day has ended."""
    ticket = case.held_ticket(command.counter, TicketState.SERVING)
    if isinstance(ticket, Refusal):
        return ticket
    refusal = _wrong_destination(case, command)
    if refusal is not None:
        return refusal
    if case.floor.ended:
        return Refusal(RefusalCode.CLOSED_FOR_TODAY)
    stops = _route(ticket, command)
    return (TicketTransferred(ticket.id, command.counter, stops),)


def _wrong_destination(case: Case, command: Transfer) -> Refusal | None:
    if command.service not in case.plan.services:
        return Refusal(RefusalCode.UNKNOWN_SERVICE, {"service": command.service})
    if command.to_counter is None:
        return None
    known = case.known_desk(command.to_counter)
    if isinstance(known, Refusal):
        return known
    if case.plan.counters[command.to_counter].takes(command.service):
        return None
    data = {"counter": command.to_counter, "service": command.service}
    return Refusal(RefusalCode.SERVICE_NOT_TAKEN, data)


def _route(ticket: Ticket, command: Transfer) -> tuple[Stop, ...]:
    """The new stop, the way back where wished, and the rest. A way back that is already planned is not planned twice."""
    rest = ticket.stops[1:]
    back = Stop(ticket.service, command.counter)
    returning = (back,) if command.back and back not in rest else ()
    return (Stop(command.service, command.to_counter), *returning, *rest)


def finish(case: Case, command: Finish) -> Decision:
    """End the stop, and with the last one the visit. Stops left over when the day has ended expire with it."""
    ticket = case.held_ticket(command.counter, TicketState.SERVING)
    if isinstance(ticket, Refusal):
        return ticket
    outcome = command.outcome.strip()
    if len(ticket.stops) == 1:
        return (TicketFinished(ticket.id, command.counter, outcome),)
    done = StopFinished(ticket.id, command.counter, ticket.stops[1:], outcome)
    return (done, TicketExpired(ticket.id)) if case.floor.ended else (done,)


def confirm_priority(case: Case, command: ConfirmPriority) -> Decision:
    """Record the officer's word on a claimed priority; it may be corrected while the ticket is at the counter."""
    ticket = case.held_ticket(command.counter, TicketState.SERVING)
    if isinstance(ticket, Refusal):
        ticket = case.held_ticket(command.counter, TicketState.CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    if ticket.priority is None:
        return Refusal(RefusalCode.NO_PRIORITY, {"number": ticket.number})
    if ticket.priority_confirmed is command.confirmed:
        outcome = "confirmed" if command.confirmed else "not_confirmed"
        return Refusal(RefusalCode.ALREADY_SAID, {"outcome": outcome})
    return (PriorityConfirmed(ticket.id, command.counter, command.confirmed),)
