"""Time zone of the centre, and the business day of a moment in it."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def local(moment: datetime) -> datetime:
    """The moment on the wall clock of the centre. Raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(ZONE)


def business_day(moment: datetime) -> date:
    """The date at the centre."""
    return local(moment).date()
