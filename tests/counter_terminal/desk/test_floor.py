"""The floor as one counter sees it."""

from collections.abc import Callable

from counter_terminal.desk.events import FloorSeen
from counter_terminal.desk.floor import NOT_SEEN, current_ticket, tickets_for
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
