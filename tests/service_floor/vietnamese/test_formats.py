"""Amounts, dates and times on paper."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from service_floor.vietnamese.formats import (
    clock,
    decimal,
    grouped,
    long_date,
    long_moment,
    money,
    short_date,
    short_moment,
)

# 00:30 UTC is half past seven in the morning at the centre.
MORNING = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)


def test_thousands_have_dots_and_money_its_unit() -> None:
    assert grouped(999) == "999"
    assert grouped(-1_500_000) == "-1.500.000"
    assert money(1_500_000) == "1.500.000 đồng"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1.5, "1,5"),
        (8.0, "8"),
        (0.25, "0,25"),
        (Decimal("1234.50"), "1.234,5"),
        (-2.5, "-2,5"),
        (Decimal("1E+3"), "1.000"),
    ],
)
def test_fractions_have_a_comma(number: Decimal | float, text: str) -> None:
    assert decimal(number) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 20), "ngày 20 tháng 11 năm 2026"),
        (date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_official_papers_pad_low_days_and_the_first_two_months(day: date, text: str) -> None:
    assert long_date(day) == text


def test_moments_are_written_on_the_clock_of_the_centre() -> None:
    assert long_moment(MORNING) == "07 giờ 30 phút, ngày 20 tháng 11 năm 2026"
    assert clock(MORNING) == "07:30"
    assert short_moment(MORNING) == "07:30 ngày 20/11/2026"


def test_the_date_of_a_moment_is_the_date_at_the_centre() -> None:
    late = datetime(2026, 3, 4, 18, 5, tzinfo=UTC)
    assert short_date(late) == short_date(date(2026, 3, 5)) == "05/03/2026"
    assert long_moment(late) == "01 giờ 05 phút, ngày 05 tháng 3 năm 2026"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock(datetime(2026, 11, 20, 7, 30))
