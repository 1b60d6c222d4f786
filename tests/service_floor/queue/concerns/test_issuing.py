from dataclasses import replace
from datetime import timedelta

from service_floor.queue import commands as c
from service_floor.queue.concerns.issuing import IssueRefusal
from service_floor.queue.events import Stop, TicketCancelled, TicketIssued
from service_floor.queue.planning.plan import Quota, Series
from service_floor.queue.refusals import CommonRefusal
from service_floor.queue.tickets import TicketState


def numbers(hall, service, times):
    return [hall.ticket(hall.issue(service)).number for _ in range(times)]


def test_a_ticket_is_self_contained(hall):
    event = hall.do(c.IssueTicket(("land", "result"), "elderly"))
    assert event == TicketIssued(
        event.ticket, "A001", 1, (Stop("land"), Stop("result")), "elderly", "sang", "device-1"
    )
    ticket = hall.floor.by_number("A001")
    assert ticket.id == event.ticket
    assert (ticket.state, ticket.arrived_at) == (TicketState.WAITING, hall.now)


def test_bands_with_one_prefix_count_apart_and_used_up_is_said(hall):
    assert numbers(hall, "land", 2) == ["A001", "A002"]
    assert numbers(hall, "permit", 3) == ["A500", "A501", "A502"]
    assert hall.refused(c.IssueTicket(("permit",))) == (
        CommonRefusal.SERIES_USED_UP,
        {"service": "permit", "last": "A502"},
    )
    assert numbers(hall, "land", 1) == ["A003"]


def test_services_may_share_a_band(hall):
    services = dict(hall.rules.plan.services)
    services["permit"] = replace(services["permit"], series=services["land"].series)
    hall.plan(services=services)
    issued = [hall.ticket(hall.issue(s)).number for s in ("land", "permit", "permit", "land")]
    assert issued == ["A001", "A002", "A003", "A004"]


def test_a_label_that_another_band_has_used_is_passed_over(hall):
    services = dict(hall.rules.plan.services)
    services["permit"] = replace(services["permit"], series=Series("A0", 2, 1, 4))
    hall.plan(services=services)
    assert numbers(hall, "land", 2) == ["A001", "A002"]
    assert numbers(hall, "permit", 2) == ["A003", "A004"]
    assert hall.refused(c.IssueTicket(("permit",)))[0] is CommonRefusal.SERIES_USED_UP
    assert numbers(hall, "land", 1) == ["A005"]


def test_a_series_may_begin_at_zero(hall):
    services = dict(hall.rules.plan.services)
    services["land"] = replace(services["land"], series=Series("A", 3, 0, 9))
    hall.plan(services=services)
    assert numbers(hall, "land", 2) == ["A000", "A001"]


def test_the_quota_of_a_session_and_of_the_day(hall):
    numbers(hall, "civil", 3)
    full = {"service": "civil", "limit": 3, "per": "session"}
    assert hall.refused(c.IssueTicket(("civil",))) == (CommonRefusal.QUOTA_USED_UP, full)
    hall.later(hours=6)
    numbers(hall, "civil", 2)
    full = {"service": "civil", "limit": 5, "per": "day"}
    assert hall.refused(c.IssueTicket(("civil",))) == (CommonRefusal.QUOTA_USED_UP, full)
    assert (hall.floor.issued("civil"), hall.floor.issued("civil", "chieu")) == (5, 2)


def test_a_later_stop_spends_the_quota_of_its_service_too(hall):
    for _ in range(3):
        hall.issue("land", "civil")
    assert hall.refused(c.IssueTicket(("land", "civil")))[0] is CommonRefusal.QUOTA_USED_UP
    assert hall.refused(c.IssueTicket(("civil",)))[0] is CommonRefusal.QUOTA_USED_UP
    hall.issue("land")


def test_a_quota_of_nothing_gives_no_ticket(hall):
    services = dict(hall.rules.plan.services)
    services["land"] = replace(services["land"], quota=Quota(per_day=0))
    hall.plan(services=services)
    assert hall.refused(c.IssueTicket(("land",)))[0] is CommonRefusal.QUOTA_USED_UP


def test_a_cancelled_ticket_gives_neither_number_nor_quota_back(hall):
    for _ in range(3):
        hall.do(c.CancelTicket(hall.issue("civil"), "left"))
    assert hall.refused(c.IssueTicket(("civil",)))[0] is CommonRefusal.QUOTA_USED_UP


def test_a_service_named_twice_is_one_stop(hall):
    ticket = hall.ticket(hall.issue("land", "civil", "land"))
    assert ticket.stops == (Stop("land"), Stop("civil"))


def test_what_the_centre_does_not_have_is_refused(hall):
    unknown = CommonRefusal.UNKNOWN_SERVICE
    assert hall.refused(c.IssueTicket(())) == (unknown, {"service": ""})
    assert hall.refused(c.IssueTicket(("land", "tax"))) == (unknown, {"service": "tax"})
    refusal = hall.refused(c.IssueTicket(("land",), "friend"))
    assert refusal == (IssueRefusal.UNKNOWN_PRIORITY, {"priority": "friend"})


def test_outside_the_hours_the_refusal_says_when_to_come(hall):
    hall.now = hall.now.replace(hour=6)
    assert hall.refused(c.IssueTicket(("land",))) == (
        CommonRefusal.NOT_OPEN_YET,
        {"opens_at": "07:30"},
    )
    hall.now = hall.now.replace(hour=11, minute=15)
    assert hall.refused(c.IssueTicket(("land",))) == (
        CommonRefusal.OUTSIDE_SESSION,
        {"opens_at": "13:30"},
    )
    assert hall.refused(c.IssueTicket(("land", "result"))) == (
        CommonRefusal.OUTSIDE_SESSION,
        {"opens_at": "13:30"},
    )
    hall.now = hall.now.replace(hour=14)
    hall.issue("land")
    assert hall.refused(c.IssueTicket(("land", "result"))) == (CommonRefusal.CLOSED_FOR_TODAY, {})


def test_a_latecomer_gets_the_old_place_back(hall):
    late, other = hall.issue("land"), hall.issue("land")
    hall.do(c.CallNext("q1"))
    hall.do(c.MarkNoShow("q1", "left"))
    hall.later(minutes=10)
    hall.do(c.Readmit(late))
    assert [ticket.id for ticket in hall.floor.waiting("land")] == [late, other]
    assert hall.ticket(late).calls == 0


def test_the_delay_moves_a_latecomer_back_but_never_behind_newcomers(hall):
    hall.calling(readmit_delay=timedelta(minutes=15))
    late = hall.issue("land")
    hall.later(minutes=10)
    between = hall.issue("land")
    hall.do(c.CallNext("q1"))
    hall.do(c.MarkNoShow("q1", "left"))
    hall.later(minutes=1)
    readmitted = hall.do(c.Readmit(late))
    assert readmitted.arrived_at == hall.now
    after = hall.issue("land")
    assert [ticket.id for ticket in hall.floor.waiting("land")] == [between, late, after]


def test_only_who_missed_a_call_is_readmitted(hall):
    assert hall.refused(c.Readmit("nobody")) == (CommonRefusal.UNKNOWN_TICKET, {"ticket": "nobody"})
    waiting = hall.issue("land")
    assert hall.refused(c.Readmit(waiting)) == (
        CommonRefusal.WRONG_STATE,
        {"number": "A001", "state": "waiting"},
    )


def test_a_kiosk_readmits_only_where_the_centre_allows_it(hall):
    late = hall.issue("land")
    hall.do(c.CallNext("q1"))
    hall.do(c.MarkNoShow("q1", "left"))
    hall.actor = c.Actor("kiosk-1", c.Role.KIOSK)
    assert hall.refused(c.Readmit(late)) == (IssueRefusal.NOT_AT_A_KIOSK, {"number": "A001"})
    hall.calling(kiosk_readmit=True)
    hall.do(c.Readmit(late))
    assert [ticket.id for ticket in hall.floor.waiting("land")] == [late]


def test_cancelling_needs_a_reason_and_frees_the_counter(hall):
    ticket = hall.issue("land")
    hall.do(c.CallNext("q1"))
    assert hall.refused(c.CancelTicket(ticket, "  ")) == (CommonRefusal.REASON_NEEDED, {})
    event = hall.do(c.CancelTicket(ticket, " gone home "))
    assert event == TicketCancelled(ticket, "gone home", "device-1")
    assert hall.floor.desk("q1").ticket is None
    assert hall.ticket(ticket).ended_at == hall.now


def test_a_counter_does_not_cancel_whom_another_has_called_or_parked(hall):
    terminal, hub = c.Actor("terminal-1", c.Role.COUNTER, "q1"), hall.actor
    ticket, waiting = hall.issue("land"), hall.issue("land")
    hall.do(c.CallNext("q2"))
    hall.actor = terminal
    where = {"number": "A001", "counter": "q2"}
    assert hall.refused(c.CancelTicket(ticket, "left")) == (CommonRefusal.CALLED_ELSEWHERE, where)
    hall.do(c.CancelTicket(waiting, "left"))
    hall.actor = hub
    hall.do(c.StartServing("q2"))
    hall.do(c.Park("q2", 5))
    hall.actor = terminal
    assert hall.refused(c.CancelTicket(ticket, "left")) == (CommonRefusal.NOT_PARKED_HERE, where)
    for actor in (c.Actor("greeter", c.Role.GREETER), c.Actor("terminal-2", c.Role.COUNTER, "q2")):
        hall.actor = actor
        assert not isinstance(hall.try_(c.CancelTicket(ticket, " ")), tuple)
    hall.do(c.CancelTicket(ticket, "left"))


def test_what_is_being_served_is_not_cancelled(hall):
    hall.issue("land")
    ticket = hall.serve("q1")
    assert hall.refused(c.CancelTicket(ticket, "left"))[0] is CommonRefusal.WRONG_STATE
    assert hall.refused(c.CancelTicket("nobody", "left"))[0] is CommonRefusal.UNKNOWN_TICKET


def at(hall, counter):
    """The actor of a counter's terminal."""
    hall.actor = c.Actor(f"terminal-{counter}", c.Role.COUNTER, counter)


def receptions(hall, *names):
    counters = {
        name: replace(counter, reception=name in names)
        for name, counter in hall.rules.plan.counters.items()
    }
    hall.plan(counters=counters)


def missed(hall, service="land"):
    ticket = hall.issue(service)
    hall.do(c.CallNext("q1"))
    hall.do(c.MarkNoShow("q1", "left"))
    return ticket


def test_a_counter_without_an_officer_lets_nobody_in_or_out(hall):
    waiting, late = hall.issue("result"), missed(hall)
    at(hall, "q3")
    nobody = (CommonRefusal.NOT_SIGNED_IN, {"counter": "q3"})
    for command in (
        c.IssueTicket(("result",)),
        c.Readmit(late),
        c.CancelTicket(waiting, "left"),
        c.MoveTicket(waiting, "land", "wrong queue"),
    ):
        assert hall.refused(command) == nobody
    hall.actor = c.Actor("terminal-?", c.Role.COUNTER)
    assert hall.refused(c.Readmit(late)) == (CommonRefusal.UNKNOWN_COUNTER, {"counter": ""})


def test_a_counter_acts_on_its_own_services_and_a_reception_lets_in_to_all(hall):
    waiting, late = hall.issue("result"), missed(hall, "permit")
    at(hall, "q2")
    not_taken = {"counter": "q2", "service": "result"}
    for command in (c.IssueTicket(("land", "result")), c.CancelTicket(waiting, "left")):
        assert hall.refused(command) == (CommonRefusal.SERVICE_NOT_TAKEN, not_taken)
    assert hall.refused(c.Readmit(late))[1] == {"counter": "q2", "service": "permit"}
    receptions(hall, "q2")
    issued = hall.do(c.IssueTicket(("result",), "elderly"))
    assert (issued.officer, issued.counter) == ("officer-q2", "q2")
    back = hall.do(c.Readmit(late))
    assert (back.device, back.officer, back.counter) == ("terminal-q2", "officer-q2", "q2")
    assert hall.refused(c.CancelTicket(waiting, "left"))[1] == not_taken


def test_who_cancels_at_a_counter_or_a_console_is_kept(hall):
    first, second = hall.issue("land"), hall.issue("land")
    at(hall, "q1")
    event = hall.do(c.CancelTicket(first, "left"))
    assert (event.officer, event.counter) == ("officer-q1", "q1")
    hall.actor = c.Actor("console-lan", c.Role.SUPERVISOR, proven="lan")
    event = hall.do(c.CancelTicket(second, "left"))
    assert (event.officer, event.counter, event.device) == ("lan", None, "console-lan")


def test_a_machine_gives_no_more_tickets_than_a_minute_holds(hall):
    hall.calling(issue_pace=2)
    kiosk = hall.actor = c.Actor("kiosk-1", c.Role.KIOSK)
    hall.later(seconds=20)
    hall.do(c.IssueTicket(("land",)))
    hall.do(c.IssueTicket(("land",)))
    too_fast = (IssueRefusal.TOO_FAST, {"limit": 2, "seconds": 40})
    assert hall.refused(c.IssueTicket(("land",))) == too_fast
    hall.actor = c.Actor("kiosk-2", c.Role.KIOSK)
    hall.do(c.IssueTicket(("land",)))
    hall.actor = c.Actor("console-lan", c.Role.GREETER)
    for _ in range(4):
        hall.do(c.IssueTicket(("land",)))
    hall.actor = kiosk
    hall.later(seconds=40)
    hall.do(c.IssueTicket(("land",)))
