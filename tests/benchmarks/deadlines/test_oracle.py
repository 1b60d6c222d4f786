"""The oracle of deadlines on cases that were counted by hand."""

from datetime import date, datetime, time

from benchmarks.deadlines.oracle import SlowCalendar

HALVES = ((time(7), time(11, 30)), (time(13, 30), time(17)))
CALENDAR = SlowCalendar(frozenset({date(2026, 11, 20)}), frozenset({date(2026, 11, 22)}), HALVES)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_days_off_and_worked() -> None:
    worked = [day for day in range(16, 30) if CALENDAR.is_worked(date(2026, 11, day))]
    # Friday 20 is off and Sunday 22 worked by the table; Tuesday 24 is a public holiday.
    assert worked == [16, 17, 18, 19, 22, 23, 25, 26, 27]
    assert CALENDAR.is_worked(date(2026, 8, 22))


def test_minutes_one_by_one() -> None:
    assert CALENDAR.minutes_of_day() == 480
    assert CALENDAR.taken_up(at("2026-11-18T12:00")) == at("2026-11-18T13:30")
    assert CALENDAR.after_minutes(at("2026-11-18T11:00"), 60) == at("2026-11-18T14:00")
    assert CALENDAR.after_minutes(at("2026-11-18T16:30"), 30) == at("2026-11-18T17:00")
    assert CALENDAR.after_minutes(at("2026-11-18T16:30"), 0) == at("2026-11-18T16:30")
    assert CALENDAR.minutes_between(at("2026-11-19T16:00"), at("2026-11-22T08:00")) == 120


def test_days_and_months_one_by_one() -> None:
    assert CALENDAR.days_later(at("2026-11-19T09:00"), 2, worked=True) == at("2026-11-23T09:00")
    assert CALENDAR.days_later(at("2026-11-19T09:00"), 2, worked=False) == at("2026-11-21T09:00")
    assert CALENDAR.rolled(at("2026-11-20T09:00")) == at("2026-11-22T09:00")
    assert CALENDAR.months_later(at("2026-12-31T09:00"), 2) == at("2027-02-28T09:00")
    assert CALENDAR.months_later(at("2026-11-05T09:00"), 2) == at("2027-01-05T09:00")
    assert CALENDAR.same_day(at("2026-11-19T15:00"), time(15)) == at("2026-11-22T17:00")
