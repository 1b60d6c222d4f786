from datetime import UTC, date, datetime, timedelta
from time import thread_time

import pytest

from service_floor.queue import commands as c
from service_floor.queue import events as e
from service_floor.queue.floor import Floor, ImpossibleEventError
from service_floor.queue.turns import ahead_of, next_for

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
ISSUED = e.TicketIssued("t", "A001", 1, (e.Stop("land"),), None, "sang", "kiosk")
CALLED = e.TicketCalled("t", "q1", "an", "call-1")
TWO = e.TicketIssued("u", "A002", 2, (e.Stop("land"),), None, "sang", "kiosk")
LEASED = e.NumbersLeased("lease-1", "kiosk", "land", (e.LeasedNumber(499, "A499"),))


def folded(*events: e.Event) -> Floor:
    floor = Floor()
    for event in (e.DayOpened(date(2026, 11, 20)), e.CounterSignedIn("q1", "an"), *events):
        floor.fold(event, NOW)
    return floor


@pytest.mark.parametrize(
    ("before", "event"),
    [
        ((), e.DayOpened(date(2026, 11, 20))),
        ((), e.DayOpened(date(2026, 11, 19))),
        ((), e.DayEnded(date(2026, 11, 19))),
        ((e.DayEnded(date(2026, 11, 20)),), e.DayEnded(date(2026, 11, 20))),
        ((ISSUED,), e.TicketIssued("t", "A009", 9, (e.Stop("land"),), None, "sang", "k")),
        ((ISSUED,), e.TicketIssued("v", "A001", 9, (e.Stop("land"),), None, "sang", "k")),
        ((), CALLED),
        ((ISSUED, TWO, CALLED), e.TicketCalled("u", "q1", "an", "call-2")),
        ((ISSUED, TWO, CALLED), e.TicketCalled("u", "q2", "an", "call-1")),
        ((ISSUED, CALLED), e.TicketRecalled("t", "q1", "call-1")),
        ((ISSUED, CALLED), e.ServiceStarted("t", "q2")),
        ((), e.CounterSignedIn("q1", "binh")),
        ((), e.CounterSignedOut("q2", "an")),
        ((ISSUED, CALLED), e.CounterSignedOut("q1", "an")),
        ((), e.CounterOpened("q2")),
        ((LEASED,), LEASED),
        ((LEASED,), e.NumbersLeased("lease-2", "kiosk", "land", LEASED.numbers)),
        ((LEASED,), e.TicketIssued("v", "A499", 499, (e.Stop("land"),), None, "sang", "k")),
        ((), e.SlipReported("t", "printed", "", "kiosk")),
        ((), e.CallAnnounced("call-1", "announced", "", "agent")),
    ],
    ids=lambda value: value.kind if hasattr(value, "kind") else "",
)
def test_an_event_that_cannot_have_happened_raises_and_changes_nothing(before, event):
    floor = folded(*before)
    with pytest.raises(ImpossibleEventError):
        floor.fold(event, NOW)
    assert floor == folded(*before)


def test_the_floor_s_own_time_never_goes_back():
    floor = folded()
    floor.fold(e.DayOpened(date(2026, 11, 23)), NOW - timedelta(hours=1))
    assert floor.last_seen == NOW
    assert floor.time(NOW - timedelta(hours=2)) == NOW
    assert floor.time(NOW + timedelta(hours=2)) == NOW + timedelta(hours=2)


def test_reading_what_is_not_there(empty_hall):
    floor = empty_hall.floor
    assert floor.ticket("t") is None
    assert floor.by_number("A001") is None
    assert floor.call("c") is None
    assert floor.waiting("land") == ()
    assert next_for(empty_hall.rules.plan, floor, "q9") is None
    assert floor.desk_of_officer("an") is None


def test_refolding_a_day_gives_the_same_floor(hall):
    for service in ("land", "civil", "land"):
        hall.issue(service, priority="elderly" if service == "land" else None)
    hall.serve("q1")
    hall.do(c.Park("q1", 5))
    hall.later(minutes=6)
    hall.serve("q2")
    hall.do(c.Transfer("q2", "land", back=True))
    again = Floor()
    for event, at in hall.events:
        again.fold(event, at)
    assert again == hall.floor


def test_ahead_counts_those_whom_the_rules_call_before(hall):
    first = hall.issue("land")
    elderly = hall.issue("land", priority="elderly")
    last = hall.issue("land")
    plan = hall.rules.plan

    def ahead(ticket):
        return ahead_of(plan, hall.floor, hall.ticket(ticket))

    assert [ahead(ticket) for ticket in (elderly, first, last)] == [0, 1, 2]
    hall.do(c.CallNext("q1"))
    assert [ahead(ticket) for ticket in (elderly, first, last)] == [0, 0, 1]


@pytest.mark.slow
def test_a_call_costs_the_same_on_a_long_day():
    """Ten thousand tickets of the day do not slow the next one: the bar is far above what one takes, far below a scan."""
    floor = folded()
    for n in range(10_000):
        ticket = e.TicketIssued(f"t{n}", f"A{n}", n, (e.Stop("land"),), None, "sang", "kiosk")
        floor.fold(ticket, NOW + timedelta(seconds=n))
        if n % 10:
            floor.fold(e.TicketCancelled(f"t{n}", "x", "k"), NOW)
    started = thread_time()
    for n in range(0, 1000, 10):
        floor.fold(e.TicketCalled(f"t{n}", "q1", "an", f"c{n}"), NOW)
        floor.fold(e.TicketMissed(f"t{n}", "q1"), NOW)
    assert (thread_time() - started) / 100 < 0.001
