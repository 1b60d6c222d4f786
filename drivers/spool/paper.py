"""Paper accounting: counts the paper used since the roll was changed, and adds "paper low" to the printer's status."""

import threading
from collections.abc import Callable

from drivers.protocols import DeviceStatus, Health
from drivers.spool.file import SpoolFile
from drivers.spool.roll import Roll


class PaperCount:
    """The used paper in a printer's file, in dots, and whether a part of a slip may hang in the printer uncut.

    Raises sqlite3.Error if the disk fails.
    """

    def __init__(self, file: SpoolFile) -> None:
        self._file = file

    @property
    def dots(self) -> int:
        """The dots that were used since the roll was new."""
        ((dots,),) = self._file.rows("SELECT dots FROM paper")
        return int(dots)

    def use(self, dots: int) -> None:
        """Count paper that went through the printer."""
        self._file.change("UPDATE paper SET dots = dots + ?", dots)

    def restart(self) -> None:
        """Count from zero: a new roll is in."""
        self._file.change("UPDATE paper SET dots = 0")

    @property
    def is_torn(self) -> bool:
        """Whether a part of a slip may hang in the printer: it must be cut off before the next slip."""
        ((torn,),) = self._file.rows("SELECT torn FROM paper")
        return bool(torn)

    def mark_torn(self, torn: bool) -> None:
        """Keep whether a part of a slip may hang in the printer."""
        if torn != self.is_torn:
            self._file.change("UPDATE paper SET torn = ?", int(torn))


class PaperWatch:
    """Combines the printer's status with the paper count. Used by the threads of the printer and of its queue.

    `on_change` is a callback for each changed status, called in the thread that changed it, without the lock.
    """

    def __init__(
        self, roll: Roll, count: PaperCount, on_change: Callable[[DeviceStatus], None]
    ) -> None:
        self._roll = roll
        self._count = count
        self._on_change = on_change
        self._lock = threading.Lock()
        self._used_dots = count.dots
        self._reported = self._judged = DeviceStatus(Health.UNKNOWN)

    @property
    def status(self) -> DeviceStatus:
        """The newest status, with the paper."""
        return self._judged

    def take_status(self, status: DeviceStatus) -> None:
        """The printer has reported this status."""
        with self._lock:
            self._reported = status
            judged = self._roll.judged(status, self._used_dots)
            if judged == self._judged:
                return
            self._judged = judged
        self._on_change(judged)

    def use(self, dots: int) -> None:
        """Count paper that went through the printer."""
        self._count.use(dots)
        self._recount()

    def new_roll(self) -> None:
        """Count from zero: a new roll is in."""
        self._count.restart()
        self._recount()

    def _recount(self) -> None:
        self._used_dots = self._count.dots
        self.take_status(self._reported)
