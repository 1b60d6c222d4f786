"""Rate limit of a log: lines of one kind are passed on up to a limit in each minute, the others are counted.

A fault or a stranger may repeat one error thousands of times a second, and its tracebacks fill the disk of a small machine.
"""

import logging
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final

from plumbing.limits import (
    LOG_LINES_A_MINUTE,
    LOG_NOTES_A_MINUTE,
    LOG_TRACEBACKS_A_MINUTE,
)

_MINUTE: Final = 60.0
_MOST_KINDS: Final = 256
_LONGEST_KIND: Final = 100
_LONGEST_LINE: Final = 400
_VARYING: Final = re.compile(r"0x[0-9a-fA-F]+|\d+")


@dataclass(slots=True)
class _Window:
    since: float
    lines: int = 0
    tracebacks: int = 0
    dropped: int = 0


class LogBrake(logging.Filter):
    """Filter of a log handler. A kind is the logger, the level and the text before its data is put in."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._windows: OrderedDict[tuple[str, int, str], _Window] = OrderedDict()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written. The first after a pause says how many were left out."""
        window = self._window(record)
        window.lines += 1
        most = LOG_LINES_A_MINUTE if record.levelno >= logging.WARNING else LOG_NOTES_A_MINUTE
        if window.lines > most:
            window.dropped += 1
            return False
        if record.exc_info:
            window.tracebacks += 1
            if window.tracebacks > LOG_TRACEBACKS_A_MINUTE:
                error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
                record.msg, record.args = f"{record.getMessage()}: {error!r}"[:_LONGEST_LINE], None
                record.exc_info = None
        if window.dropped:
            record.msg = f"{record.getMessage()} ({window.dropped} more like it were left out)"
            record.args, window.dropped = None, 0
        return True

    def _window(self, record: logging.LogRecord) -> _Window:
        now = self._clock()
        text = _VARYING.sub("#", str(record.msg)[:_LONGEST_KIND])
        kind = (record.name, record.levelno, text)
        window = self._windows.pop(kind, None) or _Window(now)
        if now - window.since >= _MINUTE:
            window = _Window(now, dropped=window.dropped)
        self._windows[kind] = window
        if len(self._windows) > _MOST_KINDS:
            self._windows.popitem(last=False)
        return window
