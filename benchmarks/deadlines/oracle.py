"""Oracle of appointments: it knows a list of days off, and counts minutes and days one after the other.

It shares no arithmetic with `service_floor.calendar` or the dossier rules; moments are whole minutes at the centre, without
a zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from holidays import country_holidays

DAY: Final = timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)
_PUBLIC: Final = country_holidays("VN", years=range(2016, 2033))


@dataclass(frozen=True)
class SlowCalendar:
    """Days off, days worked, and the opening and closing times of the shifts of a working day."""

    days_off: frozenset[date]
    working_days: frozenset[date]
    shifts: tuple[tuple[time, time], ...]

    def is_worked(self, day: date) -> bool:
        """A day off or worked as the table has it; else a weekday that is not a public holiday, or worked for one."""
        if day in self.working_days or day in self.days_off:
            return day in self.working_days
        if day in _PUBLIC.weekend_workdays:
            return True
        return day.isoweekday() <= 5 and day not in _PUBLIC

    def minutes(self, begin: datetime) -> Iterator[datetime]:
        """The beginning of every working minute from a moment on."""
        day = begin.date()
        while True:
            if self.is_worked(day):
                for opens, closes in self.shifts:
                    minute = datetime.combine(day, opens)
                    while minute < datetime.combine(day, closes):
                        if minute >= begin:
                            yield minute
                        minute += MINUTE
            day += DAY

    def taken_up(self, received: datetime) -> datetime:
        """The first working minute."""
        return next(self.minutes(received))

    def after_minutes(self, begin: datetime, count: int) -> datetime:
        """The end of the `count`-th working minute; the beginning itself for none."""
        if count == 0:
            return begin
        for number, minute in enumerate(self.minutes(begin), 1):
            if number == count:
                return minute + MINUTE
        raise AssertionError("working minutes never end")

    def minutes_between(self, begin: datetime, end: datetime) -> int:
        """How many working minutes lie between two moments."""
        count = 0
        for minute in self.minutes(begin):
            if minute >= end:
                break
            count += 1
        return count

    def minutes_of_day(self) -> int:
        """The working minutes of one day."""
        return sum(1 for hour in range(24) for m in range(60) if self._works_at(time(hour, m)))

    def _works_at(self, clock: time) -> bool:
        return any(opens <= clock < closes for opens, closes in self.shifts)

    def rolled(self, moment: datetime) -> datetime:
        """The same clock time on the first day that is worked."""
        while not self.is_worked(moment.date()):
            moment += DAY
        return moment

    def days_later(self, begin: datetime, count: int, *, worked: bool) -> datetime:
        """The day that many days behind, each counted, or each that is worked."""
        while count:
            begin += DAY
            if not worked or self.is_worked(begin.date()):
                count -= 1
        return begin

    def months_later(self, begin: datetime, count: int) -> datetime:
        """The same day some months later, or the last day of that month."""
        year, month = begin.year, begin.month
        for _ in range(count):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        for day in range(begin.day, 27, -1):
            try:
                return begin.replace(year=year, month=month, day=day)
            except ValueError:
                continue
        return begin.replace(year=year, month=month)

    def same_day(self, received: datetime, cut_off: time) -> datetime:
        """The end of the day, or of the next one that is worked for what came at the cut-off or later."""
        begin = self.taken_up(received)
        if begin.time() >= cut_off:
            begin = self.days_later(begin, 1, worked=True)
        return datetime.combine(begin.date(), self.shifts[-1][1])
