from service_floor.queue import commands as c
from service_floor.queue.events import CounterOpened, CounterPaused, CounterSignedOut
from service_floor.queue.refusals import RefusalCode as R
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
    assert hall.refused(c.SignIn("q1", "binh")) == (R.COUNTER_TAKEN, taken)
    assert hall.refused(c.SignIn("q3", "officer-q1")) == (R.COUNTER_TAKEN, taken)
    assert hall.refused(c.SignIn("q9", "binh")) == (R.UNKNOWN_COUNTER, {"counter": "q9"})
    assert hall.refused(c.SignIn("q3", "  ")) == (R.NOT_SIGNED_IN, {"counter": "q3"})


def test_what_already_holds_is_accepted_and_changes_nothing(hall):
    assert hall.do(c.SignIn("q1", "officer-q1")) == ()
    assert hall.do(c.OpenCounter("q1")) == ()
    hall.do(c.PauseCounter("q1", "break"))
    assert hall.do(c.PauseCounter("q1", "break")) == ()
    assert hall.do(c.PauseCounter("q1", "meeting")) == CounterPaused("q1", "meeting")
    hall.do(c.CloseCounter("q1"))
    assert hall.do(c.CloseCounter("q1")) == ()


def test_without_an_officer_a_counter_does_nothing(hall):
    not_signed_in = (R.NOT_SIGNED_IN, {"counter": "q3"})
    for command in (c.OpenCounter, c.CloseCounter, c.SignOut):
        assert hall.refused(command("q3")) == not_signed_in
        assert hall.refused(command("q9"))[0] is R.UNKNOWN_COUNTER
    assert hall.refused(c.PauseCounter("q3", "break")) == not_signed_in


def test_a_pause_needs_a_reason_and_an_open_counter(hall):
    assert hall.refused(c.PauseCounter("q1", " ")) == (R.REASON_NEEDED, {})
    hall.do(c.CloseCounter("q1"))
    assert hall.refused(c.PauseCounter("q1", "break")) == (R.COUNTER_CLOSED, {"counter": "q1"})


def test_nobody_leaves_or_closes_with_a_ticket_before_the_counter(hall):
    hall.issue("land")
    hall.do(c.CallNext("q1"))
    busy = (R.COUNTER_BUSY, {"counter": "q1", "number": "A001"})
    assert hall.refused(c.SignOut("q1")) == busy
    assert hall.refused(c.CloseCounter("q1")) == busy


def test_the_turn_of_priority_outlives_a_change_of_officers(hall):
    hall.issue("land")
    hall.do(c.CallNext("q1"))
    hall.do(c.MarkNoShow("q1"))
    hall.do(c.SignOut("q1"))
    assert hall.floor.desk("q1").since_priority == 1
