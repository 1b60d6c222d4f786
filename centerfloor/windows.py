"""How a program with a window lives: shown, kept until it is closed or signalled, ended cleanly."""

import logging
import signal
import socket
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer

from centerfloor.lifetime import SIGNALS, say_ready

log = logging.getLogger("window")


class WindowProgram(Protocol):
    """What `kiosk.app` and `counter_terminal.app` compose."""

    def start(self) -> None:
        """Connect and read."""

    def stop(self) -> None:
        """End threads and lines."""


def live(app: QCoreApplication, program: WindowProgram, ready: str) -> int:
    """Run until the window is closed or a signal comes; `ready` is said once it can be used. The exit status."""
    sys.excepthook = _log_defect
    # A quit before the loop runs would be lost: it waits its turn in the loop, as does the word that all is ready.
    with _Signals(lambda: QTimer.singleShot(0, app.quit)):
        program.start()
        QTimer.singleShot(0, lambda: say_ready(ready))
        try:
            return app.exec()
        finally:
            program.stop()


def _log_defect(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """A defect in a slot is logged whole; the program goes on with the next event."""
    log.error("defect in a slot", exc_info=(kind, error, trace))


class _Signals:
    """Wakes the Qt loop for SIGTERM and SIGINT, which Python alone would notice only at the next event."""

    def __init__(self, quit_program: Callable[[], None]) -> None:
        self._quit = quit_program
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)

    def __enter__(self) -> None:
        for number in SIGNALS:
            signal.signal(number, lambda *_: self._quit())
        signal.set_wakeup_fd(self._far.fileno())
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(lambda *_: self._near.recv(64))

    def __exit__(self, *_: object) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        self._near.close()
        self._far.close()
