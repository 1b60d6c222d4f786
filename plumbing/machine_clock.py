"""Reader of this machine's clocks: wall clock, CLOCK_BOOTTIME, the boot's id, and the kernel's NTP state (adjtimex(2))."""

import ctypes
import math
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
_UPTIME: Final = Path("/proc/uptime")
_LEAP_SECONDS: Final = 10.0
_TIME_ERROR: Final = 5
_STA_UNSYNC: Final = 0x0040
_NEAR_SECONDS: Final = 2.0


class _Timex(ctypes.Structure):
    """`struct timex` of the C library, up to its time; the rest is room."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("constant", ctypes.c_long),
        ("precision", ctypes.c_long),
        ("tolerance", ctypes.c_long),
        ("seconds", ctypes.c_long),
        ("fraction", ctypes.c_long),
        ("rest", ctypes.c_char * 256),
    )


def boot_seconds() -> float:
    """Seconds since the machine was started, time in suspend included; no setting of the clock changes them."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class BootClock:
    """Seconds since boot. CLOCK_BOOTTIME is held against /proc/uptime at the first reading and after each leap of more
    than ten seconds, and corrected where they differ: a program may be given other clocks than the kernel's."""

    def __init__(self, seconds: Callable[[], float] = boot_seconds) -> None:
        self._seconds = seconds
        self._last = -math.inf
        self._shift = 0.0

    def __call__(self) -> float:
        """The reading of now; used by one thread at a time."""
        seconds = self._seconds()
        if not 0.0 <= seconds - self._last < _LEAP_SECONDS:
            self._shift = _correction(seconds)
        self._last = seconds
        return seconds + self._shift


def _correction(seconds: float) -> float:
    try:
        difference = float(_UPTIME.read_text("ascii").split()[0]) - seconds
    except (OSError, ValueError, IndexError):
        return 0.0
    return difference if abs(difference) > _NEAR_SECONDS else 0.0


@cache
def boot_id() -> str:
    """The id that the kernel drew at this boot; empty if it is not known."""
    try:
        return _BOOT_ID.read_text("ascii").strip()
    except OSError:
        return ""


def is_synchronised(wall: float) -> bool:
    """Whether the kernel's clock is kept right by a time service, and is the one that was read as `wall` (seconds since
    1970). Setting the clock by hand ends this state until the service has looked at the clock again."""
    adjtimex = getattr(ctypes.CDLL(None), "adjtimex", None)
    if adjtimex is None:
        return False
    timex = _Timex()
    state = adjtimex(ctypes.byref(timex))
    if state < 0 or state == _TIME_ERROR or timex.status & _STA_UNSYNC:
        return False
    # A program may be given another time than the kernel's.
    return bool(abs(timex.seconds - wall) <= _NEAR_SECONDS)
