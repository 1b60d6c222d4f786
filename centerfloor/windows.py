"""Life of a program with a window: Qt's event loop until the window is closed or a signal comes, and a clean end."""

import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer

from centerfloor.lifetime import print_ready
from plumbing.stop_signals import STOP_SIGNALS

log = logging.getLogger("window")


class WindowProgram(Protocol):
    """What `kiosk.app` and `counter_terminal.app` compose."""

    def start(self) -> None:
        """Connect and start reading."""

    def stop(self) -> None:
        """End threads and connections."""


def run_until_closed(app: QCoreApplication, program: WindowProgram, ready: str) -> int:
    """Run the event loop until the window is closed or a signal comes; prints `ready` once it runs. The exit status."""
    sys.excepthook = _log_defect
    # A quit before the event loop runs would be lost: it is queued in the loop, as is the ready line.
    with _Signals(lambda: QTimer.singleShot(0, app.quit)):
        program.start()
        # What a start has made stays to the end: a full collection that looks through it all holds up the screen and the
        # printer for tens of milliseconds.
        gc.collect()
        gc.freeze()
        QTimer.singleShot(0, lambda: print_ready(ready))
        try:
            return app.exec()
        finally:
            program.stop()


def _log_defect(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log an exception in a slot with its traceback; the program goes on with the next event."""
    log.error("defect in a slot", exc_info=(kind, error, trace))


class _Signals:
    """Wakes Qt's event loop for SIGTERM and SIGINT: Python's own signal handler would only run at the next event."""

    def __init__(self, quit_program: Callable[[], None]) -> None:
        self._quit = quit_program
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)

    def __enter__(self) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, lambda *_: self._quit())
        signal.set_wakeup_fd(self._far.fileno())
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(lambda *_: self._near.recv(64))

    def __exit__(self, *_: object) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        self._near.close()
        self._far.close()
