"""Moments as JSON carries them: with a clock time, or a date alone where no source gave the time."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, Discriminator, Tag


def _kind(value: Any) -> str:
    is_day = "T" not in value if isinstance(value, str) else not isinstance(value, datetime)
    return "day" if is_day else "moment"


When = Annotated[
    Annotated[AwareDatetime, Tag("moment")] | Annotated[date, Tag("day")], Discriminator(_kind)
]
"""A moment with its offset, or a date alone where the source has no time: `2026-11-20` is never read as midnight."""
