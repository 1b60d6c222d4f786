from datetime import timedelta

from service_floor.queue import commands as c
from service_floor.queue.estimates import open_counters, wait_of_newcomer, wait_of_ticket
from service_floor.queue.events import Stop


def minutes(number):
    return timedelta(minutes=number)


def newcomer(hall, service):
    return wait_of_newcomer(hall.rules.plan, hall.floor, service)


def test_without_an_open_counter_there_is_no_estimate(hall):
    hall.issue("result")
    assert newcomer(hall, "result") is None
    hall.do(c.SignIn("q3", "chi"))
    assert newcomer(hall, "result") is None
    hall.do(c.OpenCounter("q3"))
    assert newcomer(hall, "result") == minutes(6)
    hall.do(c.PauseCounter("q3", "break"))
    assert newcomer(hall, "result") is None


def test_people_ahead_are_shared_among_the_open_counters(hall):
    assert newcomer(hall, "land") == minutes(0)
    for _ in range(4):
        hall.issue("land")
    assert newcomer(hall, "land") == minutes(4 * 6 / 2)
    hall.do(c.CloseCounter("q2"))
    assert newcomer(hall, "land") == minutes(4 * 6)


def test_a_service_competes_with_those_of_its_tier_and_before(hall):
    hall.do(c.CloseCounter("q2"))
    hall.issue("land")
    hall.issue("permit")
    hall.issue("civil")
    assert newcomer(hall, "land") == minutes(12)
    assert newcomer(hall, "civil") == minutes(18)


def test_a_ticket_waits_for_those_before_it_only(hall):
    hall.do(c.CloseCounter("q2"))
    first, second = hall.issue("land"), hall.issue("land")
    hall.issue("land")

    def estimate(ticket):
        return wait_of_ticket(hall.rules.plan, hall.floor, hall.ticket(ticket))

    assert (estimate(first), estimate(second)) == (minutes(0), minutes(6))
    hall.do(c.CallNext("q1"))
    assert (estimate(first), estimate(second)) == (None, minutes(0))


def test_all_of_an_earlier_tier_go_before_whenever_they_came(hall):
    hall.do(c.CloseCounter("q2"))
    civil = hall.ticket(hall.issue("civil"))
    hall.issue("land")
    assert wait_of_ticket(hall.rules.plan, hall.floor, civil) == minutes(6)


def test_a_ticket_bound_to_a_counter_waits_for_that_one(hall):
    ticket = hall.issue("land")
    hall.serve("q1")
    hall.do(c.Transfer("q1", "civil", "q2"))
    stop = Stop("civil", "q2")
    assert open_counters(hall.rules.plan, hall.floor, stop) == 1
    hall.do(c.PauseCounter("q2", "break"))
    assert wait_of_ticket(hall.rules.plan, hall.floor, hall.ticket(ticket)) is None
    hall.do(c.SignOut("q2"))
    assert open_counters(hall.rules.plan, hall.floor, stop) == 1
