"""Formats of amounts, dates and times in Vietnamese papers.

Moments are given on any clock and written on the centre's.
"""

from datetime import date, datetime
from decimal import Decimal

from service_floor.zone import local


def grouped(number: int) -> str:
    """A whole number with dots between thousands: 1.500.000."""
    return f"{number:,}".replace(",", ".")


def decimal(number: Decimal | float) -> str:
    """A number with a decimal comma and no idle zeros: 1,5."""
    whole, _, fraction = f"{Decimal(str(number)):f}".partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    fraction = fraction.rstrip("0")
    return sign + grouped(int(whole)) + (f",{fraction}" if fraction else "")


def money(dong: int) -> str:
    """An amount of money: 1.500.000 đồng."""
    return f"{grouped(dong)} đồng"


def clock(moment: datetime) -> str:
    """08:15 on the centre's clock."""
    return f"{local(moment):%H:%M}"


def short_date(moment: date) -> str:
    """20/11/2026; of a moment, the date at the centre."""
    day = _day(moment)
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def short_moment(moment: datetime) -> str:
    """08:15 ngày 20/11/2026."""
    return f"{clock(moment)} ngày {short_date(moment)}"


def short_when(when: datetime | date) -> str:
    """A moment as `short_moment` writes it; of a day without a time, the date."""
    return short_moment(when) if isinstance(when, datetime) else short_date(when)


def long_date(moment: date) -> str:
    """A date in an official paper: only days below 10 and the months 1 and 2 get a zero (Nghị định 30/2020/NĐ-CP)."""
    day = _day(moment)
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def long_moment(moment: datetime) -> str:
    """07 giờ 30 phút, ngày 20 tháng 11 năm 2026."""
    here = local(moment)
    return f"{here.hour:02} giờ {here.minute:02} phút, {long_date(here)}"


def _day(moment: date) -> date:
    return local(moment).date() if isinstance(moment, datetime) else moment
