from dataclasses import replace
from datetime import timedelta

import pytest

from service_floor.queue import commands as c
from service_floor.queue.concerns.desks import DeskRefusal
from service_floor.queue.events import CounterSignedOut, Stop, TicketMoved, TicketReturned
from service_floor.queue.planning.plan import Officer
from service_floor.queue.refusals import CommonRefusal
from service_floor.queue.tickets import TicketState


def without(hall, *services, counters=()):
    """The plan without these services and counters, from here on."""
    plan = hall.rules.plan
    left = {
        name: replace(
            counter,
            profile=tuple(tuple(s for s in tier if s not in services) for tier in counter.profile),
        )
        for name, counter in plan.counters.items()
        if name not in counters
    }
    known = {name: s for name, s in plan.services.items() if name not in services}
    hall.plan(services=known, counters=left)


def test_a_moved_ticket_keeps_its_place_and_drops_what_would_strand_it(hall):
    ticket = hall.issue("land", "permit", "result", "civil")
    before = hall.ticket(ticket)
    without(hall, "permit")
    event = hall.do(c.MoveTicket(ticket, "civil", " wrong queue ", "q2"))
    stops = (Stop("civil", "q2"), Stop("result"))
    assert event == TicketMoved(ticket, stops, "wrong queue", "device-1")
    after = hall.ticket(ticket)
    assert (after.number, after.arrived_at) == (before.number, before.arrived_at)
    assert hall.do(c.CallNext("q2")).ticket == ticket


def test_a_move_needs_a_reason_a_known_place_and_a_ticket_that_waits(hall):
    ticket = hall.issue("land")
    assert hall.refused(c.MoveTicket("none", "civil", "x"))[0] is CommonRefusal.UNKNOWN_TICKET
    assert hall.refused(c.MoveTicket(ticket, "tax", "x"))[0] is CommonRefusal.UNKNOWN_SERVICE
    assert hall.refused(c.MoveTicket(ticket, "civil", " "))[0] is CommonRefusal.REASON_NEEDED
    no_counter = hall.refused(c.MoveTicket(ticket, "civil", "x", "q9"))
    assert no_counter[0] is CommonRefusal.UNKNOWN_COUNTER
    not_taken = hall.refused(c.MoveTicket(ticket, "civil", "x", "q3"))
    assert not_taken == (
        CommonRefusal.SERVICE_NOT_TAKEN,
        {"counter": "q3", "service": "civil"},
    )
    hall.serve("q1")
    assert hall.refused(c.MoveTicket(ticket, "civil", "x"))[0] is CommonRefusal.WRONG_STATE


def test_nothing_moves_after_the_day_has_ended(hall):
    hall.issue("land")
    parked = hall.serve("q1")
    hall.do(c.Park("q1", 5))
    hall.floor.ended = hall.now
    refused = hall.refused(c.MoveTicket(parked, "civil", "x"))
    assert refused == (CommonRefusal.CLOSED_FOR_TODAY, {})


def test_a_counter_moves_no_ticket_that_another_has_parked(hall):
    hall.issue("land")
    parked = hall.serve("q1")
    hall.do(c.Park("q1", 5))
    hall.actor = c.Actor("terminal-2", c.Role.COUNTER, "q2")
    refused = hall.refused(c.MoveTicket(parked, "civil", "x"))
    assert refused[0] is CommonRefusal.NOT_PARKED_HERE
    hall.actor = c.Actor("console", c.Role.SUPERVISOR, proven="lan")
    assert hall.do(c.MoveTicket(parked, "civil", "x")).officer == "lan"
    assert not hall.floor.parked


def test_an_officer_who_left_the_plan_leaves_the_counter_and_the_citizen_waits_again(hall):
    hall.issue("land")
    held = hall.serve("q1")
    hall.plan(officers={"officer-q2": Officer("officer-q2")})
    hall.do(c.PassTime())
    assert [event for event, _ in hall.events[-3:-1]] == [
        TicketReturned(held, "q1"),
        CounterSignedOut("q1", "officer-q1"),
    ]
    assert hall.floor.desk("q1").officer is None
    assert hall.floor.desk("q2").officer == "officer-q2"
    assert hall.refused(c.SignIn("q1", "officer-q1"))[0] is DeskRefusal.UNKNOWN_OFFICER
    assert hall.do(c.CallNext("q2")).ticket == held
    assert hall.rules.due(hall.now) == ()


def test_who_left_the_plan_leaves_an_empty_counter_and_colleagues_keep_what_they_parked(hall):
    hall.issue("land")
    parked = hall.serve("q2")
    hall.do(c.Park("q2", 5))
    hall.plan(officers={"officer-q2": Officer("officer-q2")})
    hall.do(c.PassTime())
    assert hall.floor.desk("q1").officer is None
    assert hall.ticket(parked).state is TicketState.PARKED


@pytest.mark.parametrize("late", [False, True])
def test_what_a_counter_had_that_left_the_plan_waits_again_for_any_other(hall, late):
    first, second = hall.issue("civil"), hall.issue("civil")
    assert hall.serve("q2") == first
    hall.do(c.Park("q2", 5))
    called = hall.do(c.CallNext("q2")).ticket
    assert called == second
    if late:
        hall.later(minutes=6)
    without(hall, counters=("q2",))
    hall.do(c.PassTime())
    states = {hall.ticket(each).state for each in (first, second)}
    assert states == {TicketState.WAITING}
    assert hall.do(c.CallNext("q1")).ticket == first
    hall.do(c.CancelTicket(first, "left"))
    assert hall.do(c.CallNext("q1")).ticket == second
    hall.do(c.MarkNoShow("q1", "left"))
    hall.do(c.SignOut("q1"))
    hall.do(c.SignIn("q1", "officer-q2"))


def test_who_is_served_when_the_service_goes_is_served_to_the_end_or_sent_on(hall):
    hall.issue("land")
    hall.issue("land")
    for deed in (c.Finish("q1"), c.Transfer("q1", "civil")):
        hall.serve("q1")
        plan = hall.rules.plan
        without(hall, "land")
        parked = hall.refused(c.Park("q1", 5))
        assert parked == (
            CommonRefusal.SERVICE_NOT_TAKEN,
            {"counter": "q1", "service": "land"},
        )
        hall.do(deed)
        hall.plan(services=plan.services, counters=plan.counters)


def test_what_is_bound_to_a_counter_that_lost_the_service_is_called_by_others(hall):
    hall.issue("land")
    bound = hall.serve("q1")
    hall.do(c.Transfer("q1", "land", "q2"))
    assert hall.refused(c.CallNext("q1"))[0] == "nobody_waiting"
    q2 = replace(hall.rules.plan.counters["q2"], profile=(("civil",),))
    hall.plan(counters={**hall.rules.plan.counters, "q2": q2})
    assert hall.do(c.CallNext("q1")).ticket == bound


def test_who_waits_for_a_service_that_is_gone_can_be_moved_or_cancelled(hall):
    moved, cancelled, late = hall.issue("land"), hall.issue("land"), hall.issue("land")
    hall.do(c.CallTicket("q1", late, "wheelchair"))
    hall.do(c.MarkNoShow("q1", "left"))
    without(hall, "land", "permit")
    hall.later(minutes=1)
    hall.do(c.PassTime())
    hall.actor = c.Actor("console", c.Role.SUPERVISOR, proven="lan")
    hall.do(c.CancelTicket(cancelled, "service closed"))
    hall.do(c.Readmit(late))
    for ticket in (moved, late):
        hall.do(c.MoveTicket(ticket, "civil", "service closed"))
        assert hall.do(c.CallNext("q2")).ticket == ticket
        hall.do(c.StartServing("q2"))
        hall.do(c.Finish("q2"))
    assert hall.floor.last_seen - hall.ticket(moved).arrived_at > timedelta(minutes=1)
