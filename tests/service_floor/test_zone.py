from datetime import UTC, date, datetime

import pytest

from service_floor.zone import ZONE, business_day, local

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC), FRIDAY),
        (datetime(2026, 11, 20, 17, 0, tzinfo=UTC), SATURDAY),
        (datetime(2026, 11, 20, 0, 0, tzinfo=UTC), FRIDAY),
    ],
)
def test_the_business_day_turns_at_midnight_in_vietnam(moment: datetime, day: date) -> None:
    assert business_day(moment) == day


def test_a_moment_without_a_zone_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="time zone"):
        business_day(datetime(2026, 11, 20))


def test_the_wall_clock_of_the_centre_is_seven_hours_ahead_of_utc() -> None:
    here = local(datetime(2026, 11, 20, 2, 30, tzinfo=UTC))
    assert here == datetime(2026, 11, 20, 9, 30, tzinfo=ZONE)
    assert (here.hour, here.tzinfo) == (9, ZONE)
