"""The real kiosk, off-screen, with a citizen who takes one number after the other.

For each line `STATE FLOOR PRINTER` on standard input a subprocess becomes a kiosk and its process id is printed; it lives
until it is killed. With `--idle` it has no citizen: it only ends what an earlier life left. All modules are
imported before, once: that is what most of a start takes, and not what is tried.
"""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from config.loading import load
from kiosk.app import KioskProgram, compose
from kiosk.flow.screens import Button, Page, SlipState

DEMO: Final = Path(__file__).resolve().parents[2] / "config" / "examples" / "demo.toml"
SERVICE: Final = "land"
_EVERY_MS: Final = 20
_TAPS: Final = {
    Page.WELCOME: (Button.SERVICES, ""),
    Page.SERVICES: (Button.SERVICE, SERVICE),
    Page.CONFIRM: (Button.CONFIRM, ""),
    Page.REFUSED: (Button.DONE, ""),
    Page.TICKET: (Button.DONE, ""),
}


def _tap(program: KioskProgram) -> None:
    visit = program.flow.state.visit
    if visit.page in _TAPS and visit.slip is not SlipState.PRINTING:
        button, value = _TAPS[visit.page]
        program.view.stage.tap(button.value, value)


def main() -> None:
    """Fork kiosks until standard input ends; the kernel reaps dead processes."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            run_until_closed(line.split())
        print(child, flush=True)


def run_until_closed(words: Sequence[str]) -> None:
    """Be a kiosk of the demonstration's hall."""
    state, floor, printer = Path(words[0]), int(words[1]), int(words[2])
    changes = {
        "hub.floor_port": floor,
        "kiosks[0].printer.port.port": printer,
        "kiosks[0].scanner.port.path": "/nowhere",
    }
    hall = load(DEMO, changes)
    app = QApplication(sys.argv[:1])
    program = compose(hall, hall.kiosks[0], state)
    program.start()
    taps = QTimer(interval=_EVERY_MS)
    taps.timeout.connect(lambda: _tap(program))
    if "--idle" not in words:
        taps.start()
    app.exec()


if __name__ == "__main__":
    main()
