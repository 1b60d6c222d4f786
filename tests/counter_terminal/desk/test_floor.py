"""The floor as one counter sees it."""

from collections.abc import Callable
from datetime import timedelta

from counter_terminal.desk.events import FloorSeen
from counter_terminal.desk.floor import NOT_SEEN, current_ticket, is_short_visit, tickets_for
from counter_terminal.desk.setup import DeskSetup
from hub.messages import CounterView, TicketView

Views = Callable[..., CounterView]
Tickets = Callable[..., TicketView]


def test_the_current_ticket_is_the_one_that_the_counter_holds(
    counter_view: Views, ticket_view: Tickets
) -> None:
    held = ticket_view("B001", state="called")
    floor = FloorSeen(counter_view(ticket=held.id), (ticket_view("B002"), held), None)
    assert current_ticket(floor) == held
    assert current_ticket(NOT_SEEN) is None


def test_a_counter_takes_from_its_services_what_is_not_bound_elsewhere(
    setup: DeskSetup, ticket_view: Tickets
) -> None:
    mine, bound = ticket_view("B001"), ticket_view("B002", counter="c1")
    elsewhere, other = ticket_view("B003", counter="c2"), ticket_view("D001", service="land")
    parked = ticket_view("B004", state="parked")
    floor = FloorSeen(None, (mine, bound, elsewhere, other, parked), None)
    assert tickets_for(setup, floor, "waiting") == (mine, bound)
    assert tickets_for(setup, floor, "parked") == (parked,)


def test_how_long_a_visit_lasts_is_not_known_without_a_ticket_a_call_and_a_clock(
    counter_view: Views, ticket_view: Tickets
) -> None:
    now = ticket_view("B001").arrived_at
    ticket = ticket_view("B001", state="serving", counter="c1", called_at=now)
    held = counter_view(ticket=ticket.id, number="B001", ticket_state="serving")
    shortest = timedelta(seconds=5)
    assert is_short_visit(shortest, FloorSeen(held, (ticket,), now))
    for floor in (
        FloorSeen(held, (), now),
        FloorSeen(held, (ticket.model_copy(update={"called_at": None}),), now),
        FloorSeen(held, (ticket,), None),
        FloorSeen(held, (ticket,), now - shortest),
        FloorSeen(held, (ticket,), now + shortest),
    ):
        assert not is_short_visit(shortest, floor)
