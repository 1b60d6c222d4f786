from service_floor.queue import commands as c
from service_floor.queue.audit.statistics import (
    CounterFigures,
    DayTally,
    KioskFigures,
    ServiceFigures,
    WaitFigures,
)
from service_floor.queue.floor import Floor


def figures(hall):
    floor, tally = Floor(), DayTally()
    for event, at in hall.events:
        tally.take(floor, event, at)
        floor.fold(event, at)
    return tally.figures(floor)


def test_a_day_is_told_by_ticket_service_and_counter(hall) -> None:
    first, missed, waits = hall.issue("land", "civil"), hall.issue("land"), hall.issue("land")
    hall.do(c.ReportSlip(first, "printed"))
    hall.do(c.ReportSlip(missed, "failed"))
    hall.do(c.CallNext("q1"))
    hall.later(seconds=10)
    hall.do(c.Recall("q1"))
    hall.do(c.StartServing("q1"))
    hall.later(minutes=5)
    hall.do(c.Finish("q1"))
    hall.do(c.CallNext("q1"))
    hall.do(c.MarkNoShow("q1", "left"))
    assert hall.serve("q2") == first
    hall.later(seconds=30)
    hall.do(c.Finish("q2"))
    hall.do(c.CancelTicket(waits, "left"))
    day = figures(hall)
    assert day.issued == 3
    assert {state.value: n for state, n in day.tickets.items() if n} == {
        "finished": 1,
        "no_show": 1,
        "cancelled": 1,
    }
    assert day.slips == {"printed": 1, "failed": 1, "unknown": 0, "unreported": 1}
    assert day.services == (
        ServiceFigures("civil", issued=1, served=1, finished=1, serving_seconds=30),
        ServiceFigures("land", issued=3, served=1, finished=1, serving_seconds=300),
    )
    q1, q2 = day.counters
    assert q1 == CounterFigures("q1", 2, 1, 1, 1, 0, 0, 1, 300)
    assert (q2.counter, q2.called, q2.finished, q2.serving_seconds) == ("q2", 1, 1, 30)


def test_a_clock_set_back_takes_no_time_away(hall) -> None:
    hall.issue("land")
    hall.serve("q1")
    hall.later(minutes=-2)
    hall.do(c.Park("q1", 5))
    assert figures(hall).counters[0].serving_seconds == 0


def test_a_ticket_sent_on_is_counted_where_it_was_served(hall) -> None:
    hall.issue("land")
    hall.serve("q1")
    hall.later(seconds=20)
    hall.do(c.Transfer("q1", "civil"))
    day = figures(hall)
    (land,) = day.services
    assert (land.service, land.serving_seconds, land.finished) == ("land", 20, 0)
    assert day.counters[0].transferred == 1


def test_what_a_kiosk_gave_without_the_hub_is_counted_when_it_is_handed_in(hall) -> None:
    lease = hall.do(c.LeaseNumbers("land", 2))
    given_at = hall.now
    hall.later(minutes=20)
    hall.do(c.HandInTicket(lease.lease, lease.numbers[0].number, "land", given_at))
    hall.do(c.HandInTicket("of-yesterday", "A499", "land", given_at.replace(day=19)))
    hall.do(c.HandInTicket("of-yesterday", "A498", "land", hall.now.replace(hour=23)))
    day = figures(hall)
    assert day.kiosks == (KioskFigures("device-1", 1, 2, 24 * 3600 + 20 * 60),)
    assert day.issued == 1


def test_waits_are_told_until_the_first_call_of_each_number(hall) -> None:
    assert figures(hall).waits == ()
    # A second passes after each.
    for _ in range(10):
        hall.issue("land")
    hall.issue("civil")
    for minute in range(10):
        hall.later(minutes=1 if minute else 0)
        hall.do(c.CallNext("q1"))
        hall.do(c.StartServing("q1"))
        hall.do(c.Finish("q1"))
    hall.serve("q2")
    whole, civil, land = figures(hall).waits
    assert (whole.service, whole.called, whole.longest_seconds) == ("", 11, 542)
    assert civil == WaitFigures("civil", 1, 541, 541, 541)
    assert land == WaitFigures("land", 10, 276, 542, 483)


def test_only_the_first_call_of_a_number_ends_its_wait(hall) -> None:
    ticket = hall.issue("land", "civil")
    hall.later(minutes=2)
    hall.do(c.CallNext("q1"))
    hall.do(c.MarkNoShow("q1", "left"))
    hall.do(c.Readmit(ticket))
    hall.later(minutes=30)
    assert hall.serve("q1") == ticket
    hall.do(c.Finish("q1"))
    hall.later(minutes=30)
    assert hall.serve("q2") == ticket
    _, land = figures(hall).waits
    assert (land.service, land.called, land.longest_seconds) == ("land", 1, 121)
