from datetime import date, time, timedelta

import pytest

from config.loading import load
from config.planning import deadline_calendar, floor_plan, officers_at
from service_floor.calendar import WorkCalendar
from service_floor.queue.planning.plan import PriorityRule

TODAY = date(2026, 11, 21)


def test_the_plan_holds_what_the_file_says(hall) -> None:
    plan = floor_plan(load(hall), TODAY)
    assert plan.services["certification"].series.label(7) == "A007"
    assert plan.services["certification"].sessions == ("morning",)
    assert plan.services["civil-status"].typical == timedelta(minutes=6)
    assert plan.counters["c1"].profile == (("civil-status",), ("certification",))
    assert [s.name for s in plan.hours.sessions] == ["morning", "afternoon"]
    assert plan.hours.sessions[0].days == frozenset({1, 2, 3, 4, 5})
    assert plan.hours.sessions[1].start == time(13, 30)
    assert plan.calling.priority is PriorityRule.STRICT
    assert plan.calling.recall_hold_off == timedelta(seconds=10)


def test_the_plan_of_the_centre_has_its_classes_and_limits(centre) -> None:
    plan = floor_plan(centre, TODAY)
    assert plan.priorities["appointment"].rank == 2
    assert plan.services["driving-licence"].quota.per_day == 300
    assert plan.calling.priority is PriorityRule.INTERLEAVED
    assert plan.hours.stop_before_close == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2026, 2, 17), True),  # the first day of the lunar year
        (date(2026, 4, 27), True),  # instead of a Sunday
        (date(2026, 1, 2), True),  # exchanged for Saturday, 10 January
        (date(2026, 8, 31), True),  # exchanged for Saturday, 22 August
        (date(2026, 9, 2), True),
        (date(2025, 9, 2), True),
        (date(2028, 9, 2), True),
        (date(2024, 9, 2), False),  # outside the years of the plan
        (date(2026, 11, 20), False),
    ],
)
def test_public_holidays_are_closed_around_the_year(centre, day, closed) -> None:
    assert (day in floor_plan(centre, TODAY).hours.closed_days) == closed


def test_a_saturday_exchanged_for_a_weekday_is_open(centre) -> None:
    worked = floor_plan(centre, TODAY).hours.extra_days
    assert worked[date(2026, 8, 22)] == worked[date(2026, 1, 10)] == 5


def test_on_weekdays_the_hall_closes_on_the_days_that_deadlines_leave_out(centre) -> None:
    closed = floor_plan(centre, TODAY).hours.closed_days
    calendar = WorkCalendar()
    days = (date(2025, 1, 1) + timedelta(days=n) for n in range(4 * 365))
    weekdays = [day for day in days if day.isoweekday() <= 5]
    assert [d for d in weekdays if (d in closed) == calendar.is_working_day(d)] == []


def test_a_hall_that_opens_on_saturdays_closes_when_a_holiday_falls_on_one(centre) -> None:
    assert date(2027, 2, 6) in floor_plan(centre, TODAY).hours.closed_days


def test_a_hall_that_knows_no_public_holidays_has_none(hall) -> None:
    hours = floor_plan(load(hall, {"hours.public_holidays": False}), TODAY).hours
    assert (hours.closed_days, dict(hours.extra_days)) == (frozenset(), {})


def test_what_the_file_says_outweighs_the_calendar(hall) -> None:
    swapped = [
        {"date": date(2026, 1, 10), "works_as": "fri"},
        {"date": date(2026, 9, 2), "works_as": "wed"},
    ]
    changes = {"hours.closed_days": [date(2026, 8, 22)], "hours.swapped_days": swapped}
    hours = floor_plan(load(hall, changes), TODAY).hours
    assert hours.extra_days[date(2026, 1, 10)] == 5
    assert hours.extra_days[date(2026, 9, 2)] == 3
    assert date(2026, 9, 2) not in hours.closed_days
    assert date(2026, 8, 22) in hours.closed_days
    assert date(2026, 8, 22) not in hours.extra_days


def test_deadlines_have_days_off_and_worked_of_their_own(hall) -> None:
    off, worked = date(2026, 11, 25), date(2026, 11, 28)
    table = {"days_off": [off], "working_days": [worked]}
    changes = {"deadlines": table, "hours.closed_days": [date(2026, 11, 26)]}
    installation = load(hall, changes)
    calendar = deadline_calendar(installation)
    # Tuesday 24 is a public holiday, Wednesday 25 off by the table; the doors of the 26th do not matter.
    days = [calendar.working_day_after(date(2026, 11, 23), count).day for count in (1, 2, 3)]
    assert days == [26, 27, 28]
    # What was announced before holds on, unless the table says otherwise.
    assert not calendar.is_working_day(date(2026, 1, 2))
    corrected = load(hall, {"deadlines": {"working_days": [date(2026, 1, 2)]}})
    assert deadline_calendar(corrected).is_working_day(date(2026, 1, 2))


def test_officers_sit_where_the_file_says_and_others_only_by_name(hall) -> None:
    officers = [
        {"id": "an", "name": "An", "counters": ["c1"]},
        {"id": "binh", "name": "Binh", "counters": ["c2"], "substitutes_for": ["an"]},
        {"id": "chi", "name": "Chi", "shifts": ["morning"]},
        {"id": "dung", "name": "Dung", "role": "technician"},
    ]
    counters = [
        {"id": f"c{n}", "number": n, "name": f"{n}", "profile": [["civil-status", "certification"]]}
        for n in (1, 2)
    ]
    changes = {"officers": officers, "counters": counters, "hub": {"officer_sign_in": "pin"}}
    installation = load(hall, changes)
    plan = floor_plan(installation, TODAY)
    assert plan.pin_sign_in
    assert plan.officers["chi"].counters is None
    assert plan.officers["chi"].shifts == ("morning",)
    assert plan.officers["dung"].counters == frozenset()
    assert [each.id for each in officers_at(installation, "c1")] == ["an", "binh", "chi"]
    assert [each.id for each in officers_at(installation, "c2")] == ["binh", "chi"]
