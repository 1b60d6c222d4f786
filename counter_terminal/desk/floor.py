"""Queries on the floor as one counter sees it: its own ticket, and the queue that it may take from."""

from datetime import timedelta

from counter_terminal.desk.events import FloorSeen
from counter_terminal.desk.setup import DeskSetup
from hub.messages import CounterView, TicketView

NOT_SEEN = FloorSeen(counter=None, tickets=(), hub_now=None)
"""Before the hub's first snapshot."""


def current_ticket(floor: FloorSeen) -> TicketView | None:
    """The ticket at the counter; None without one."""
    held = floor.counter.ticket if floor.counter else None
    return next((ticket for ticket in floor.tickets if ticket.id == held), None)


def is_short_visit(shortest: timedelta, floor: FloorSeen) -> bool:
    """Whether the ticket at the counter was called less than `shortest` ago, as far as the hub was heard."""
    ticket = current_ticket(floor)
    if ticket is None or ticket.called_at is None or floor.hub_now is None:
        return False
    return timedelta(0) <= floor.hub_now - ticket.called_at < shortest


def has_open_claim(floor: FloorSeen) -> bool:
    """Whether the ticket at the counter claims a priority of which no officer has said whether it is right."""
    ticket = current_ticket(floor)
    return bool(ticket and ticket.priority and ticket.priority_confirmed is None)


def tickets_for(setup: DeskSetup, floor: FloorSeen, state: str) -> tuple[TicketView, ...]:
    """Tickets in this state that the counter could take: of its services, and not bound to another counter."""
    return tuple(
        ticket
        for ticket in floor.tickets
        if ticket.state == state
        and ticket.service in setup.profile
        and ticket.counter in {None, setup.counter}
    )


def visit_is_over(before: CounterView | None, after: CounterView | None) -> bool:
    """Whether what was scanned at the desk is not of whoever is there now.

    That is once another officer sits there, or none; once the ticket has left the counter, or one has been called; and
    once a counter without a ticket is paused or closed. Beginning to serve the called ticket, and a pause while it is
    served, change nothing: the same citizen stands there.
    """
    if before is None or after is None:
        return before is not after
    if (before.officer, before.ticket) != (after.officer, after.ticket):
        return True
    return after.ticket is None and before.state == "open" != after.state
