from dataclasses import replace

import pytest

from service_floor.queue import commands as c
from service_floor.queue.concerns.desks import DeskRefusal
from service_floor.queue.events import (
    CounterOpened,
    CounterPaused,
    CounterSignedIn,
    CounterSignedOut,
)
from service_floor.queue.planning.plan import Officer
from service_floor.queue.refusals import CommonRefusal
from service_floor.queue.tickets import CounterState, Desk


def test_an_officer_comes_opens_pauses_closes_and_leaves(empty_hall):
    hall = empty_hall
    hall.do(c.SignIn("q1", " an "))
    assert hall.floor.desk("q1") == Desk("q1", officer="an")
    assert hall.do(c.OpenCounter("q1")) == CounterOpened("q1")
    hall.do(c.PauseCounter("q1", "break"))
    desk = hall.floor.desk("q1")
    assert (desk.state, desk.pause_reason) == (CounterState.PAUSED, "break")
    hall.do(c.OpenCounter("q1"))
    assert hall.floor.desk("q1").pause_reason == ""
    hall.do(c.CloseCounter("q1"))
    assert hall.floor.desk("q1").officer == "an"
    assert hall.do(c.SignOut("q1")) == CounterSignedOut("q1", "an")
    assert hall.floor.desk("q1") == Desk("q1")


def test_one_officer_sits_at_one_counter_and_one_counter_has_one_officer(hall):
    taken = {"counter": "q1", "officer": "officer-q1"}
    assert hall.refused(c.SignIn("q3", "officer-q1")) == (DeskRefusal.COUNTER_TAKEN, taken)
    assert hall.refused(c.SignIn("q9", "binh")) == (
        CommonRefusal.UNKNOWN_COUNTER,
        {"counter": "q9"},
    )
    assert hall.refused(c.SignIn("q3", "  ")) == (CommonRefusal.NOT_SIGNED_IN, {"counter": "q3"})


def test_what_already_holds_is_accepted_and_changes_nothing(hall):
    assert hall.do(c.SignIn("q1", "officer-q1")) == ()
    assert hall.do(c.OpenCounter("q1")) == ()
    hall.do(c.PauseCounter("q1", "break"))
    assert hall.do(c.PauseCounter("q1", "break")) == ()
    assert hall.do(c.PauseCounter("q1", "meeting")) == CounterPaused("q1", "meeting")
    hall.do(c.CloseCounter("q1"))
    assert hall.do(c.CloseCounter("q1")) == ()


def test_without_an_officer_a_counter_does_nothing(hall):
    not_signed_in = (CommonRefusal.NOT_SIGNED_IN, {"counter": "q3"})
    for command in (c.OpenCounter, c.CloseCounter, c.SignOut):
        assert hall.refused(command("q3")) == not_signed_in
        assert hall.refused(command("q9"))[0] is CommonRefusal.UNKNOWN_COUNTER
    assert hall.refused(c.PauseCounter("q3", "break")) == not_signed_in


def test_a_pause_needs_a_reason_and_an_open_counter(hall):
    assert hall.refused(c.PauseCounter("q1", " ")) == (CommonRefusal.REASON_NEEDED, {})
    hall.do(c.CloseCounter("q1"))
    assert hall.refused(c.PauseCounter("q1", "break")) == (
        CommonRefusal.COUNTER_CLOSED,
        {"counter": "q1"},
    )


def test_nobody_leaves_or_closes_with_a_ticket_before_the_counter(hall):
    hall.issue("land")
    hall.do(c.CallNext("q1"))
    busy = (CommonRefusal.COUNTER_BUSY, {"counter": "q1", "number": "A001"})
    assert hall.refused(c.SignOut("q1")) == busy
    assert hall.refused(c.CloseCounter("q1")) == busy


def test_the_turn_of_priority_outlives_a_change_of_officers(hall):
    hall.issue("land")
    hall.do(c.CallNext("q1"))
    hall.do(c.MarkNoShow("q1", "left"))
    hall.do(c.SignOut("q1"))
    assert hall.floor.desk("q1").since_priority == 1


def test_a_shift_changes_where_nobody_is_before_the_counter(hall):
    decision = hall.try_(c.SignIn("q1", "binh"))
    assert decision == (CounterSignedOut("q1", "officer-q1"), CounterSignedIn("q1", "binh"))
    assert hall.floor.desk("q1").officer == "binh"
    assert hall.floor.desk("q1").state is CounterState.CLOSED
    hall.do(c.OpenCounter("q1"))
    hall.issue("land")
    hall.do(c.CallNext("q1"))
    taken = {"counter": "q1", "officer": "binh"}
    assert hall.refused(c.SignIn("q1", "chi")) == (DeskRefusal.COUNTER_TAKEN, taken)


def test_who_sits_elsewhere_takes_no_other_place(hall):
    taken = {"counter": "q2", "officer": "officer-q2"}
    assert hall.refused(c.SignIn("q1", "officer-q2")) == (DeskRefusal.COUNTER_TAKEN, taken)
    assert hall.floor.desk("q1").officer == "officer-q1"


@pytest.fixture
def staff(empty_hall):
    """A hall whose plan names its officers."""
    officers = (
        Officer("an", frozenset({"q1"})),
        Officer("binh", frozenset({"q2"}), substitutes_for=("gone", "an")),
        Officer("chi", None, shifts=("chieu",)),
        Officer("dung", frozenset()),
    )
    empty_hall.rules.plan = replace(
        empty_hall.rules.plan, officers={each.id: each for each in officers}
    )
    return empty_hall


def test_an_officer_sits_at_counters_that_the_plan_names(staff):
    assert staff.do(c.SignIn("q1", "an")) == CounterSignedIn("q1", "an")
    refused = {"counter": "q3", "officer": "an"}
    assert staff.refused(c.SignIn("q3", "an")) == (DeskRefusal.NOT_YOUR_COUNTER, refused)
    assert staff.refused(c.SignIn("q3", "dung"))[0] is DeskRefusal.NOT_YOUR_COUNTER
    assert staff.refused(c.SignIn("q3", "eve")) == (DeskRefusal.UNKNOWN_OFFICER, {"officer": "eve"})


def test_a_substitute_is_told_for_whom(staff):
    assert staff.do(c.SignIn("q1", "binh")) == CounterSignedIn("q1", "binh", stands_in_for="an")
    staff.do(c.SignOut("q1"))
    assert staff.do(c.SignIn("q2", "binh")) == CounterSignedIn("q2", "binh")


def test_an_officer_signs_in_for_the_sessions_of_the_shift(staff):
    early = {"officer": "chi", "session": "sang"}
    assert staff.refused(c.SignIn("q1", "chi")) == (DeskRefusal.NOT_YOUR_SHIFT, early)
    staff.now = staff.now.replace(hour=11, minute=30)
    assert staff.do(c.SignIn("q1", "chi")) == CounterSignedIn("q1", "chi")
    staff.do(c.SignOut("q1"))
    staff.now = staff.now.replace(hour=18)
    assert staff.do(c.SignIn("q1", "chi")) == CounterSignedIn("q1", "chi")


def test_where_pins_are_asked_only_who_is_proven_sits_down(staff):
    staff.rules.plan = replace(staff.rules.plan, pin_sign_in=True)
    assert staff.refused(c.SignIn("q1", "an")) == (DeskRefusal.PIN_NEEDED, {"officer": "an"})
    staff.actor = replace(staff.actor, proven="binh")
    assert staff.refused(c.SignIn("q1", "an")) == (DeskRefusal.PIN_NEEDED, {"officer": "an"})
    staff.actor = replace(staff.actor, proven="an")
    assert staff.do(c.SignIn("q1", "an")) == CounterSignedIn("q1", "an", by_pin=True)
