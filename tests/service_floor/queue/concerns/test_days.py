from datetime import date, timedelta

from service_floor.queue import commands as c
from service_floor.queue.concerns.calling import CallRefusal
from service_floor.queue.concerns.plan_adoption import adoption_of
from service_floor.queue.events import (
    CounterSignedOut,
    DayEnded,
    DayOpened,
    ParkingEnded,
    TicketExpired,
)
from service_floor.queue.refusals import CommonRefusal
from service_floor.queue.tickets import TicketState

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def test_the_first_thing_on_an_empty_floor_is_a_day(empty_hall):
    assert empty_hall.rules.due(empty_hall.now) == (
        DayOpened(FRIDAY),
        adoption_of(empty_hall.rules.plan),
    )


def test_a_new_day_expires_what_is_open_and_numbers_start_again(hall):
    served = hall.issue("land")
    waiting = hall.issue("land")
    finished = hall.issue("land")
    hall.serve("q1")
    hall.do(c.CallTicket("q2", finished, "quick question"))
    hall.do(c.StartServing("q2"))
    hall.do(c.Finish("q2"))
    hall.later(days=3)
    assert hall.rules.due(hall.now) == (
        TicketExpired(served),
        TicketExpired(waiting),
        CounterSignedOut("q1", "officer-q1"),
        CounterSignedOut("q2", "officer-q2"),
        DayEnded(FRIDAY),
        DayOpened(MONDAY),
        adoption_of(hall.rules.plan),
    )
    ticket = hall.ticket(hall.issue("land"))
    assert ticket.number == "A001"
    assert hall.floor.tickets.keys() == {ticket.id}
    assert hall.floor.day == MONDAY


def test_what_was_ended_and_left_before_is_not_ended_and_left_again(hall):
    hall.do(c.SignOut("q1"))
    hall.do(c.EndDay())
    hall.later(days=3)
    assert hall.rules.due(hall.now) == (
        CounterSignedOut("q2", "officer-q2"),
        DayOpened(MONDAY),
        adoption_of(hall.rules.plan),
    )


def test_the_day_never_goes_back(hall):
    hall.issue("land")
    hall.later(days=-1)
    assert hall.rules.due(hall.now) == ()
    hall.do(c.PassTime())
    assert hall.floor.day == FRIDAY
    assert hall.ticket(hall.issue("land")).number == "A002"


def test_no_place_is_gained_when_the_clock_jumps_back(hall):
    first = hall.issue("land")
    hall.later(minutes=-20)
    second = hall.issue("land")
    assert [ticket.id for ticket in hall.floor.waiting("land")] == [first, second]
    assert hall.ticket(second).issued_at == hall.now - timedelta(seconds=1)


def test_parkings_end_in_the_order_of_their_times(hall):
    first, second = hall.issue("land"), hall.issue("land")
    for counter, minutes in (("q1", 10), ("q2", 5)):
        hall.serve(counter)
        hall.do(c.Park(counter, minutes))
    hall.later(minutes=5)
    assert hall.rules.due(hall.now) == (ParkingEnded(second),)
    hall.later(minutes=5)
    assert hall.rules.due(hall.now) == (ParkingEnded(second), ParkingEnded(first))


def test_the_end_of_the_day_expires_all_but_who_is_served(hall):
    served, called, waiting = (hall.issue("land") for _ in range(3))
    parked, missed = hall.issue("civil"), hall.issue("civil")
    hall.do(c.CallTicket("q1", parked, "x"))
    hall.do(c.StartServing("q1"))
    hall.do(c.Park("q1", 30))
    hall.do(c.CallTicket("q1", missed, "x"))
    hall.do(c.MarkNoShow("q1", "left"))
    hall.serve("q1")
    hall.do(c.CallNext("q2"))
    hall.do(c.EndDay())
    states = [hall.ticket(ticket).state for ticket in (called, waiting, parked, missed)]
    assert states == [TicketState.EXPIRED] * 4
    assert hall.floor.desk("q2").ticket is None
    assert hall.ticket(served).state is TicketState.SERVING
    assert hall.refused(c.EndDay()) == (CommonRefusal.CLOSED_FOR_TODAY, {})
    assert hall.refused(c.IssueTicket(("land",))) == (CommonRefusal.CLOSED_FOR_TODAY, {})
    assert hall.refused(c.CallNext("q2"))[0] is CallRefusal.NOBODY_WAITING
    hall.do(c.Finish("q1"))
    assert hall.ticket(served).state is TicketState.FINISHED


def test_passing_time_asks_for_nothing(hall):
    assert hall.do(c.PassTime()) == ()
