"""Working days and deadlines."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.deadlines.vectors import VECTORS
from service_floor.calendar import ANNOUNCED, DayTable, LimitUnit, Shift, WorkCalendar
from service_floor.zone import ZONE

CALENDAR = WorkCalendar()

WORKING, DAYS, HOURS = LimitUnit.WORKING_DAYS, LimitUnit.DAYS, LimitUnit.HOURS


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(("received", "amount", "unit", "due"), VECTORS)
def test_a_deadline_falls_on_the_day_the_law_counts(
    received: str, amount: int, unit: LimitUnit, due: str
) -> None:
    assert CALENDAR.deadline(at(f"{received}T09:10"), amount, unit) == at(f"{due}T09:10")


def test_a_day_is_worked_or_off_as_the_table_says_first() -> None:
    saturday, friday = date(2026, 10, 10), date(2026, 10, 9)
    table = ANNOUNCED | DayTable(frozenset({friday}), frozenset({saturday}))
    swapped = WorkCalendar(table)
    assert (swapped.is_working_day(friday), swapped.is_working_day(saturday)) == (False, True)
    assert (CALENDAR.is_working_day(friday), CALENDAR.is_working_day(saturday)) == (True, False)
    assert not swapped.is_working_day(date(2026, 1, 2))


def test_a_later_table_corrects_an_earlier_one() -> None:
    taken_back = ANNOUNCED | DayTable(frozenset({date(2026, 1, 10)}), frozenset({date(2026, 1, 2)}))
    assert taken_back.days_off == {date(2026, 1, 10)}
    assert taken_back.working_days == {date(2026, 1, 2)}


def test_a_day_cannot_be_off_and_worked() -> None:
    with pytest.raises(ValueError, match="2026-01-02"):
        DayTable(frozenset({date(2026, 1, 2)}), frozenset({date(2026, 1, 2)}))


@pytest.mark.parametrize(
    ("received", "taken_up"),
    [
        ("2026-11-20T06:30", "2026-11-20T07:00"),
        ("2026-11-20T09:10", "2026-11-20T09:10"),
        ("2026-11-20T11:30", "2026-11-20T13:30"),
        ("2026-11-20T12:15", "2026-11-20T13:30"),
        ("2026-11-20T17:00", "2026-11-23T07:00"),
        ("2026-11-21T10:00", "2026-11-23T07:00"),
        ("2026-08-22T10:00", "2026-08-22T10:00"),
    ],
)
def test_what_comes_outside_the_hours_is_taken_up_at_the_next_shift(
    received: str, taken_up: str
) -> None:
    assert CALENDAR.taken_up(at(received)) == at(taken_up)


@pytest.mark.parametrize(
    ("received", "amount", "unit", "due"),
    [
        ("2026-11-20T17:30", 1, WORKING, "2026-11-25T07:00"),
        ("2026-11-18T09:00", 0, WORKING, "2026-11-18T09:00"),
        ("2026-11-18T09:00", 0.5, WORKING, "2026-11-18T15:00"),
        ("2026-11-18T15:00", 1.5, WORKING, "2026-11-20T09:00"),
        ("2026-11-18T09:00", 4, HOURS, "2026-11-18T15:00"),
        ("2026-11-20T16:00", 8, HOURS, "2026-11-23T16:00"),
        ("2026-11-20T16:00", 2.5, HOURS, "2026-11-23T08:30"),
        ("2026-11-18T09:00", 30, DAYS, "2026-12-18T09:00"),
        ("2026-08-31T09:00", 6, LimitUnit.MONTHS, "2027-03-03T07:00"),
        ("2026-07-31T09:00", 2, LimitUnit.MONTHS, "2026-09-30T09:00"),
        ("2026-11-30T09:00", 3, LimitUnit.MONTHS, "2027-03-01T09:00"),
    ],
)
def test_limits_in_parts_of_days_hours_and_months(
    received: str, amount: float, unit: LimitUnit, due: str
) -> None:
    assert CALENDAR.deadline(at(received), amount, unit) == at(due)


def test_a_limit_without_unit_gives_no_deadline() -> None:
    assert CALENDAR.deadline(at("2026-11-20T09:00"), 5, LimitUnit.UNKNOWN) is None


@pytest.mark.parametrize(
    ("amount", "unit"),
    [(-1, WORKING), (0.5, LimitUnit.MONTHS), (float("nan"), DAYS), (1e9, WORKING), (1e9, HOURS)],
)
def test_a_limit_that_means_nothing_is_refused(amount: float, unit: LimitUnit) -> None:
    with pytest.raises(ValueError, match="a limit of"):
        CALENDAR.deadline(at("2026-11-20T09:00"), amount, unit)


def test_calendar_days_end_before_they_are_moved_to_a_working_day() -> None:
    received = at("2026-08-17T09:00")
    assert CALENDAR.end_of_limit(received, 15, DAYS) == at("2026-09-01T09:00")
    assert CALENDAR.deadline(received, 15, DAYS) == at("2026-09-03T09:00")


def test_moments_of_other_zones_count_on_the_clock_of_the_centre() -> None:
    evening_in_london = datetime(2026, 11, 19, 23, 0, tzinfo=UTC)
    assert CALENDAR.taken_up(evening_in_london) == at("2026-11-20T07:00")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-20T08:00", "2026-11-20T17:00"),
        ("2026-11-20T14:59", "2026-11-20T17:00"),
        ("2026-11-20T15:00", "2026-11-23T17:00"),
        ("2026-11-20T19:00", "2026-11-23T17:00"),
    ],
)
def test_same_day_results_after_the_cut_off_come_the_next_working_day(
    received: str, due: str
) -> None:
    assert CALENDAR.same_day_deadline(at(received)) == at(due)


def test_the_clock_stands_still_while_the_citizen_supplements() -> None:
    due, stopped = at("2026-11-20T09:00"), at("2026-11-18T09:00")
    assert CALENDAR.working_time(stopped, due) == timedelta(hours=16)
    # Resumed on a Saturday: the two days left run from Monday morning, over the holiday of 24 November.
    monday = CALENDAR.taken_up(at("2026-11-21T10:00"))
    assert CALENDAR.later(monday, timedelta(hours=16)) == at("2026-11-25T17:00")


def test_no_working_time_passes_backwards_or_at_night() -> None:
    assert CALENDAR.working_time(at("2026-11-20T09:00"), at("2026-11-19T09:00")) == timedelta()
    assert CALENDAR.working_time(at("2026-11-19T18:00"), at("2026-11-20T06:00")) == timedelta()


def test_shifts_follow_each_other() -> None:
    with pytest.raises(ValueError, match="07:00"):
        Shift(time(7), time(7))
    for shifts in ((), (Shift(time(7), time(12)), Shift(time(11), time(17)))):
        with pytest.raises(ValueError, match="follow"):
            WorkCalendar(shifts=shifts)


moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 6, 1), timezones=st.just(ZONE))


@given(moments, st.integers(0, 40), st.sampled_from([WORKING, DAYS, HOURS]))
def test_every_deadline_is_in_working_time_and_never_before_reception(
    received: datetime, amount: int, unit: LimitUnit
) -> None:
    due = CALENDAR.deadline(received, amount, unit)
    assert due is not None
    assert due >= received
    assert CALENDAR.is_working_day(due.date())
    more = CALENDAR.deadline(received, amount + 1, unit)
    assert more is not None
    assert more >= due


@given(moments, st.integers(0, 200))
def test_working_time_added_is_the_working_time_between(start: datetime, hours: int) -> None:
    work = timedelta(hours=hours)
    assert CALENDAR.working_time(start, CALENDAR.later(start, work)) == work
