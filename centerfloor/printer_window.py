"""Window of the simulated printer: the paper as it comes out, the printer's state, and buttons for cover, roll,
cutter and power."""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Event, Thread
from typing import Any

from PIL import Image
from PySide6.QtCore import QMetaObject, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from centerfloor.windows import run_until_closed
from drivers.simulators.printer.bench import PrinterView, Setup
from drivers.simulators.printer.control import tell
from plumbing.sentences import load_sentences

Say = Callable[..., str]

_MOST_DOTS = 4000
_GAP_DOTS = 24
_GREY = 160
_SCALE = 0.75

_CONTROLS = {
    "cover": ("cover_open", "cover open", "cover shut"),
    "paper": ("paper_out", "paper out", "paper in"),
    "cutter": ("cutter", "cutter block", "cutter free"),
    "power": ("power_off", "power off", "power on"),
}
"""For each button: the state that it shows, the order that brings it about, and the one that undoes it."""


class PrinterWindow(QWidget):
    """Shows what `show_look` is given, from any thread; a pressed button passes its order to the callback
    `on_order`."""

    _looked = Signal(object)

    def __init__(self, say: Say, on_order: Callable[[str], None]) -> None:
        super().__init__()
        self._say = say
        self._on_order = on_order
        self._buttons = {name: QPushButton() for name in _CONTROLS}
        self._paper, self._status, self._figures = QLabel(), QLabel(), QLabel()
        self.setWindowTitle(say("printer_window.title"))
        self.resize(820, 760)
        self._lay_out()
        self._seen: dict[str, bool] = {}
        self._show_state({"power": True})
        self._looked.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def show_look(self, look: PrinterView) -> None:
        """Show the printer's present state."""
        self._looked.emit(look)

    def _lay_out(self) -> None:
        self._paper.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._paper)
        self._scroll.setWidgetResizable(True)
        bar = self._scroll.verticalScrollBar()
        # The end of the paper, at the bottom, was printed last.
        bar.rangeChanged.connect(lambda _least, most: bar.setValue(most))
        side = QVBoxLayout()
        self._status.setWordWrap(True)
        self._status.setStyleSheet("font-size: 20px; font-weight: 600")
        side.addWidget(self._status)
        side.addWidget(self._figures)
        for name, button in self._buttons.items():
            button.setMinimumHeight(44)
            button.clicked.connect(lambda _checked=False, name=name: self._press(name))
            side.addWidget(button)
        side.addStretch()
        column = QWidget()
        column.setFixedWidth(260)
        column.setLayout(side)
        row = QHBoxLayout(self)
        row.addWidget(self._scroll)
        row.addWidget(column)

    def _take(self, look: PrinterView) -> None:
        self._paper.setPixmap(_pixmap(_with_last_slip(look)))
        self._show_state(look.state)

    def _show_state(self, state: Mapping[str, Any]) -> None:
        faults = state.get("faults", [])
        self._seen = {
            "power_off": not state["power"],
            "cover_open": bool(state.get("cover_open")),
            "paper_out": bool(state.get("paper_out")),
            "jammed": bool(state.get("jammed")),
            "cutter": "cutter" in faults or bool(state.get("jammed")),
            "head_hot": "head-hot" in faults,
            "broken": "broken" in faults,
            "near_end": bool(state.get("near_end")),
            "busy": bool(state.get("busy")),
        }
        told = (name for name, is_so in self._seen.items() if is_so and name != "cutter")
        self._status.setText(self._say(f"printer_window.{next(told, 'ready')}"))
        left = state.get("paper_left_mm")
        figures = {"cuts": state.get("cuts", 0), "bytes": state.get("buffered", 0)}
        lines = [self._say("printer_window.figures", **figures)]
        if left is not None:
            lines.append(self._say("printer_window.paper_left", left=left))
        self._figures.setText("\n".join(lines))
        for name, button in self._buttons.items():
            seen, _, _ = _CONTROLS[name]
            done = "undo" if self._seen[seen] else "do"
            button.setText(self._say(f"printer_window.{name}_{done}"))

    def _press(self, name: str) -> None:
        seen, bring_about, undo = _CONTROLS[name]
        self._on_order(undo if self._seen[seen] else bring_about)


class PrinterThread:
    """The printer in its thread, for `run_until_closed`; `serve` runs until the event, `failed` is the exception
    that ended it."""

    def __init__(self, serve: Callable[[Event], None]) -> None:
        self.failed: OSError | None = None
        self._serve = serve
        self._stop = Event()
        self._thread = Thread(target=self._run, name="simulated-printer", daemon=True)

    def start(self) -> None:
        """Start the printer's thread."""
        self._thread.start()

    def stop(self) -> None:
        """End the printer and its thread."""
        self._stop.set()
        self._thread.join(5)

    def _run(self) -> None:
        try:
            self._serve(self._stop)
        except OSError as error:
            self.failed = error
            # Queued: a quit before the loop runs would be lost.
            if app := QApplication.instance():
                QMetaObject.invokeMethod(app, "quit", Qt.ConnectionType.QueuedConnection)


def run_in_window(serve: Callable[[Setup, Event], None], setup: Setup, language: str) -> None:
    """Run the printer with a window until it is closed or a signal comes; raises OSError if its port cannot be used."""

    def order(what: str) -> None:
        with contextlib.suppress(OSError):  # the printer may be ending
            tell(setup.out, what)

    app = QApplication([])
    window = PrinterWindow(load_sentences("centerfloor", language).say, order)
    seen = replace(setup, watch=window.show_look)
    program = PrinterThread(lambda stop: serve(seen, stop))
    window.show()
    run_until_closed(app, program, "window")
    if program.failed is not None:
        raise program.failed


def _with_last_slip(look: PrinterView) -> Image.Image:
    """The slip that was cut last, a gap, and the paper that is coming out."""
    paper = _end_of(look.paper)
    if look.last_slip is None:
        return paper
    slip = _end_of(look.last_slip)
    whole = Image.new("L", (paper.width, slip.height + _GAP_DOTS + paper.height), _GREY)
    whole.paste(slip, (0, 0))
    whole.paste(paper, (0, slip.height + _GAP_DOTS))
    return whole


def _end_of(paper: Image.Image) -> Image.Image:
    return paper.crop((0, max(0, paper.height - _MOST_DOTS), paper.width, paper.height))


def _pixmap(picture: Image.Image) -> QPixmap:
    width, height = picture.size
    image = QImage(picture.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
    return QPixmap.fromImage(
        image.scaledToWidth(round(width * _SCALE), Qt.TransformationMode.SmoothTransformation)
    )
