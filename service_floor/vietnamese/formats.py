"""Dates, times and amounts as officially written (Decree 30/2020/NĐ-CP: days below 10 and months 1 and 2 take a zero)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HO_CHI_MINH = ZoneInfo("Asia/Ho_Chi_Minh")


def clock(moment: datetime) -> str:
    """Time of day in Vietnam: 08:05."""
    return f"{moment.astimezone(HO_CHI_MINH):%H:%M}"


def short_date(moment: date) -> str:
    """20/11/2026; a datetime is taken in Vietnam's time."""
    local = moment.astimezone(HO_CHI_MINH) if isinstance(moment, datetime) else moment
    return f"{local:%d/%m/%Y}"


def long_date(moment: date) -> str:
    """ngày 20 tháng 11 năm 2026."""
    local = moment.astimezone(HO_CHI_MINH) if isinstance(moment, datetime) else moment
    month = f"{local.month:02d}" if local.month <= 2 else f"{local.month}"
    return f"ngày {local.day:02d} tháng {month} năm {local.year}"


def long_moment(moment: datetime) -> str:
    """07 giờ 30 phút, ngày 20 tháng 11 năm 2026."""
    local = moment.astimezone(HO_CHI_MINH)
    return f"{local.hour:02d} giờ {local.minute:02d} phút, {long_date(local)}"


def grouped(n: int) -> str:
    """A whole number with dots between thousands: 1.500.000."""
    return f"{n:,}".replace(",", ".")


def money(dong: int) -> str:
    """1.500.000 đồng."""
    return f"{grouped(dong)} đồng"
