"""The hub's clock, read by all its threads: wall time while it is plausible, time counted since boot while it is held.

A hold and its end are logged. It ends when the wall clock agrees again, when the kernel says that a time service keeps
the clock right, or when a person confirms it.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Final, NamedTuple, Protocol

from pydantic import BaseModel, ConfigDict

from plumbing.limits import CLOCK_LINES_A_MINUTE, RateLimit
from plumbing.machine_clock import BootClock, boot_id, is_synchronised
from service_floor.wall_clock import ClockJudge, ClockLimits, HoldReason, LastRun, Reading
from service_floor.zone import ZONE

log = logging.getLogger("hub")

_ASK_EVERY: Final = 1.0
_ONE_MOMENT: Final = 0.05
_MOST_READINGS: Final = 5


class ClockReport(BaseModel):
    """State of the hub's clock for `/healthz` and the console: whether it is held, why, since when, and what the
    machine's own clock shows."""

    model_config = ConfigDict(frozen=True)

    held: bool = False
    reason: HoldReason | None = None
    since: datetime | None = None
    machine: datetime | None = None


class ClockStamp(NamedTuple):
    """Trusted time with the boot clock beside it, as the mark of the last row keeps it for the next start."""

    at: datetime
    boot: float
    boot_id: str
    held: bool


class TrustedClock(Protocol):
    """What the hub needs of a clock; calling it gives the time."""

    def __call__(self) -> datetime:
        """The hub's time."""

    def report(self) -> ClockReport:
        """Whether the clock is held."""

    def confirm(self, by: str) -> bool:
        """End a hold; False if there is none, or if the date is before the floor's."""

    def stamp(self) -> ClockStamp:
        """The time for the mark."""


class MachineClock:
    """The clocks of this machine."""

    def __init__(self) -> None:
        self._boot_seconds = BootClock()

    def read(self) -> Reading:
        """Both clocks, as of one moment: where the process was stopped between them, they are read again."""
        for _ in range(_MOST_READINGS):
            before, wall, boot = self._boot_seconds(), datetime.now(ZONE), self._boot_seconds()
            if boot - before < _ONE_MOMENT:
                break
        return Reading(wall, boot)

    def is_synchronised(self, reading: Reading) -> bool:
        """Whether a time service keeps the wall clock right that was read."""
        return is_synchronised(reading.wall.timestamp())

    def boot_id(self) -> str:
        """Which boot the readings count from."""
        return boot_id()


class FloorClock:
    """Made by the composition root at the start, once the journal's last row is known. Safe for any thread."""

    def __init__(
        self, machine: MachineClock, last: LastRun | None, limits: ClockLimits | None = None
    ) -> None:
        self._machine = machine
        self._lock = threading.Lock()
        self._reading = machine.read()
        self._judge = ClockJudge(limits or ClockLimits(), self._reading, last)
        self._boot_id = machine.boot_id()
        self._given = self._reading.wall
        self._held = self._logged = False
        self._changes = 0
        self._brake = RateLimit()
        self._asked = -_ASK_EVERY
        self()

    def __call__(self) -> datetime:
        """The hub's time, which never runs backwards."""
        with self._lock:
            return self._now()

    def report(self) -> ClockReport:
        """Whether the clock is held, and what the machine shows."""
        with self._lock:
            self._now()
            hold = self._judge.hold
            if hold is None:
                return ClockReport()
            return ClockReport(
                held=True, reason=hold.reason, since=hold.since, machine=self._reading.wall
            )

    def confirm(self, by: str) -> bool:
        """A person says that the machine's clock is right. False if it is not held, or stands on an earlier date than
        the floor: that needs the clock to be set, or the journal to be repaired."""
        with self._lock:
            self._now()
            if self._judge.hold is None or not self._judge.confirm(self._machine.read()):
                return False
            log.warning("the clock is confirmed by %s", by)
            self._now()
            return True

    def stamp(self) -> ClockStamp:
        """The last reading, for the mark: both its clocks are of one moment, and a commit has just read them."""
        with self._lock:
            held = self._judge.hold is not None
            return ClockStamp(self._given, self._reading.boot, self._boot_id, held)

    def _now(self) -> datetime:
        self._reading = self._machine.read()
        now = self._judge.judge(self._reading)
        if self._judge.hold is not None and self._is_confirmed_by_time_service():
            now = self._judge.judge(self._reading)
        self._given = now
        held = self._judge.hold is not None
        if held != self._held:
            self._held, self._changes = held, self._changes + 1
        if held != self._logged and not self._brake.spend(
            "change", CLOCK_LINES_A_MINUTE, monotonic()
        ):
            self._log_change(now)
        return now

    def _is_confirmed_by_time_service(self) -> bool:
        """Ask the kernel, once a second at most; nothing is asked while the clock is believed."""
        if monotonic() - self._asked < _ASK_EVERY:
            return False
        self._asked = monotonic()
        reading = self._reading
        return self._machine.is_synchronised(reading) and self._judge.confirm(reading)

    def _log_change(self, now: datetime) -> None:
        hold = self._judge.hold
        # A clock that goes on jumping writes a line now and then, and always its latest state.
        often = f" (changed {self._changes} times)" if self._changes > 1 else ""
        if hold is not None:
            log.error(
                "the machine's clock is not believed (%s): it shows %s, the floor goes on at %s; set the clock right, "
                "or confirm it in the console or with centerfloor clock confirm%s",
                hold.reason.value,
                self._reading.wall.isoformat(timespec="seconds"),
                now.isoformat(timespec="seconds"),
                often,
            )
        else:
            log.warning(
                "the machine's clock is believed again: %s%s",
                now.isoformat(timespec="seconds"),
                often,
            )
        self._logged, self._changes = hold is not None, 0


class GivenClock:
    """A clock that the caller answers for, such as that of a test: never held."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    def __call__(self) -> datetime:
        """The caller's time."""
        return self._clock()

    def report(self) -> ClockReport:
        """Never held."""
        return ClockReport()

    def confirm(self, by: str) -> bool:
        """There is nothing to confirm."""
        return False

    def stamp(self) -> ClockStamp:
        """The caller's time, of no boot."""
        return ClockStamp(self._clock(), 0.0, "", False)
