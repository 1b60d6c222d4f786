"""Plausibility check of a wall clock against the clock that counts since the machine's boot.

Pure: readings of both clocks in, trusted time or a hold out. While the wall clock is held, time goes on with the boot
clock, up to the end of the business day in which the hold began: a day ends only on a confirmed date.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from service_floor.zone import ZONE, business_day

EARLIEST: Final = datetime(2026, 1, 1, tzinfo=ZONE)
"""Before this the suite did not exist: a machine without a clock battery starts in 1970, 2000 or the year of its BIOS."""
_NOTHING: Final = timedelta(0)
_TINY: Final = 0.5
"""Seconds from the last small step within which there is none: nothing but this is looked at in nearly every reading."""
_SMALL_STEPS_FADE_IN: Final = timedelta(hours=12)
_TICK: Final = timedelta(microseconds=1)


class Reading(NamedTuple):
    """Both clocks at one moment: the wall clock, and seconds since boot, time in suspend included (CLOCK_BOOTTIME)."""

    wall: datetime
    boot: float


class LastRun(NamedTuple):
    """What the run before has left: its last trusted time, and the boot clock at that time if the machine was not
    started again since."""

    at: datetime
    ended_cleanly: bool
    boot: float | None = None


class HoldReason(StrEnum):
    """Why the wall clock is not believed."""

    AHEAD = "ahead"
    BEHIND = "behind"
    BEFORE_LAST_ROW = "before_last_row"
    LONG_AFTER_LAST_ROW = "long_after_last_row"
    BEFORE_RELEASE = "before_release"


class ClockHold(NamedTuple):
    """A wall clock that is not believed: why, and since when by trusted time."""

    reason: HoldReason
    since: datetime


@dataclass(frozen=True, slots=True)
class ClockLimits:
    """What is believed without a confirmation: steps up to `jump`, and a start up to `pause` after the last row, which
    is `unclean_pause` if the run before did not end cleanly and the machine was started again since."""

    jump: timedelta = timedelta(seconds=60)
    pause: timedelta = timedelta(days=14)
    unclean_pause: timedelta = timedelta(hours=20)


class ClockJudge:
    """One for a clock, used by one thread at a time. `hold` is None while the wall clock is believed."""

    def __init__(self, limits: ClockLimits, reading: Reading, last: LastRun | None) -> None:
        self.hold: ClockHold | None = None
        self._limits = limits
        self._anchor = reading
        self._latest = reading.wall
        self._small_steps = _NOTHING
        if last is not None:
            self._anchor, self._latest = self._after(last, reading)
        reason = self._why_not(reading, last)
        if reason is None:
            self._believe(reading)
        else:
            self.hold = ClockHold(reason, self._latest)

    def judge(self, reading: Reading) -> datetime:
        """The trusted time of a reading. It never runs backwards."""
        counted = reading.boot - self._anchor.boot
        off = (reading.wall - self._anchor.wall).total_seconds() - counted
        if self.hold is None and -_TINY <= off <= _TINY:
            self._latest = max(self._latest, reading.wall)
            return self._latest
        step = timedelta(seconds=off)
        if self.hold is not None:
            if abs(step) <= self._limits.jump:
                self._believe(reading)
        elif abs(self._sum_of_steps(step, reading)) <= self._limits.jump:
            self._anchor = reading
        else:
            reason = HoldReason.AHEAD if step > _NOTHING else HoldReason.BEHIND
            self.hold = ClockHold(reason, self._latest)
        self._latest = max(self._latest, self._time(reading))
        return self._latest

    def confirm(self, reading: Reading) -> bool:
        """Believe this reading from now on, whatever it is. False, and nothing changes, if its date is before that of
        the trusted time: a business day never goes back."""
        if business_day(reading.wall) < business_day(self._latest):
            return False
        self._believe(reading)
        return True

    def _believe(self, reading: Reading) -> None:
        self.hold = None
        self._anchor = reading
        self._small_steps = _NOTHING

    def _time(self, reading: Reading) -> datetime:
        if self.hold is None:
            return reading.wall
        return min(self._expected(reading), _end_of_day(self.hold.since))

    def _expected(self, reading: Reading) -> datetime:
        """The anchor and what the boot clock has counted since."""
        return self._anchor.wall + timedelta(seconds=reading.boot - self._anchor.boot)

    def _sum_of_steps(self, step: timedelta, reading: Reading) -> timedelta:
        """Small steps add up, so that many of them are no way around the limit; they are forgotten in half a day."""
        counted = timedelta(seconds=max(0.0, reading.boot - self._anchor.boot))
        fading = self._limits.jump * (counted / _SMALL_STEPS_FADE_IN)
        before = self._small_steps
        left = (
            max(before - fading, _NOTHING) if before > _NOTHING else min(before + fading, _NOTHING)
        )
        self._small_steps = left + step
        return self._small_steps

    @staticmethod
    def _after(last: LastRun, reading: Reading) -> tuple[Reading, datetime]:
        """Where trusted time stands at the start: it goes on over a crash, and stands still over a pause."""
        if last.boot is None or last.ended_cleanly:
            return Reading(last.at, reading.boot), last.at
        anchor = Reading(last.at, last.boot)
        return anchor, last.at + timedelta(seconds=max(0.0, reading.boot - last.boot))

    def _why_not(self, reading: Reading, last: LastRun | None) -> HoldReason | None:
        """Why the first reading is not believed."""
        if last is None:
            return HoldReason.BEFORE_RELEASE if reading.wall < EARLIEST else None
        later = reading.wall - self._expected(reading)
        if last.boot is not None and not last.ended_cleanly:
            if abs(later) <= self._limits.jump:
                return None
            return HoldReason.AHEAD if later > _NOTHING else HoldReason.BEHIND
        if later < -self._limits.jump:
            return HoldReason.BEFORE_LAST_ROW
        pause = self._limits.pause if last.ended_cleanly else self._limits.unclean_pause
        return HoldReason.LONG_AFTER_LAST_ROW if later > pause else None


def _end_of_day(moment: datetime) -> datetime:
    """The last moment of a business day."""
    midnight = datetime.combine(business_day(moment) + timedelta(days=1), datetime.min.time(), ZONE)
    return midnight - _TICK
