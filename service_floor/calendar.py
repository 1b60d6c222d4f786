"""Calendar of working days in Vietnam, and the time limits (deadlines) counted in them. The calendar of deadlines is
not that of reception hours.

Public holidays come from the library `holidays`; what the government moves each year by letter is a table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final, Self, assert_never

from service_floor.zone import ZONE, local

_DAY: Final = timedelta(days=1)
_LONGEST: Final = 10_000
"""Limits are counted day by day; no law gives an agency so many."""


class LimitUnit(StrEnum):
    """What a limit is counted in. A number without a unit stays unknown and gives no deadline."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    HOURS = "hours"
    MONTHS = "months"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DayTable:
    """Days off that would be worked and days worked that would be off, as announced."""

    days_off: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if both := self.days_off & self.working_days:
            raise ValueError(f"off and worked at once: {min(both)}")

    def __or__(self, later: Self) -> "DayTable":
        """Both tables; where they contradict each other the later one is right."""
        return DayTable(
            self.days_off - later.working_days | later.days_off,
            self.working_days - later.days_off | later.working_days,
        )


# Letter 12729/VPCP-KGVX of 25/12/2025: Friday 2 January 2026 off, Saturday 10 January worked. The library lacks it.
ANNOUNCED: Final = DayTable(frozenset({date(2026, 1, 2)}), frozenset({date(2026, 1, 10)}))


@dataclass(frozen=True, slots=True)
class Shift:
    """A part of the working day, by the clock of the centre."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"a shift from {self.start} to {self.end}")


OFFICE_HOURS: Final = (Shift(time(7), time(11, 30)), Shift(time(13, 30), time(17)))


class WorkCalendar:
    """Which days and hours count.

    It holds nothing but its tables, and a cache of public holidays inside the library.
    """

    def __init__(
        self, table: DayTable = ANNOUNCED, shifts: tuple[Shift, ...] = OFFICE_HOURS
    ) -> None:
        if not shifts or any(a.end > b.start for a, b in pairwise(shifts)):
            raise ValueError("shifts of a day follow each other")
        self._table = table
        self._shifts = shifts
        from holidays import (
            country_holidays,
        )  # most programs read only the units of a limit from here

        self._public = country_holidays("VN")

    def is_working_day(self, day: date) -> bool:
        """Whether limits count this day."""
        if day in self._table.working_days:
            return True
        if day in self._table.days_off:
            return False
        return bool(self._public.is_working_day(day))

    def first_working_day(self, day: date) -> date:
        """The day itself or the next one that is worked."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def working_day_after(self, day: date, count: int) -> date:
        """The working day that is `count` working days behind a day, which itself does not count."""
        for _ in range(count):
            day = self.first_working_day(day + _DAY)
        return day

    def taken_up(self, received: datetime) -> datetime:
        """When work on something received can begin: then, or when the next shift starts."""
        here = local(received)
        return max(here, next(self._shifts_from(here))[0])

    def deadline(self, received: datetime, amount: float, unit: LimitUnit) -> datetime | None:
        """When the result is due. The day of reception does not count; None where the unit gives no deadline.

        Raises ValueError as `end_of_limit` does.
        """
        end = self.end_of_limit(received, amount, unit)
        return None if end is None else self.rolled(end)

    def end_of_limit(self, received: datetime, amount: float, unit: LimitUnit) -> datetime | None:
        """When a limit runs out before it is moved to a working day, which calendar days and months can need.

        Raises ValueError for a negative amount, for one that is not a number, and for a part of a month.
        """
        if not (0 <= amount < _LONGEST) or (unit is LimitUnit.MONTHS and amount % 1):
            raise ValueError(f"a limit of {amount} {unit}")
        start = self.taken_up(received)
        match unit:
            case LimitUnit.WORKING_DAYS:
                day = self.working_day_after(start.date(), int(amount))
                return self._plus(datetime.combine(day, start.time(), ZONE), amount % 1)
            case LimitUnit.DAYS:
                return start + timedelta(days=amount)
            case LimitUnit.MONTHS:
                return _months_later(start, int(amount))
            case LimitUnit.HOURS:
                return self.later(start, timedelta(hours=amount))
            case LimitUnit.UNKNOWN:
                return None
            case _:
                assert_never(unit)

    def rolled(self, moment: datetime) -> datetime:
        """The same clock time on the first working day from there."""
        return datetime.combine(self.first_working_day(moment.date()), moment.time(), ZONE)

    def same_day_deadline(self, received: datetime, cut_off: time = time(15)) -> datetime:
        """For results given the same day: its end, or the next working day's for what came at the cut-off or later."""
        start = self.taken_up(received)
        day = start.date() if start.time() < cut_off else self.working_day_after(start.date(), 1)
        return datetime.combine(day, self._shifts[-1].end, ZONE)

    def later(self, start: datetime, work: timedelta) -> datetime:
        """The moment when so much working time has passed."""
        shifts = self._shifts_from(local(start))
        begin, end = next(shifts)
        while work > end - begin:
            work -= end - begin
            begin, end = next(shifts)
        return begin + work

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """The working time between two moments; none where the end is the earlier one."""
        passed = timedelta()
        shifts = self._shifts_from(local(start))
        begin, close = next(shifts)
        while begin < end:
            passed += min(close, local(end)) - begin
            begin, close = next(shifts)
        return passed

    def _shifts_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is left of the current shift, then every shift that follows."""
        day = moment.date()
        while True:
            day = self.first_working_day(day)
            for shift in self._shifts:
                end = datetime.combine(day, shift.end, ZONE)
                if moment < end:
                    yield max(moment, datetime.combine(day, shift.start, ZONE)), end
            day += _DAY

    def _plus(self, moment: datetime, part_of_day: float) -> datetime:
        """Half a working day and the like, in hours of the shifts."""
        if not part_of_day:
            return moment
        today = (
            datetime.combine(moment.date(), shift.end)
            - datetime.combine(moment.date(), shift.start)
            for shift in self._shifts
        )
        return self.later(moment, sum(today, timedelta()) * part_of_day)


def _months_later(moment: datetime, months: int) -> datetime:
    """The same day of a later month; its last day where it has no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    first = moment.replace(year=year, month=month + 1, day=1)
    last = (first.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY
    return first.replace(day=min(moment.day, last.day))
