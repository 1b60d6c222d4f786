from datetime import timedelta

import pytest

from service_floor.queue import commands as c
from service_floor.queue.concerns.calling import CallRefusal
from service_floor.queue.events import TicketCalled, TicketRecalled
from service_floor.queue.planning.plan import PriorityRule
from service_floor.queue.refusals import CommonRefusal


def called_in_turn(hall, counter, times):
    """Who is called when the counter does nothing but call and miss."""
    order = []
    for _ in range(times):
        order.append(hall.do(c.CallNext(counter)).ticket)
        hall.do(c.MarkNoShow(counter, "left"))
    return order


def test_a_later_tier_is_taken_only_when_the_earlier_is_empty(hall):
    civil, land, permit = hall.issue("civil"), hall.issue("land"), hall.issue("permit")
    assert called_in_turn(hall, "q1", 3) == [land, permit, civil]


def test_services_of_one_tier_go_by_arrival(hall):
    civil, land, civil2 = hall.issue("civil"), hall.issue("land"), hall.issue("civil")
    assert called_in_turn(hall, "q2", 3) == [civil, land, civil2]


def test_strict_priority_goes_first_by_rank_then_by_arrival(hall):
    normal = hall.issue("land")
    elderly = hall.issue("land", priority="elderly")
    merit = hall.issue("land", priority="merit")
    merit2 = hall.issue("land", priority="merit")
    assert called_in_turn(hall, "q1", 4) == [merit, merit2, elderly, normal]


def test_interleaved_priority_takes_its_turn_after_n_others(hall):
    hall.calling(priority=PriorityRule.INTERLEAVED, normal_per_priority=2)
    normals = [hall.issue("land") for _ in range(5)]
    first, second = (hall.issue("land", priority="elderly") for _ in range(2))
    expected = [*normals[:2], first, *normals[2:4], second, normals[4]]
    assert called_in_turn(hall, "q1", 7) == expected


def test_interleaved_priority_does_not_wait_for_others_who_are_not_there(hall):
    hall.calling(priority=PriorityRule.INTERLEAVED, normal_per_priority=2)
    first, second = (hall.issue("land", priority="elderly") for _ in range(2))
    assert called_in_turn(hall, "q1", 2) == [first, second]


def test_two_counters_never_call_the_same_ticket(hall):
    one, two = hall.issue("land"), hall.issue("land")
    assert hall.do(c.CallNext("q1")).ticket == one
    assert hall.do(c.CallNext("q2")).ticket == two
    assert hall.refused(c.CallNext("q1")) == (
        CommonRefusal.COUNTER_BUSY,
        {"counter": "q1", "number": "A001"},
    )
    hall.do(c.MarkNoShow("q1", "left"))
    assert hall.refused(c.CallNext("q1")) == (CallRefusal.NOBODY_WAITING, {"counter": "q1"})
    assert hall.refused(c.CallTicket("q1", two, "x"))[0] is CommonRefusal.WRONG_STATE


def test_a_call_says_who_calls_whom_where(hall):
    ticket = hall.issue("land")
    event = hall.do(c.CallNext("q1"))
    assert event == TicketCalled(ticket, "q1", "officer-q1", event.call)
    call = hall.floor.call(event.call)
    assert (call.ticket, call.counter, call.attempt, call.at) == (ticket, "q1", 1, hall.now)


@pytest.mark.parametrize(
    "call",
    [
        c.CallNext,
        lambda counter: c.CallTicket(counter, "id1", "x"),
        lambda q: c.CallParked(q, "id1"),
    ],
    ids=["next", "ticket", "parked"],
)
def test_only_an_open_counter_calls(hall, call):
    assert hall.refused(call("q9")) == (CommonRefusal.UNKNOWN_COUNTER, {"counter": "q9"})
    assert hall.refused(call("q3")) == (CommonRefusal.NOT_SIGNED_IN, {"counter": "q3"})
    hall.do(c.PauseCounter("q1", "meeting"))
    assert hall.refused(call("q1")) == (
        CommonRefusal.COUNTER_PAUSED,
        {"counter": "q1", "reason": "meeting"},
    )
    hall.do(c.CloseCounter("q1"))
    assert hall.refused(call("q1")) == (CommonRefusal.COUNTER_CLOSED, {"counter": "q1"})


def test_calling_the_one_whose_turn_it_is_needs_no_reason(hall):
    ticket = hall.issue("land")
    event = hall.do(c.CallTicket("q1", ticket, "no matter"))
    assert (event.out_of_order, event.reason, event.passed_over) == (False, "", None)


def test_calling_out_of_order_needs_a_reason_and_names_who_was_passed_over(hall):
    first, second = hall.issue("land"), hall.issue("land")
    assert hall.refused(c.CallTicket("q1", second, " \t")) == (CommonRefusal.REASON_NEEDED, {})
    event = hall.do(c.CallTicket("q1", second, " about to faint "))
    assert (event.out_of_order, event.reason) == (True, "about to faint")
    assert event.passed_over == first


def test_who_is_bound_to_a_staffed_counter_is_called_elsewhere_only_with_a_reason(hall):
    ticket = hall.issue("land")
    hall.serve("q1")
    hall.do(c.Transfer("q1", "civil", "q2"))
    assert hall.refused(c.CallNext("q1"))[0] is CallRefusal.NOBODY_WAITING
    assert hall.refused(c.CallTicket("q1", ticket))[0] is CommonRefusal.REASON_NEEDED
    event = hall.do(c.CallTicket("q1", ticket, "q2 is busy for long"))
    assert (event.out_of_order, event.passed_over) == (True, None)


def test_nobody_is_stranded_at_a_counter_that_its_officer_has_left(hall):
    ticket = hall.issue("land")
    hall.serve("q1")
    hall.do(c.Transfer("q1", "civil", "q2"))
    hall.do(c.SignOut("q2"))
    assert hall.do(c.CallNext("q1")).ticket == ticket


def test_a_counter_does_not_call_for_a_service_that_it_does_not_take(hall):
    ticket = hall.issue("result")
    assert hall.refused(c.CallTicket("q1", ticket, "x")) == (
        CommonRefusal.SERVICE_NOT_TAKEN,
        {"counter": "q1", "service": "result"},
    )
    assert hall.refused(c.CallTicket("q1", "nobody", "x"))[0] is CommonRefusal.UNKNOWN_TICKET


def test_recall_has_a_hold_off_and_a_limit(hall):
    ticket = hall.issue("land")
    hall.do(c.CallNext("q1"))
    hall.later(seconds=3.5)
    assert hall.refused(c.Recall("q1")) == (CallRefusal.RECALL_TOO_SOON, {"seconds": 7})
    hall.later(seconds=6.5)
    event = hall.do(c.Recall("q1"))
    assert event == TicketRecalled(ticket, "q1", event.call)
    assert hall.floor.call(event.call).attempt == 2
    hall.later(seconds=10)
    hall.do(c.Recall("q1"))
    hall.later(seconds=10)
    assert hall.refused(c.Recall("q1")) == (CallRefusal.RECALL_LIMIT, {"limit": 3})


def test_a_clock_that_goes_back_does_not_lock_the_recall(hall):
    hall.issue("land")
    hall.do(c.CallNext("q1"))
    hall.later(hours=-1)
    hall.do(c.Recall("q1"))
    hall.later(seconds=9)
    assert hall.refused(c.Recall("q1")) == (CallRefusal.RECALL_TOO_SOON, {"seconds": 1})
    hall.later(seconds=1)
    hall.do(c.Recall("q1"))


def test_there_is_nothing_to_recall_before_a_call_and_after_the_start(hall):
    assert hall.refused(c.Recall("q1")) == (CommonRefusal.NOTHING_CALLED, {"counter": "q1"})
    assert hall.refused(c.Recall("q3")) == (CommonRefusal.NOT_SIGNED_IN, {"counter": "q3"})
    hall.issue("land")
    hall.serve("q1")
    assert hall.refused(c.Recall("q1"))[0] is CommonRefusal.NOTHING_CALLED


def test_a_new_calling_counts_anew(hall):
    hall.calling(recall_limit=1, recall_hold_off=timedelta(0))
    ticket = hall.issue("land")
    hall.do(c.CallNext("q1"))
    assert hall.refused(c.Recall("q1"))[0] is CallRefusal.RECALL_LIMIT
    hall.do(c.MarkNoShow("q1", "left"))
    hall.calling(recall_limit=2)
    hall.do(c.Readmit(ticket))
    hall.do(c.CallNext("q1"))
    hall.do(c.Recall("q1"))


def test_only_its_owner_calls_a_parked_ticket(hall):
    ticket, other = hall.issue("land"), hall.issue("land")
    hall.serve("q1")
    hall.do(c.Park("q1", 5))
    not_here = (CommonRefusal.NOT_PARKED_HERE, {"number": "A001", "counter": "q1"})
    assert hall.refused(c.CallParked("q2", ticket)) == not_here
    assert hall.refused(c.CallTicket("q1", ticket, "x"))[0] is CommonRefusal.WRONG_STATE
    assert hall.refused(c.CallParked("q1", other))[0] is CommonRefusal.WRONG_STATE
    assert hall.refused(c.CallParked("q1", "nobody"))[0] is CommonRefusal.UNKNOWN_TICKET
    hall.later(minutes=1)
    event = hall.do(c.CallParked("q1", ticket))
    assert (event.ticket, event.out_of_order) == (ticket, False)
    assert not hall.floor.parked


def test_a_parked_ticket_that_comes_back_does_not_count_in_the_turn_of_priority(hall):
    ticket = hall.issue("land")
    hall.serve("q1")
    hall.do(c.Park("q1", 5))
    hall.do(c.CallParked("q1", ticket))
    assert hall.floor.desk("q1").since_priority == 1
