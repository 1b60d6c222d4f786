from datetime import timedelta

from service_floor.queue import commands as c
from service_floor.queue.concerns.calling import CallRefusal
from service_floor.queue.concerns.serving import ServiceRefusal
from service_floor.queue.events import (
    Stop,
    StopFinished,
    TicketExpired,
    TicketFinished,
    TicketMissed,
    TicketTransferred,
)
from service_floor.queue.refusals import CommonRefusal
from service_floor.queue.tickets import CounterState, TicketState


def test_a_visit_from_call_to_finish(hall):
    ticket = hall.issue("land")
    hall.do(c.CallNext("q1"))
    assert hall.refused(c.Finish("q1")) == (CommonRefusal.NOTHING_SERVED, {"counter": "q1"})
    hall.do(c.StartServing("q1"))
    assert hall.refused(c.StartServing("q1")) == (CommonRefusal.NOTHING_CALLED, {"counter": "q1"})
    assert hall.refused(c.MarkNoShow("q1", "left"))[0] is CommonRefusal.NOTHING_CALLED
    assert hall.ticket(ticket).started_at == hall.now
    hall.later(minutes=5)
    assert hall.do(c.Finish("q1", " received ")) == TicketFinished(ticket, "q1", "received")
    done = hall.ticket(ticket)
    assert (done.state, done.counter, done.ended_at) == (TicketState.FINISHED, "q1", hall.now)
    assert hall.floor.desk("q1").ticket is None


def test_a_missed_call_frees_the_counter(hall):
    ticket = hall.issue("land")
    hall.do(c.CallNext("q1"))
    hall.do(c.MarkNoShow("q1", "left"))
    assert hall.ticket(ticket).state is TicketState.NO_SHOW
    assert hall.floor.desk("q1").ticket is None


def test_several_services_in_one_visit_keep_number_and_place(hall):
    visit = hall.issue("land", "civil")
    later = hall.issue("civil")
    hall.serve("q1")
    hall.later(minutes=5)
    assert hall.do(c.Finish("q1", "ok")) == StopFinished(visit, "q1", (Stop("civil"),), "ok")
    ticket = hall.ticket(visit)
    assert (ticket.number, ticket.service, ticket.counter) == ("A001", "civil", None)
    assert hall.serve("q2") == visit
    hall.do(c.Finish("q2"))
    assert hall.serve("q2") == later


def test_a_transferred_ticket_keeps_its_place_by_original_arrival(hall):
    sent = hall.issue("land")
    hall.later(minutes=3)
    waiting = hall.issue("civil")
    assert hall.serve("q1") == sent
    event = hall.do(c.Transfer("q1", "civil"))
    assert event == TicketTransferred(sent, "q1", (Stop("civil"),))
    assert [ticket.id for ticket in hall.floor.waiting("civil")] == [sent, waiting]
    assert hall.serve("q2") == sent


def test_a_transfer_may_come_back_and_goes_on_with_the_rest(hall):
    sent = hall.issue("land", "result")
    hall.serve("q1")
    hall.do(c.Transfer("q1", "civil", "q2", back=True))
    assert hall.ticket(sent).stops == (Stop("civil", "q2"), Stop("land", "q1"), Stop("result"))
    hall.serve("q2")
    hall.do(c.Finish("q2"))
    assert hall.refused(c.CallNext("q2"))[0] is CallRefusal.NOBODY_WAITING
    assert hall.serve("q1") == sent
    hall.do(c.Finish("q1"))
    assert hall.ticket(sent).service == "result"


def test_a_way_back_is_planned_once_however_often_it_is_wished(hall):
    sent = hall.issue("land")
    for _ in range(4):
        hall.serve("q1")
        hall.do(c.Transfer("q1", "civil", "q2", back=True))
        hall.serve("q2")
        hall.do(c.Transfer("q2", "land", "q1", back=True))
    assert len(hall.ticket(sent).stops) <= 3


def test_a_transfer_goes_where_the_service_is(hall):
    hall.issue("land")
    hall.serve("q1")
    assert hall.refused(c.Transfer("q1", "tax")) == (
        CommonRefusal.UNKNOWN_SERVICE,
        {"service": "tax"},
    )
    assert hall.refused(c.Transfer("q1", "civil", "q9")) == (
        CommonRefusal.UNKNOWN_COUNTER,
        {"counter": "q9"},
    )
    assert hall.refused(c.Transfer("q1", "civil", "q3")) == (
        CommonRefusal.SERVICE_NOT_TAKEN,
        {"counter": "q3", "service": "civil"},
    )
    assert hall.refused(c.Transfer("q2", "civil"))[0] is CommonRefusal.NOTHING_SERVED


def test_parking_has_an_owner_and_a_limit(hall):
    ticket = hall.issue("land")
    assert hall.refused(c.Park("q1", 5))[0] is CommonRefusal.NOTHING_SERVED
    hall.serve("q1")
    for minutes in (-1, 0, 31, 10**30):
        too_long = {"minutes": minutes, "limit": 30}
        assert hall.refused(c.Park("q1", minutes)) == (ServiceRefusal.PARK_TOO_LONG, too_long)
    event = hall.do(c.Park("q1", 30, " fetches a copy "))
    assert (event.until, event.reason) == (hall.now + timedelta(minutes=30), "fetches a copy")
    assert list(hall.floor.parked) == [ticket]
    assert hall.ticket(ticket).counter == "q1"
    assert hall.floor.desk("q1").ticket is None


def test_a_parked_ticket_waits_again_for_its_owner_when_the_time_is_over(hall):
    ticket = hall.issue("land")
    hall.serve("q1")
    hall.do(c.Park("q1", 5))
    hall.later(minutes=5)
    assert hall.refused(c.CallParked("q1", ticket))[0] is CommonRefusal.WRONG_STATE
    assert hall.ticket(ticket).stops == (Stop("land", "q1"),)
    assert hall.refused(c.CallNext("q2"))[0] is CallRefusal.NOBODY_WAITING
    assert hall.do(c.CallNext("q1")).ticket == ticket


def test_a_paused_counter_goes_on_with_the_ticket_that_it_holds(hall):
    ticket = hall.issue("land")
    hall.do(c.CallNext("q1"))
    hall.do(c.PauseCounter("q1", "break"))
    hall.later(seconds=10)
    hall.do(c.Recall("q1"))
    hall.do(c.StartServing("q1"))
    hall.do(c.Finish("q1"))
    assert hall.ticket(ticket).state is TicketState.FINISHED
    assert hall.floor.desk("q1").state is CounterState.PAUSED


def test_the_officer_judges_a_claimed_priority(hall):
    claimed = hall.issue("land", priority="elderly")
    hall.do(c.CallNext("q1"))
    hall.do(c.ConfirmPriority("q1", True))
    repeated = hall.refused(c.ConfirmPriority("q1", True))
    assert repeated == (CommonRefusal.ALREADY_SAID, {"outcome": "confirmed"})
    hall.do(c.StartServing("q1"))
    hall.do(c.ConfirmPriority("q1", False))
    repeated = hall.refused(c.ConfirmPriority("q1", False))
    assert repeated == (CommonRefusal.ALREADY_SAID, {"outcome": "not_confirmed"})
    assert hall.ticket(claimed).priority_confirmed is False


def test_a_priority_that_nothing_backs_counts_no_more(hall):
    earlier = hall.issue("civil")
    hall.later(minutes=1)
    claimed = hall.issue("land", priority="elderly")
    hall.serve("q1")
    hall.do(c.ConfirmPriority("q1", False))
    hall.do(c.Transfer("q1", "civil"))
    assert [hall.do(c.CallNext(q)).ticket for q in ("q2", "q1")] == [earlier, claimed]


def test_there_is_no_priority_to_judge_where_none_is_claimed(hall):
    assert hall.refused(c.ConfirmPriority("q1", True))[0] is CommonRefusal.NOTHING_CALLED
    hall.issue("land")
    hall.do(c.CallNext("q1"))
    refusal = hall.refused(c.ConfirmPriority("q1", True))
    assert refusal == (ServiceRefusal.NO_PRIORITY, {"number": "A001"})


def test_after_the_day_has_ended_what_is_served_is_finished_and_goes_nowhere(hall):
    ticket = hall.issue("land", "civil")
    hall.serve("q1")
    hall.do(c.EndDay())
    assert hall.refused(c.Park("q1", 5)) == (CommonRefusal.CLOSED_FOR_TODAY, {})
    assert hall.refused(c.Transfer("q1", "civil")) == (CommonRefusal.CLOSED_FOR_TODAY, {})
    done, expired = hall.do(c.Finish("q1"))
    assert done == StopFinished(ticket, "q1", (Stop("civil"),), "")
    assert expired == TicketExpired(ticket)


def test_a_command_that_names_its_ticket_never_acts_on_the_next(hall):
    first, second = hall.issue("land"), hall.issue("land")
    assert hall.serve("q1") == first
    hall.do(c.Finish("q1", ticket=first))
    hall.do(c.CallNext("q1"))
    gone = (CommonRefusal.WRONG_STATE, {"number": "A001", "state": "finished"})
    for stale in (
        c.Recall("q1", first),
        c.StartServing("q1", first),
        c.MarkNoShow("q1", ticket=first),
    ):
        assert hall.refused(stale) == gone
    hall.do(c.StartServing("q1", second))
    for stale in (
        c.Park("q1", 5, ticket=first),
        c.Transfer("q1", "civil", ticket=first),
        c.Finish("q1", ticket=first),
        c.ConfirmPriority("q1", True, first),
    ):
        assert hall.refused(stale) == gone
    assert hall.refused(c.Finish("q1", ticket="id99")) == (
        CommonRefusal.UNKNOWN_TICKET,
        {"ticket": "id99"},
    )
    assert hall.ticket(second).state is TicketState.SERVING


def test_a_no_show_needs_the_promised_calls_and_seconds_or_a_reason(hall):
    ticket = hall.issue("land")
    hall.do(c.CallNext("q1"))
    hall.later(seconds=5)
    said = {"calls": 1, "limit": 3, "seconds": 55}
    assert hall.refused(c.MarkNoShow("q1", " ")) == (ServiceRefusal.NO_SHOW_TOO_SOON, said)
    hall.later(seconds=90)
    said = {"calls": 1, "limit": 3, "seconds": 0}
    assert hall.refused(c.MarkNoShow("q1")) == (ServiceRefusal.NO_SHOW_TOO_SOON, said)
    hall.do(c.Recall("q1"))
    hall.later(seconds=10)
    hall.do(c.Recall("q1"))
    assert hall.do(c.MarkNoShow("q1")) == TicketMissed(ticket, "q1")
    hall.do(c.Readmit(ticket))
    hall.do(c.CallNext("q1"))
    event = hall.do(c.MarkNoShow("q1", " went home "))
    assert event == TicketMissed(ticket, "q1", "went home")


def test_three_hasty_calls_are_not_enough(hall):
    hall.issue("land")
    hall.calling(recall_hold_off=timedelta(0))
    hall.do(c.CallNext("q1"))
    hall.do(c.Recall("q1"))
    hall.do(c.Recall("q1"))
    said = {"calls": 3, "limit": 3, "seconds": 60}
    assert hall.refused(c.MarkNoShow("q1")) == (ServiceRefusal.NO_SHOW_TOO_SOON, said)


def test_a_clock_that_went_back_behind_the_call_leaves_the_calls_to_count(hall):
    hall.issue("land")
    hall.calling(recall_limit=1)
    hall.do(c.CallNext("q1"))
    hall.later(seconds=-30)
    hall.do(c.MarkNoShow("q1"))


def test_why_a_visit_was_short_is_kept(hall):
    hall.issue("land", "civil")
    hall.serve("q1")
    assert hall.do(c.Finish("q1", "", " wrong queue ")).reason == "wrong queue"
    hall.serve("q2")
    assert hall.do(c.Transfer("q2", "land", reason=" wrong queue ")).reason == "wrong queue"
    hall.serve("q1")
    assert hall.do(c.Finish("q1", "advice", "asked only")).reason == "asked only"
