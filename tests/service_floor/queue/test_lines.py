from datetime import UTC, datetime, timedelta

from service_floor.queue.events import Stop
from service_floor.queue.lines import Lane, WaitingLines, place_of
from service_floor.queue.tickets import Ticket, TicketState

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def ticket(order: int, minute: int, counter: str | None = None, priority: str | None = None):
    at = NOW + timedelta(minutes=minute)
    stops = (Stop("land", counter),)
    return Ticket(
        f"t{order}", f"A{order}", order, TicketState.WAITING, stops, priority, None, at, at, "sang"
    )


def test_lines_are_kept_by_arrival_then_by_order_of_issue():
    lines = WaitingLines()
    for each in (ticket(3, 5), ticket(2, 5), ticket(4, 1, "q1"), ticket(1, 9, None, "elderly")):
        lines.add(each)
    assert list(lines.in_order("land")) == ["t4", "t2", "t3", "t1"]
    assert {lane: place.ticket for lane, place in lines.heads("land")} == {
        Lane(None, None): "t2",
        Lane("q1", None): "t4",
        Lane(None, "elderly"): "t1",
    }
    assert lines.count("land") == 4
    assert dict(lines.before("land", place_of(ticket(3, 5)))) == {
        Lane(None, None): 1,
        Lane("q1", None): 1,
        Lane(None, "elderly"): 0,
    }


def test_an_emptied_line_leaves_nothing_behind():
    lines = WaitingLines()
    for each in (ticket(1, 0), ticket(2, 0, "q1")):
        lines.add(each)
    for each in (ticket(2, 0, "q1"), ticket(1, 0)):
        lines.remove(each)
    assert lines == WaitingLines()
    assert lines.count("land") == 0
