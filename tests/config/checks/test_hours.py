from datetime import date, time

import pytest


@pytest.mark.parametrize("end", [time(7, 30), time(7, 0), time(0, 0)])
def test_a_session_ends_after_it_starts(only_mistake, end) -> None:
    mistake = only_mistake({"hours.sessions[0].end": end})
    assert (mistake.path, mistake.code) == ("hours.sessions[0].end", "ends_before_start")
    assert mistake.allowed == ("> 07:30",)


def test_sessions_of_one_weekday_do_not_overlap(only_mistake) -> None:
    mistake = only_mistake({"hours.sessions[1].start": time(11, 29)})
    assert (mistake.code, mistake.found) == ("sessions_overlap", "11:29–17:00")


def test_sessions_may_touch_and_may_overlap_on_different_weekdays(mistakes) -> None:
    assert mistakes({"hours.sessions[1].start": time(11, 30)}) == []
    changes = {"hours.sessions[1].start": time(8), "hours.sessions[1].days": ["sat"]}
    assert mistakes(changes) == []


@pytest.mark.parametrize(("minutes", "right"), [(209, True), (210, False), (240, False)])
def test_doors_that_never_open_are_a_mistake(mistakes, minutes, right) -> None:
    found = mistakes({"hours.stop_before_close_minutes": minutes})
    assert (found == []) == right
    assert {code for _, code in found} <= {"never_open"}


def test_a_day_is_either_closed_or_worked_and_named_once(mistakes) -> None:
    day = date(2026, 1, 10)
    twice = {"hours.closed_days": [day, day]}
    assert mistakes(twice) == [("hours.closed_days[1]", "duplicate")]
    both = {
        "hours.closed_days": [day],
        "hours.swapped_days": [{"date": day, "works_as": "fri"}],
    }
    assert mistakes(both) == [("hours.swapped_days[0].date", "duplicate")]


def test_a_day_of_the_deadlines_is_off_or_worked_and_named_once(mistakes) -> None:
    day = date(2027, 1, 2)
    twice = {"deadlines": {"days_off": [day, day]}}
    assert mistakes(twice) == [("deadlines.days_off[1]", "duplicate")]
    both = {"deadlines": {"days_off": [day], "working_days": [day]}}
    assert mistakes(both) == [("deadlines.working_days[0]", "duplicate")]
    # Opening hours are another calendar.
    assert mistakes({"deadlines": {"days_off": [day]}, "hours.closed_days": [day]}) == []
