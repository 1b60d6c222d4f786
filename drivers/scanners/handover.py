"""Handover of scans between threads, one at a time: the next is read when the screen's handler is done with the last."""

import threading
from collections.abc import Callable
from typing import Final

from drivers.protocols import Scan

PATIENCE_SECONDS: Final = 5.0
"""Timeout (s) after which a screen that has not handled a scan does not block the scanner any longer."""


class Handover:
    """Between a scanner's thread, which delivers and waits, and the screen's, which reports that it has handled the scan."""

    def __init__(
        self, show: Callable[[Scan | None], None], patience: float = PATIENCE_SECONDS
    ) -> None:
        """`show` only queues the scan, None for a damaged code, for the screen's thread; it does not block."""
        self._show = show
        self._patience = patience
        self._handled = threading.Event()
        self._over = False

    def deliver(self, scan: Scan) -> None:
        """Called by the scanner's thread: returns when the screen has handled this scan."""
        self._hand_over(scan)

    def garbled(self) -> None:
        """Deliver a damaged code in the same way: noise on a line comes no faster than the screen can show it."""
        self._hand_over(None)

    def _hand_over(self, scan: Scan | None) -> None:
        self._handled.clear()
        if self._over:
            return
        self._show(scan)
        self._handled.wait(self._patience)

    def handled(self) -> None:
        """The screen shows what the scan means."""
        self._handled.set()

    def end(self) -> None:
        """End the handover: waiting threads continue immediately."""
        self._over = True
        self._handled.set()
