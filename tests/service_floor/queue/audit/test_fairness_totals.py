from dataclasses import replace
from datetime import date

import pytest

from service_floor.queue import commands as c
from service_floor.queue.audit.fairness import Cause, Judge
from service_floor.queue.audit.fairness_totals import (
    ClaimStanding,
    ReprintTotals,
    percentile,
    standing,
    totals,
)
from service_floor.queue.events import TicketCalled


def day(hall):
    judge = Judge(hall.rules.plan)
    judge.take_all(hall.events)
    return totals(judge)


def finish(hall, counter):
    hall.do(c.StartServing(counter))
    hall.do(c.Finish(counter))


def test_calls_out_of_order_are_counted_by_counter_officer_and_reason(hall) -> None:
    _, *chosen = (hall.issue("land") for _ in range(4))
    for counter, ticket, reason in zip(
        ("q1", "q1", "q2"), chosen, ("baby", "wheelchair", "baby"), strict=True
    ):
        hall.do(c.CallTicket(counter, ticket, reason))
        finish(hall, counter)
    hall.do(c.SignOut("q2"))
    hall.do(c.SignIn("q2", "substitute"))
    hall.do(c.OpenCounter("q2"))
    hall.do(c.CallNext("q2"))
    report = day(hall)
    assert (report.day, report.calls) == (date(2026, 11, 20), 4)
    assert (report.causes[Cause.OUT_OF_ORDER], report.causes[Cause.IN_ORDER]) == (3, 1)
    assert sum(report.causes.values()) == report.calls
    assert report.unexplained == 0
    assert [(desk.counter, desk.officer, desk.calls, desk.reasons) for desk in report.desks] == [
        ("q1", "officer-q1", 2, {"baby": 1, "wheelchair": 1}),
        ("q2", "officer-q2", 1, {"baby": 1}),
        ("q2", "substitute", 1, {}),
    ]


def test_a_call_without_rule_and_reason_is_counted(hall) -> None:
    _, friend = hall.issue("land"), hall.issue("land")
    hall.fold(TicketCalled(friend, "q1", "officer-q1", "forged"))
    assert day(hall).unexplained == 1


def test_a_claim_on_which_no_officer_said_a_word_is_shown_as_such(hall) -> None:
    hall.issue("land")
    for word in (True, False, None):
        hall.issue("land", priority="merit")
        hall.do(c.CallNext("q1"))
        if word is not None:
            hall.do(c.ConfirmPriority("q1", word))
        finish(hall, "q1")
    waits = hall.issue("land", priority="merit")
    report = day(hall)
    (merit,) = report.claims
    assert (merit.priority, merit.claimed, merit.called) == ("merit", 4, 3)
    assert merit.standings == dict.fromkeys(ClaimStanding, 1)
    assert [desk.unconfirmed for desk in report.desks] == [1]
    assert standing(hall.ticket(waits)) is ClaimStanding.UNCONFIRMED


def test_a_claim_that_moved_nobody_is_no_unconfirmed_favour(hall) -> None:
    hall.issue("land", priority="merit")
    hall.do(c.CallNext("q1"))
    assert [desk.unconfirmed for desk in day(hall).desks] == [0]


def test_waits_are_told_by_service(hall) -> None:
    for _ in range(4):
        hall.issue("land")
    number = hall.ticket(hall.issue("civil")).number
    for wait in (10, 20, 30, 40):
        hall.later(seconds=wait)
        hall.do(c.CallNext("q1"))
        finish(hall, "q1")
    hall.later(hours=1)
    hall.do(c.CallNext("q2"))
    report = day(hall)
    civil, land = report.waits
    assert (civil.service, civil.calls, civil.longest) == ("civil", 1, 3_701)
    assert (land.service, land.calls) == ("land", 4)
    assert (land.median, land.p90, land.p95, land.longest) == (34, 102, 102, 102)
    assert report.longest_wait.number == number


def test_a_day_without_calls_has_nothing_to_tell(hall) -> None:
    report = day(hall)
    assert (report.calls, report.desks, report.waits, report.longest_wait) == (0, (), (), None)
    assert set(report.causes) == set(Cause)


@pytest.mark.parametrize(
    ("ordered", "share", "value"),
    [
        ([], 0.5, 0),
        ([7], 0.5, 7),
        ([1, 2], 0.5, 1),
        ([1, 2, 3], 0.5, 2),
        (list(range(1, 101)), 0.95, 95),
        (list(range(1, 101)), 1.0, 100),
    ],
)
def test_a_percentile_is_a_value_that_occurred(ordered, share, value) -> None:
    assert percentile(ordered, share) == value


def test_reprints_are_counted_by_who_asked_and_those_made_at_the_printer_apart(hall) -> None:
    hall.plan(printers=("kiosk-1",))
    first, second = hall.issue("land"), hall.issue("land")
    hall.actor = c.Actor("desk-1", c.Role.COUNTER, "q1")
    hall.do(c.CallNext("q1"))
    for count, outcome in enumerate(("failed", "printed"), 1):
        hall.do(c.ReprintSlip(first, c.ReprintReason.LOST))
        hall.actor = c.Actor("kiosk-1", c.Role.KIOSK)
        hall.do(c.ReportSlip(first, outcome, "", count))
        hall.actor = c.Actor("desk-1", c.Role.COUNTER, "q1")
    hall.actor = c.Actor("console-hoa", c.Role.GREETER, proven="hoa")
    hall.do(c.ReprintSlip(second, c.ReprintReason.LOST))
    hall.actor = c.Actor("kiosk-1", c.Role.KIOSK)
    hall.do(c.ReportSlip(second, "printed", "", 2))
    assert day(hall).reprints == (
        ReprintTotals("", 1, 1, 1, 0, 0),
        ReprintTotals("hoa", 1, 1, 0, 0, 0),
        ReprintTotals("officer-q1", 2, 1, 1, 1, 0),
    )


def test_a_ticket_without_a_claim_has_no_standing(hall) -> None:
    assert standing(hall.ticket(hall.issue("land"))) is None


def test_a_call_whose_wait_nobody_knows_is_in_no_wait(hall) -> None:
    hall.issue("land")
    hall.do(c.CallNext("q1"))
    judge = Judge(hall.rules.plan)
    judge.take_all(hall.events)
    judge.calls[-1] = replace(judge.calls[-1], waited=None)
    assert (len(judge.calls), totals(judge).waits) == (1, ())
