"""The counter terminal as a process of its own, off-screen, that reports when it has painted what was scanned.

`python -m benchmarks.scanning.terminal SCANNER` reads the pseudo-terminal SCANNER by itself and paints the bare code: the
floor of the machine. With `HALL FLOOR STATE` it is the product's counter terminal at the hub on port FLOOR.
Each paint is printed as `painted CODE SECONDS` by the monotonic clock, which all processes of a machine share.
"""

import os
import sys
import tty
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from config.loading import load
from counter_terminal.app import CounterProgram, compose
from counter_terminal.views.window import DeskWindow

SIZE: Final = (1366, 768)
OFFICER: Final = "officer-o1"
_EVERY_MS: Final = 50


class ScanWitness(QObject):
    """Event filter that lets a window paint, and then reports what it shows if that is new."""

    def __init__(self, window: QWidget, shown: Callable[[], str]) -> None:
        super().__init__()
        self._window = window
        self._shown = shown
        self._said = ""
        self._painting = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name is Qt's
        """On the event by which Qt paints all that has changed into the window's picture."""
        if event.type() != QEvent.Type.UpdateRequest or self._painting:
            return False
        self._painting = True
        watched.event(event)
        self._painting = False
        if (code := self._shown()) and code != self._said:
            self._said = code
            print("painted", code, monotonic(), flush=True)
        return True


def bare(scanner: Path) -> QObject:
    """A label that shows each line of the port."""
    label = QLabel()
    label.setFixedSize(*SIZE)
    label.show()
    port = os.open(scanner, os.O_RDWR | os.O_NOCTTY)
    tty.setraw(port)
    notifier = QSocketNotifier(port, QSocketNotifier.Type.Read, label)
    line = bytearray()

    def read() -> None:
        line.extend(os.read(port, 4096))
        if line.endswith(b"\r"):
            label.setText(line.decode().strip())
            line.clear()

    notifier.activated.connect(read)
    return ScanWitness(label, label.text)


def product(scanner: Path, hall: Path, floor: int, state: Path) -> tuple[QObject, CounterProgram]:
    """The counter terminal at its desk, its officer signed in. A dossier counts as shown with its standing."""
    port = {"wire": "serial", "path": str(scanner)}
    device = {"kind": "serial-scanner", "port": port}
    changes = {"hub.floor_port": floor, "counter_terminals[0].scanner": device}
    installation = load(hall, changes)
    program = compose(installation, installation.counter_terminals[0], state)
    window = program.window
    window.resize(*SIZE)
    window.show()
    program.start()

    def label(name: str) -> str:
        found = window.findChild(QLabel, name)
        assert isinstance(found, QLabel)
        return found.text()

    return ScanWitness(window, lambda: label("dossier-read") if label("standing") else ""), program


def _sit_down(window: DeskWindow, timer: QTimer) -> None:
    """Sign the officer in, and print `ready` at the desk."""
    button = window.findChild(QAbstractButton, OFFICER)
    if window.is_at_work:
        timer.stop()
        print("ready", flush=True)
    elif isinstance(button, QAbstractButton) and button.isVisible() and button.isEnabled():
        button.click()


def main() -> None:
    """Live until standard input ends."""
    app = QApplication(sys.argv[:1])
    end = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    end.activated.connect(QCoreApplication.quit)
    scanner, *words = map(Path, sys.argv[1:])
    if not words:
        _witness = bare(scanner)
        QTimer.singleShot(0, lambda: print("ready", flush=True))
        app.exec()
        return
    hall, floor, state = words
    _witness, program = product(scanner, hall, int(str(floor)), state)
    officer = QTimer(interval=_EVERY_MS)
    officer.timeout.connect(lambda: _sit_down(program.window, officer))
    officer.start()
    app.exec()
    program.stop()


if __name__ == "__main__":
    main()
