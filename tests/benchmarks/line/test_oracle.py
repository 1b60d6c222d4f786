"""Stories that everybody would call unfair are found by the oracle, and an ordinary morning is not."""

from datetime import timedelta

import pytest

from benchmarks.line.hall import Hall, plan
from benchmarks.line.judging import findings_of, report_of, unseen
from service_floor.queue import commands as c
from service_floor.queue.planning.plan import PriorityRule


@pytest.fixture
def hall():
    return Hall(plan(PriorityRule.STRICT))


def come(hall, *services, claim=None):
    (issued,) = hall.kiosk(c.IssueTicket(services or ("land",), claim))
    hall.later(1)
    return issued.ticket


def serve(hall, counter, call=None):
    (called,) = hall.at(counter, call or c.CallNext(counter))
    hall.at(counter, c.StartServing(counter))
    hall.later(60)
    hall.at(counter, c.Finish(counter))
    return called.ticket


def found(hall):
    assert unseen(hall) == []
    return [(finding.how, finding.victim, finding.excuse) for finding in findings_of(hall)]


def test_an_ordinary_morning_has_no_finding(hall) -> None:
    for services in (("land",), ("civil",), ("land", "civil"), ("tax",)):
        come(hall, *services)
    come(hall, claim="elderly")
    for counter in ("q1", "q2", "q3", "q1", "q2", "q1"):
        serve(hall, counter)
    assert found(hall) == []
    assert report_of(hall).is_explained


def test_five_people_skipped_in_a_moment_are_found_and_shown(hall) -> None:
    skipped = [come(hall) for _ in range(5)]
    friend = come(hall)
    for _ in skipped:
        hall.at("q1", c.CallNext("q1"))
        assert hall.at("q1", c.MarkNoShow("q1")) == ()
        hall.at("q1", c.MarkNoShow("q1", "left"))
    assert serve(hall, "q1") == friend
    assert found(hall) == [("no_show", ticket, "reason") for ticket in skipped]
    assert sum(each.reasons for each in report_of(hall).ways) == 5


def test_who_is_finished_at_once_was_not_served(hall) -> None:
    skipped, friend = come(hall), come(hall)
    hall.at("q1", c.CallNext("q1"))
    hall.at("q1", c.StartServing("q1"))
    hall.at("q1", c.Finish("q1"))
    assert serve(hall, "q1") == friend
    assert found(hall) == [("short_visit", skipped, "none")]
    assert not report_of(hall).is_explained


@pytest.mark.parametrize(
    ("deed", "how"),
    [
        (c.Park("q1", 5), "parked"),
        (c.Transfer("q1", "tax"), "transferred"),
        (c.Transfer("q1", "land", "q2"), "transferred"),
    ],
)
def test_who_is_put_aside_for_a_friend_is_found(hall, deed, how) -> None:
    skipped, friend = come(hall), come(hall)
    hall.at("q1", c.CallNext("q1"))
    hall.at("q1", c.StartServing("q1"))
    hall.later(10)
    hall.at("q1", deed)
    assert serve(hall, "q1") == friend
    assert found(hall) == [(how, skipped, "rule")]


def test_two_who_work_together_are_found(hall) -> None:
    skipped, friend = come(hall), come(hall)
    hall.at("q2", c.CancelTicket(skipped, "left"))
    assert serve(hall, "q1") == friend
    other, second = come(hall), come(hall)
    hall.at("q2", c.MoveTicket(other, "tax", "wrong queue"))
    assert serve(hall, "q1") == second
    assert found(hall) == [
        ("cancelled", skipped, "reason"),
        *[("cancelled", skipped, "reason"), ("moved", other, "reason")],
    ]


def test_a_claim_that_an_officer_gave_or_took_away_is_found(hall) -> None:
    waits = come(hall)
    (friend,) = hall.at("q1", c.IssueTicket(("land",), "elderly"))
    assert serve(hall, "q1") == friend.ticket
    assert found(hall) == [("priority_given", friend.ticket, "rule")]
    assert serve(hall, "q1") == waits
    old, young = come(hall, claim="merit"), come(hall, claim="elderly")
    hall.at("q1", c.CallNext("q1"))
    hall.at("q1", c.ConfirmPriority("q1", False))
    hall.at("q1", c.StartServing("q1"))
    hall.later(10)
    hall.at("q1", c.Park("q1", 1))
    hall.later(90)
    assert serve(hall, "q1") == young
    hows = [how for how, victim, _ in found(hall) if victim == old]
    assert hows == ["priority_rejected"]


def test_a_call_out_of_order_is_found(hall) -> None:
    come(hall)
    friend = come(hall)
    serve(hall, "q1", c.CallTicket("q1", friend, "frail"))
    assert found(hall) == [("waiting", friend, "rule")]


def test_interleaved_turns_are_the_rules_own() -> None:
    hall = Hall(plan(PriorityRule.INTERLEAVED))
    for claim in (None, "elderly", None, None, "merit"):
        come(hall, claim=claim)
    for _ in range(5):
        serve(hall, "q1")
    assert found(hall) == []


def test_a_latecomer_stands_where_the_centre_puts_them(hall) -> None:
    late = come(hall)
    hall.later(600)
    between = come(hall)
    hall.at("q1", c.CallNext("q1"))
    for _ in range(2):
        hall.later(30)
        hall.at("q1", c.Recall("q1"))
    hall.at("q1", c.MarkNoShow("q1"))
    assert serve(hall, "q1") == between
    hall.kiosk(c.Readmit(late))
    assert serve(hall, "q1") == late
    assert found(hall) == [("no_show", late, "rule")]
    assert report_of(hall).is_explained
    assert hall.now - hall.floor.tickets[late].arrived_at > timedelta(minutes=5)
