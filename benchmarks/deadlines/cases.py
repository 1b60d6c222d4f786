"""Generated deadlines: a centre's calendar, a limit, a reception, and perhaps a stop of the clock, from a seed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from benchmarks.deadlines.oracle import SlowCalendar
from service_floor.calendar import ANNOUNCED, DayTable, LimitUnit, Shift, WorkCalendar
from service_floor.dossiers.deadlines.appointment import Appointment, TimeLimit, appoint, resume
from service_floor.zone import ZONE

_FIRST: Final = datetime(2017, 1, 1)
_DAYS: Final = 11 * 365
_HOURS: Final = (
    (Shift(time(7), time(11, 30)), Shift(time(13, 30), time(17))),
    (Shift(time(7, 30), time(11, 30)), Shift(time(13), time(16, 30))),
    (Shift(time(8), time(16)),),
)
_CUT_OFFS: Final = (time(15), time(15), time(14), time(11))
_STILL: Final = (0, 0, 5, 60, 600, 1_440, 4_000, 20_000)
"""Minutes for which a clock stands."""


@dataclass(frozen=True)
class DeadlineCase:
    """One question to both: when is it due, and when after a stop."""

    seed: int
    table: DayTable
    shifts: tuple[Shift, ...]
    received: datetime
    limit: TimeLimit
    cut_off: time
    stop_after: int
    still: int

    @property
    def slow(self) -> SlowCalendar:
        """The oracle's calendar."""
        shifts = tuple((shift.start, shift.end) for shift in self.shifts)
        return SlowCalendar(self.table.days_off, self.table.working_days, shifts)


def deadline_case(seed: int) -> DeadlineCase:
    """The case of a seed. Receptions lie near the days that are off or swapped more often than elsewhere."""
    dice = Random(seed)
    received = _FIRST + timedelta(days=dice.randrange(_DAYS), minutes=dice.randrange(1_440))
    near = [
        received.date() + timedelta(days=dice.randint(-3, 25)) for _ in range(dice.randint(0, 6))
    ]
    table = ANNOUNCED | DayTable(frozenset(near[::2]), frozenset(near[1::2]) - frozenset(near[::2]))
    return DeadlineCase(
        seed,
        table,
        dice.choice(_HOURS),
        received,
        _limit(dice),
        dice.choice(_CUT_OFFS),
        dice.randrange(10_000),
        dice.choice(_STILL) + dice.randrange(60),
    )


def _limit(dice: Random) -> TimeLimit:
    kind = dice.randrange(6)
    if kind == 0:
        return TimeLimit(same_day=True)
    if kind == 1:
        return TimeLimit(dice.randint(0, 60), LimitUnit.DAYS)
    if kind == 2:
        return TimeLimit(dice.randint(0, 9), LimitUnit.MONTHS)
    if kind == 3:
        return TimeLimit(dice.randint(0, 64), LimitUnit.HOURS)
    return TimeLimit(dice.randint(0, 24) / dice.choice((1, 1, 1, 2)), LimitUnit.WORKING_DAYS)


def ours(case: DeadlineCase) -> tuple[datetime, datetime]:
    """The date by the rules, and the one after the stop."""
    calendar = WorkCalendar(case.table, case.shifts)
    received = case.received.replace(tzinfo=ZONE)
    date_ = appoint(calendar, case.limit, received, case.cut_off)
    if date_ is None:
        raise AssertionError(f"seed {case.seed}: a limit without a date")
    stopped = received + timedelta(minutes=case.stop_after)
    resumed = stopped + timedelta(minutes=case.still)
    after: Appointment = resume(calendar, date_.stopped(stopped), resumed)
    return date_.due.replace(tzinfo=None), after.due.replace(tzinfo=None)


def oracle(case: DeadlineCase) -> tuple[datetime, datetime]:
    """The same, counted."""
    slow = case.slow
    begin = slow.taken_up(case.received)
    end = _end(case, slow, begin)
    due = slow.rolled(end)
    stopped = case.received + timedelta(minutes=case.stop_after)
    resumed = stopped + timedelta(minutes=case.still)
    if stopped > due:
        return due, due
    halted, goes_on = slow.taken_up(stopped), slow.taken_up(resumed)
    counts_all = case.limit.unit in (LimitUnit.DAYS, LimitUnit.MONTHS) and not case.limit.same_day
    if counts_all and halted < end:
        still = sum(1 for _ in _dates(halted.date(), goes_on.date()))
        return due, slow.rolled(slow.days_later(end, still, worked=False))
    return due, slow.after_minutes(goes_on, slow.minutes_between(stopped, due))


def _end(case: DeadlineCase, slow: SlowCalendar, begin: datetime) -> datetime:
    limit = case.limit
    if limit.same_day:
        return slow.same_day(case.received, case.cut_off)
    amount = limit.amount or 0
    whole, half = int(amount), amount != int(amount)
    ways: dict[LimitUnit, Callable[[], datetime]] = {
        LimitUnit.DAYS: lambda: slow.days_later(begin, whole, worked=False),
        LimitUnit.MONTHS: lambda: slow.months_later(begin, whole),
        LimitUnit.HOURS: lambda: slow.after_minutes(begin, 60 * whole),
        LimitUnit.WORKING_DAYS: lambda: slow.after_minutes(
            slow.days_later(begin, whole, worked=True), slow.minutes_of_day() // 2 if half else 0
        ),
    }
    return ways[limit.unit]()


def _dates(begin: date, end: date) -> list[date]:
    days = []
    while begin < end:
        days.append(begin)
        begin += timedelta(days=1)
    return days
