"""Time in which a printer was busy with the queue's own jobs: a job that waits behind them loses no patience. Pure; seconds."""

from collections import deque
from typing import Final

from drivers.escpos.status import PrinterReason
from drivers.protocols import PrintResult

MOST_KEPT: Final = 256
LONGEST_AFTERMATH: Final = 60.0
"""Seconds for which a printer may go on with a job after its last byte; then it is not busy, but in trouble."""

_STILL_BUSY: Final = frozenset({PrinterReason.STILL_PRINTING, PrinterReason.STATUS_UNKNOWN})


class BusyTime:
    """Intervals of the wall clock in which the printer had a job of ours."""

    def __init__(self) -> None:
        self._intervals: deque[tuple[float, float]] = deque(maxlen=MOST_KEPT)
        self._sent_at = float("-inf")

    def take(self, begun: float, ended: float, result: PrintResult) -> None:
        """Take an attempt: it had the printer, or found it still busy with the one before."""
        if result.bytes_sent:
            self._sent_at = ended
            self._intervals.append((begun, ended))
        elif result.reason in _STILL_BUSY and ended - self._sent_at <= LONGEST_AFTERMATH:
            _, last = self._intervals[-1]
            self._intervals.append((last, ended))

    def since(self, moment: float, now: float) -> float:
        """How much of the time from `moment` to `now` the printer was busy."""
        parts = ((max(moment, begun), min(ended, now)) for begun, ended in self._intervals)
        return sum(max(0.0, ended - begun) for begun, ended in parts)
