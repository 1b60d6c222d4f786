"""Each way into and out of the queue stands in the report with who did it, and on what it rests."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service_floor.queue import commands as c
from service_floor.queue.audit.fairness import Judge
from service_floor.queue.audit.fairness_totals import totals
from service_floor.queue.audit.way_totals import WayTotals
from service_floor.queue.audit.ways import Ground, Way
from service_floor.queue.events import (
    OfflineIssue,
    Stop,
    TicketCancelled,
    TicketFinished,
    TicketIssued,
    TicketMissed,
    TicketMoved,
)
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.planning.plan import Officer


def judge_of(hall):
    judge = Judge(hall.rules.plan)
    judge.take_all(hall.events)
    assert judge.floor == hall.floor
    return judge


def ways(hall):
    return judge_of(hall).ways


def last(hall):
    return ways(hall)[-1]


def at(hall, counter):
    hall.actor = c.Actor(f"terminal-{counter}", c.Role.COUNTER, counter)


def called(hall, *services, counter="q1"):
    ticket = hall.issue(*(services or ("land",)))
    hall.do(c.CallNext(counter))
    return ticket


def serving(hall, *services, seconds=60, counter="q1"):
    ticket = called(hall, *services, counter=counter)
    hall.do(c.StartServing(counter))
    hall.later(seconds=seconds)
    return ticket


def test_an_ordinary_visit_from_a_kiosk_is_no_way_worth_a_row(hall) -> None:
    hall.actor = c.Actor("kiosk-1", c.Role.KIOSK)
    serving(hall)
    hall.do(c.Finish("q1"))
    assert ways(hall) == []
    assert totals(judge_of(hall)).is_explained


def test_five_people_gone_in_a_moment_are_each_a_mark(hall) -> None:
    gone = [called(hall) for _ in range(1)]
    hall.fold(TicketMissed(gone[0], "q1"))
    way = last(hall)
    assert (way.way, way.ground, way.counter, way.officer) == (
        Way.NO_SHOW,
        Ground.UNEXPLAINED,
        "q1",
        "officer-q1",
    )
    assert (way.number, way.calls, way.seconds) == ("A001", 1, 0)
    fairness = totals(judge_of(hall))
    assert (fairness.unexplained, fairness.ways_unexplained) == (0, 1)
    assert not fairness.is_explained
    called(hall)
    hall.do(c.MarkNoShow("q1", "gone home"))
    assert (last(hall).ground, last(hall).reason) == (Ground.REASON, "gone home")


def test_a_no_show_after_what_was_promised_is_by_rule(hall) -> None:
    called(hall)
    for _ in range(2):
        hall.later(seconds=30)
        hall.do(c.Recall("q1"))
    hall.do(c.MarkNoShow("q1"))
    assert (last(hall).ground, last(hall).calls, last(hall).seconds) == (Ground.RULE, 3, 60)


@pytest.mark.parametrize(
    ("deed", "way"),
    [
        (c.Finish("q1"), Way.SHORT_VISIT),
        (c.Park("q1", 5), Way.PARKED),
        (c.Transfer("q1", "civil"), Way.TRANSFERRED),
    ],
)
def test_a_visit_of_a_moment_needs_a_reason(hall, deed, way) -> None:
    def reasons():
        return [(each.way, each.ground) for each in ways(hall)]

    for given, ground in ((deed, Ground.UNEXPLAINED), (replace(deed, reason="x"), Ground.REASON)):
        serving(hall, "permit", seconds=3)
        hall.do(given)
        assert reasons()[-1] == (way, ground)
    serving(hall, "permit", seconds=5)
    hall.do(deed)
    expected = [] if way is Way.SHORT_VISIT else [(way, Ground.RULE)]
    assert reasons()[2:] == expected


def test_one_stop_of_several_that_takes_a_moment_is_a_short_visit_too(hall) -> None:
    serving(hall, "land", "civil", seconds=1)
    hall.do(c.Finish("q1"))
    assert (last(hall).way, last(hall).service) == (Way.SHORT_VISIT, "land")


def test_a_clock_that_went_back_marks_nobody(hall) -> None:
    serving(hall, seconds=-600)
    hall.do(c.Finish("q1"))
    assert ways(hall) == []


def test_who_was_put_aside_may_be_finished_at_once(hall) -> None:
    ticket = serving(hall)
    hall.do(c.Park("q1", 5))
    hall.later(minutes=1)
    hall.do(c.CallParked("q1", ticket))
    hall.do(c.StartServing("q1"))
    hall.do(c.Finish("q1"))
    assert [each.way for each in ways(hall)] == [Way.PARKED]


def test_a_parking_that_ran_out_is_of_the_officer_who_parked(hall) -> None:
    serving(hall)
    hall.do(c.Park("q1", 5))
    hall.later(minutes=6)
    hall.do(c.PassTime())
    way = last(hall)
    assert (way.way, way.ground, way.counter, way.officer) == (
        Way.PARKING_RAN_OUT,
        Ground.RULE,
        "q1",
        "officer-q1",
    )


def test_a_ticket_that_goes_to_and_fro_is_sent_back(hall) -> None:
    serving(hall)
    hall.do(c.Transfer("q1", "civil", "q2"))
    hall.do(c.CallNext("q2"))
    hall.do(c.StartServing("q2"))
    hall.later(seconds=30)
    hall.do(c.Transfer("q2", "land", "q1"))
    assert [each.way for each in ways(hall)] == [Way.TRANSFERRED, Way.SENT_BACK]
    assert (last(hall).counter, last(hall).officer) == ("q2", "officer-q2")


def test_a_planned_way_back_is_an_ordinary_transfer(hall) -> None:
    serving(hall)
    hall.do(c.Transfer("q1", "civil", back=True))
    hall.do(c.CallNext("q2"))
    hall.do(c.StartServing("q2"))
    hall.later(seconds=30)
    hall.do(c.Transfer("q2", "land", "q1"))
    assert last(hall).way is Way.TRANSFERRED


def test_a_cancellation_names_who_and_why(hall) -> None:
    first, second, third = hall.issue("land"), hall.issue("land"), hall.issue("land")
    at(hall, "q1")
    hall.do(c.CancelTicket(first, "left"))
    hall.actor = c.Actor("console-lan", c.Role.SUPERVISOR, proven="lan")
    hall.do(c.CancelTicket(second, "left"))
    hall.fold(TicketCancelled(third, " ", "terminal-2"))
    rows = [(w.ground, w.counter, w.officer, w.device, w.reason) for w in ways(hall)]
    assert rows == [
        (Ground.REASON, "q1", "officer-q1", "terminal-q1", "left"),
        (Ground.REASON, "", "lan", "console-lan", "left"),
        (Ground.UNEXPLAINED, "", "", "terminal-2", " "),
    ]


def test_an_undone_press_of_a_kiosk_is_by_rule_and_its_words_excuse_no_other(hall) -> None:
    hall.actor = c.Actor("kiosk-1", c.Role.KIOSK)
    press = hall.issue("land")
    lease = hall.do(c.LeaseNumbers("land", 5))
    number = lease.numbers[0]
    offline = OfflineIssue(lease.lease, hall.now, hall.now)
    stops = (Stop("land"),)
    hall.fold(TicketIssued("own", number.number, number.n, stops, None, "sang", "kiosk-1", offline))
    words = f"replaced_by {number.number}"
    hall.fold(TicketCancelled(press, words, "kiosk-1"))
    assert last(hall).ground is Ground.RULE
    other = hall.issue("land")
    for faked in (
        TicketCancelled(other, words, "terminal-q1", "officer-q1", "q1"),
        TicketCancelled(hall.issue("land"), "replaced_by A999", "kiosk-1"),
    ):
        hall.fold(faked)
        assert last(hall).ground is Ground.REASON


def test_a_move_needs_a_reason(hall) -> None:
    first, second = hall.issue("land"), hall.issue("land")
    at(hall, "q1")
    hall.do(c.MoveTicket(first, "civil", "wrong queue"))
    assert (last(hall).way, last(hall).ground) == (Way.MOVED, Ground.REASON)
    hall.fold(TicketMoved(second, (Stop("civil"),), "", "terminal-q1", "officer-q1", "q1"))
    assert last(hall).ground is Ground.UNEXPLAINED


def test_what_a_reception_does_for_services_of_others_is_noted(hall) -> None:
    counters = dict(hall.rules.plan.counters)
    counters["q2"] = replace(counters["q2"], reception=True)
    hall.plan(counters=counters)
    at(hall, "q2")
    own, other = hall.issue("land"), hall.issue("result")
    hall.do(c.MoveTicket(other, "land", "wrong queue"))
    rows = [(each.way, each.number, each.elsewhere, each.is_noted) for each in ways(hall)]
    assert rows == [
        (Way.ISSUED, hall.ticket(own).number, False, False),
        (Way.ISSUED, hall.ticket(other).number, True, True),
        (Way.MOVED, hall.ticket(other).number, True, True),
    ]


@pytest.mark.parametrize("confirms", ["q1", "q2"])
def test_a_priority_that_one_officer_gave_and_confirmed_is_shown_as_such(hall, confirms) -> None:
    at(hall, "q1")
    hall.issue("land", priority="elderly")
    hall.do(c.CallNext(confirms))
    hall.do(c.ConfirmPriority(confirms, True))
    hall.do(c.ConfirmPriority(confirms, False))
    own = confirms == "q1"
    expected = [
        (Way.PRIORITY_GIVEN, "officer-q1", False),
        *([(Way.PRIORITY_USED, "officer-q1", True)] if own else []),
        (Way.PRIORITY_CONFIRMED, f"officer-{confirms}", own),
        (Way.PRIORITY_REJECTED, f"officer-{confirms}", False),
    ]
    assert [(each.way, each.officer, each.own_priority) for each in ways(hall)] == expected


def test_a_priority_that_a_colleague_confirmed_is_nobodys_own(hall) -> None:
    at(hall, "q1")
    ticket = hall.issue("land", priority="elderly")
    hall.do(c.CallNext("q2"))
    hall.do(c.ConfirmPriority("q2", True))
    hall.do(c.StartServing("q2"))
    hall.later(minutes=1)
    hall.do(c.Transfer("q2", "land", "q1"))
    assert hall.do(c.CallNext("q1")).ticket == ticket
    assert not any(each.own_priority for each in ways(hall))


def test_a_reprint_is_of_who_asked(hall) -> None:
    hall.plan(printers=("kiosk-1",))
    ticket = called(hall)
    at(hall, "q1")
    hall.do(c.ReprintSlip(ticket, c.ReprintReason.LOST))
    assert (last(hall).way, last(hall).counter, last(hall).officer) == (
        Way.REPRINTED,
        "q1",
        "officer-q1",
    )
    hall.actor = c.Actor("console-hoa", c.Role.GREETER, proven="hoa")
    hall.do(c.ReprintSlip(hall.issue("civil"), c.ReprintReason.LOST))
    assert (last(hall).counter, last(hall).officer) == ("", "hoa")


def test_who_comes_back_and_what_the_hub_puts_back_are_listed(hall) -> None:
    late = called(hall)
    hall.do(c.MarkNoShow("q1", "left"))
    hall.actor = c.Actor("kiosk-1", c.Role.KIOSK)
    hall.calling(kiosk_readmit=True)
    hall.do(c.Readmit(late))
    assert (last(hall).way, last(hall).officer, last(hall).device) == (
        Way.READMITTED,
        "",
        "kiosk-1",
    )
    hall.do(c.CallNext("q1"))
    hall.plan(officers={"officer-q2": Officer("officer-q2")})
    hall.do(c.PassTime())
    assert (last(hall).way, last(hall).counter, last(hall).device) == (Way.RETURNED, "q1", "hub")


def test_totals_are_by_counter_officer_and_way_and_devices_come_last(hall) -> None:
    hall.calling(shortest_visit=timedelta(0))
    for reason in ("left", "left", ""):
        ticket = called(hall)
        hall.fold(TicketMissed(ticket, "q1", reason))
    called(hall, "civil", counter="q2")
    hall.do(c.MarkNoShow("q2", "left"))
    hall.actor = c.Actor("kiosk-1", c.Role.KIOSK)
    hall.calling(kiosk_readmit=True)
    hall.do(c.Readmit(ticket))
    assert totals(judge_of(hall)).ways == (
        WayTotals("q1", "officer-q1", "", Way.NO_SHOW, 3, 2, 1, 0),
        WayTotals("q2", "officer-q2", "", Way.NO_SHOW, 1, 1, 0, 0),
        WayTotals("", "", "kiosk-1", Way.READMITTED, 1, 0, 0, 0),
    )


def test_an_event_about_a_ticket_that_the_day_does_not_know_is_left_to_the_fold(hall) -> None:
    judge = judge_of(hall)
    with pytest.raises(ImpossibleEventError):
        judge.take(TicketFinished("none", "q1", ""), hall.now)
    assert judge.ways == []


def test_a_new_day_begins_without_ways(hall) -> None:
    called(hall)
    hall.do(c.MarkNoShow("q1", "left"))
    hall.later(days=3)
    hall.do(c.PassTime())
    assert ways(hall) == []
