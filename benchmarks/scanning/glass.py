"""The kiosk as a process of its own, off-screen, that reports how late its tick was while it showed what its camera sees.

`python -m benchmarks.scanning.glass MODE SECONDS` with MODE `bare` is a timer and nothing else: the floor of the machine.
With `HALL FLOOR STATE CAMERA`: the product's kiosk at the hub on port FLOOR, on the page that asks for a dossier's code,
the camera's picture at its largest. MODE `decoding` is the product; with `watching` the decoder looks at nothing.
The figures come as one line of JSON.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPainter

from benchmarks.figures import percentile
from config.loading import load
from drivers.scanners.decoding.live import LiveDecoder
from kiosk.app import KioskProgram, compose
from kiosk.flow.events import Scanned
from kiosk.flow.screens import Button, Page
from kiosk.views.viewfinder import Viewfinder

SIZE: Final = (1080, 1920)
TICK_MS: Final = 16
WARM_UP_MS: Final = 3_000
_EVERY_MS: Final = 50


class Tick(QObject):
    """Notes how late each tick of a timer is, how long the thread waited for a processor since the last, and how long it worked."""

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self.waited_ms: list[float] = []
        self.worked_ms: list[float] = []
        self._due = self._waited = self._worked = 0.0
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)

    def start(self) -> None:
        """Begin."""
        self._due = time.perf_counter() + TICK_MS / 1e3
        self._waited, self._worked = _waited_ms(), time.thread_time() * 1e3
        self._timer.start()

    def _note(self) -> None:
        late = time.perf_counter() - self._due
        waited, worked = _waited_ms(), time.thread_time() * 1e3
        self.late_ms.append(max(0.0, late * 1e3))
        self.waited_ms.append(waited - self._waited)
        self.worked_ms.append(worked - self._worked)
        self._waited, self._worked = waited, worked
        # What was due meanwhile Qt leaves out: the tick is late since the first of those.
        self._due += TICK_MS / 1e3 * (1 + max(0, int(late * 1e3 // TICK_MS)))


def _waited_ms() -> float:
    """How long this thread has waited for a processor, ready to run, since it began."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e6


class Counted:
    """How many pictures were painted and how many codes were read."""

    def __init__(self) -> None:
        self.pictures = self.codes = 0
        self._last = 0
        painted = Viewfinder.paint

        def paint(finder: Viewfinder, painter: QPainter) -> None:
            painted(finder, painter)
            key = finder.camera.image.cacheKey() if finder.camera else 0  # type: ignore[attr-defined]  # a property of Qt
            self.pictures += key != self._last
            self._last = key

        Viewfinder.paint = paint  # type: ignore[method-assign,assignment]  # the product has no use for a count

    def listen(self, program: KioskProgram) -> None:
        """Count the codes that come to this kiosk."""
        handle = program.flow.handle

        def heard(event: object) -> object:
            self.codes += isinstance(event, Scanned)
            return handle(event)  # type: ignore[arg-type]  # handed on as it came

        program.flow.handle = heard  # type: ignore[method-assign,assignment]  # the product has no use for a count


def glass(hall: Path, floor: int, state: Path, camera: str) -> KioskProgram:
    """The kiosk, on its way to the page of a dossier's code."""
    device = {"kind": "camera", "source": camera}
    changes = {"hub.floor_port": floor, "kiosks[0].scanner": device}
    installation = load(hall, changes)
    state.mkdir(exist_ok=True)
    program = compose(installation, installation.kiosks[0], state)
    program.view.resize(*SIZE)
    program.view.show()
    program.start()
    return program


def _go(program: KioskProgram, there: Callable[[], None], timer: QTimer) -> None:
    """To the page of a dossier's code, once the hub and the camera are there."""
    page = program.flow.picture()
    if page.screen.page is Page.WELCOME and page.has_preview:
        program.view.stage.tapped.emit(Button.DOSSIER, "")
    elif page.screen.page is Page.DOSSIER and page.has_preview:
        timer.stop()
        there()


def main() -> None:
    """Run the event loop for this many seconds after a warm-up, and print the figures."""
    os.environ["QT_QPA_PLATFORM"], os.environ["QT_QUICK_BACKEND"] = "offscreen", "software"
    mode, seconds, *words = sys.argv[1:]
    app = QGuiApplication(sys.argv[:1])
    tick, counted = Tick(), Counted()
    began: list[float] = []

    def begin() -> None:
        counted.pictures = counted.codes = 0
        began[:] = [time.perf_counter(), time.process_time(), time.thread_time()]
        tick.start()
        QTimer.singleShot(int(float(seconds) * 1e3), QCoreApplication.quit)

    def settle() -> None:
        QTimer.singleShot(WARM_UP_MS, begin)

    if not words:
        settle()
        app.exec()
        _tell(tick, counted, began)
        return
    if mode == "watching":
        LiveDecoder.look = lambda *_: ()  # type: ignore[method-assign]  # the cost of the decoder is measured
    hall, floor, state, camera = words
    program = glass(Path(hall), int(floor), Path(state), camera)
    counted.listen(program)
    way = QTimer(interval=_EVERY_MS)
    way.timeout.connect(lambda: _go(program, settle, way))
    way.start()
    app.exec()
    _tell(tick, counted, began)
    program.stop()


def _tell(tick: Tick, counted: Counted, began: list[float]) -> None:
    wall = time.perf_counter() - began[0]
    latest = max(range(len(tick.late_ms)), key=tick.late_ms.__getitem__)
    told = {
        "painted": counted.pictures / wall,
        "codes": counted.codes,
        "seconds": wall,
        "max": tick.late_ms[latest],
        "waited": tick.waited_ms[latest],
        "worked": tick.worked_ms[latest],
        "most_work": max(tick.worked_ms),
        "p99": percentile(tick.late_ms, 0.99),
        "cpu": (time.process_time() - began[1]) / wall,
        "ui_cpu": (time.thread_time() - began[2]) / wall,
    }
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
