"""The whole terminal: a real hub, a real window, a scanner on a real serial line."""

import asyncio
import json
import os
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
import qrcode
from PIL import Image
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTextBrowser
from pytestqt.qtbot import QtBot
from websockets.sync.client import connect

from config.loading import load
from config.model import Installation
from config.planning import floor_plan
from counter_terminal.app import CounterProgram, compose
from drivers.scanners.presentation import GUN
from drivers.simulators.scanner import serve_pty
from drivers.slip import Barcode
from drivers.spool.file import spool_file
from drivers.spool.store import SpoolStore
from hub.messages import Condition
from hub.running import HubOptions, RunningHub, serve
from service_floor.zone import ZONE

pytestmark = pytest.mark.floor

DEMO = Path(__file__).parents[2] / "config" / "examples" / "demo.toml"
REGISTER = DEMO.with_name("demo-dossiers.csv")
LOOPS: dict[str, asyncio.AbstractEventLoop] = {}
OVER: dict[str, asyncio.Event] = {}
T = TypeVar("T")
NO_PIN = {"hub.officer_sign_in": "name"}
CODE = "H56.14-261102-0001"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with a_hub(tmp_path / "data") as running:
        yield running


@contextmanager
def a_hub(data: Path, port: int = 0) -> Iterator[RunningHub]:
    """A hub with the demonstration's hall and register, in a thread of its own."""
    hall = load(DEMO, NO_PIN)
    plan = floor_plan(hall, datetime.now(ZONE).date())
    up, over = threading.Event(), asyncio.Event()
    running: list[RunningHub] = []
    loop = asyncio.new_event_loop()

    async def run_until_closed() -> None:
        async with serve(hall, plan, HubOptions(data, floor_port=port)) as hub:
            hub.register.import_file(REGISTER)
            running.append(hub)
            LOOPS[hub.floor], OVER[hub.floor] = loop, over
            up.set()
            await over.wait()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(run_until_closed())

    thread = threading.Thread(target=run)
    thread.start()
    assert up.wait(20)
    try:
        yield running[0]
    finally:
        with suppress(RuntimeError):  # A test has ended it before.
            loop.call_soon_threadsafe(over.set)
        thread.join(20)


@pytest.fixture
def hall(hub: RunningHub, tmp_path: Path) -> Installation:
    return load(
        DEMO,
        {
            **NO_PIN,
            "hub.floor_port": int(hub.floor.rsplit(":", 1)[1]),
            "counter_terminals[0].scanner.port.path": str(tmp_path / "scanner"),
        },
    )


def read_on(program: CounterProgram, qtbot: QtBot, text: str) -> None:
    """Wait until the card of a scan says this."""
    card = program.window.findChild(QTextBrowser, "dossier-lines")
    qtbot.waitUntil(lambda: text in card.toPlainText(), timeout=10_000)


@pytest.fixture
def program(hall: Installation, qtbot: QtBot, tmp_path: Path) -> Iterator[CounterProgram]:
    program = compose(hall, hall.counter_terminals[0], tmp_path / "state")
    qtbot.addWidget(program.window)
    program.window.resize(1366, 768)
    program.window.show()
    program.start()
    yield program
    program.stop()


@contextmanager
def a_scanner(path: Path) -> Iterator[Callable[[str], None]]:
    """A scanner at `path`; what it is given to read, it sends."""
    out, into = os.pipe()
    stop, ready = threading.Event(), threading.Event()
    thread = threading.Thread(target=serve_pty, args=(path, out, stop, ready.set))
    thread.start()
    assert ready.wait(5)

    def scan(code: str) -> None:
        os.write(into, f"{code}\n".encode())

    try:
        yield scan
    finally:
        stop.set()
        thread.join(5)
        os.close(into)
        os.close(out)


def issue(hub: RunningHub, service: str) -> str:
    """A citizen takes a ticket at the kiosk; its number."""
    with connect(hub.floor, compression=None, proxy=None) as wire:
        wire.send(json.dumps({"t": "hello", "device": "kiosk-1", "token": "demo-token-of-kiosk-1"}))
        wire.recv(5)
        command = {"kind": "issue_ticket", "services": [service]}
        wire.send(json.dumps({"t": "cmd", "req": os.urandom(8).hex(), "cmd": command}))
        while True:
            frame = json.loads(wire.recv(5))
            if frame["t"] == "answer":
                return str(frame["result"]["ticket"]["number"])


def press(program: CounterProgram, name: str, qtbot: QtBot) -> None:
    def ready() -> QAbstractButton | None:
        found = program.window.findChildren(QAbstractButton, name)
        return next((b for b in found if b.isVisible() and b.isEnabled()), None)

    qtbot.waitUntil(lambda: ready() is not None, timeout=10_000)
    button = ready()
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def shows(program: CounterProgram, name: str, text: str, qtbot: QtBot) -> None:
    label = program.window.findChild(QLabel, name)
    qtbot.waitUntil(lambda: text in label.text(), timeout=10_000)


def test_an_officer_signs_in_calls_serves_and_finishes(
    hub: RunningHub, program: CounterProgram, qtbot: QtBot
) -> None:
    number = issue(hub, "certification")
    press(program, "officer-an", qtbot)
    press(program, "open", qtbot)
    press(program, "call-next", qtbot)
    shows(program, "number", number, qtbot)
    press(program, "start", qtbot)
    shows(program, "state", "Đang phục vụ", qtbot)
    press(program, "reprint", qtbot)
    press(program, "choose-lost", qtbot)
    shows(program, "paper", "Đang in lại phiếu tại kiosk-1 (lần 1)", qtbot)
    press(program, "finish", qtbot)
    shows(program, "number", "–", qtbot)
    press(program, "call-next", qtbot)
    shows(program, "notice", "Không có ai chờ", qtbot)


def test_a_scan_on_the_serial_line_shows_the_dossier(
    program: CounterProgram, qtbot: QtBot, tmp_path: Path
) -> None:
    press(program, "officer-an", qtbot)
    with a_scanner(tmp_path / "scanner") as scan:
        shows(program, "strip-scanner", "chưa rõ", qtbot)
        scan(CODE)
        shows(program, "standing", "QUÁ HẠN", qtbot)
        shows(program, "dossier-read", CODE, qtbot)
        # The next paper comes as late as a hand brings it: two codes at once would be a choice.
        next_paper = time.monotonic() + GUN.beside
        qtbot.waitUntil(lambda: time.monotonic() > next_paper)
        scan("H56.14-261102-9999")
        shows(program, "dossier-read", "9999", qtbot)
        shows(program, "standing", "", qtbot)


class Opener(QObject):
    """Stands where the desktop would open an address."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, address: QUrl) -> None:
        self.opened.append(address.toString())


@pytest.fixture
def opener() -> Iterator[Opener]:
    opener, schemes = Opener(), ("http", "https", "file", "javascript")
    for scheme in schemes:
        QDesktopServices.setUrlHandler(scheme, opener, "open")
    yield opener
    for scheme in schemes:
        QDesktopServices.unsetUrlHandler(scheme)


def test_hostile_codes_on_the_serial_line_are_told_and_never_opened(
    program: CounterProgram, qtbot: QtBot, tmp_path: Path, opener: Opener
) -> None:
    press(program, "officer-an", qtbot)
    qtbot.waitUntil(lambda: program.window.is_at_work, timeout=10_000)
    with a_scanner(tmp_path / "scanner") as scan:
        shows(program, "strip-scanner", "chưa rõ", qtbot)
        for code, seen in [
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("\u202ehttp://evil.example/?q=<b>\u2066x", "http://evil.example/?q=<b>x"),
            ("file:///etc/" + "x" * 3_000, f"file:///etc/{'x' * 48}…"),
        ]:
            scan(code)
            shows(program, "dossier-read", seen, qtbot)
            read_on(program, qtbot, "Đây không phải mã hồ sơ hay phiếu số.")
        scan("\x1b]0;A\x07 B\x00C")
        read_on(program, qtbot, "Máy quét gửi mã bị hỏng.")
        scan("H99.14-261102-0001")
        read_on(program, qtbot, "thuộc trung tâm khác")
        scan("00112233445566ff")
        shows(program, "notice", "Phiếu này không phải của hôm nay", qtbot)
    assert opener.opened == []


def test_what_is_scanned_while_the_hub_is_away_is_looked_up_once_it_is_back(
    hub: RunningHub, program: CounterProgram, qtbot: QtBot, tmp_path: Path
) -> None:
    press(program, "officer-an", qtbot)
    qtbot.waitUntil(lambda: program.window.is_at_work, timeout=10_000)
    LOOPS[hub.floor].call_soon_threadsafe(OVER[hub.floor].set)
    shows(program, "strip-connection", "MẤT KẾT NỐI", qtbot)
    with a_scanner(tmp_path / "scanner") as scan:
        shows(program, "strip-scanner", "chưa rõ", qtbot)
        scan(CODE)
        read_on(program, qtbot, f"Mã {CODE} sẽ được tra ngay khi có lại")
    with a_hub(tmp_path / "data", int(hub.floor.rsplit(":", 1)[1])):
        shows(program, "standing", "QUÁ HẠN", qtbot)


def test_without_a_hub_the_terminal_says_so(
    hall: Installation, qtbot: QtBot, tmp_path: Path
) -> None:
    alone = load(DEMO, {"hub.floor_port": 1})
    program = compose(alone, alone.counter_terminals[1], tmp_path / "state")
    qtbot.addWidget(program.window)
    program.window.show()
    program.start()
    try:
        shows(program, "strip-connection", "MẤT KẾT NỐI", qtbot)
    finally:
        program.stop()


def test_a_new_terminal_is_enrolled_and_asks_for_a_pin(
    hub: RunningHub, hall: Installation, qtbot: QtBot, tmp_path: Path
) -> None:
    new = hall.counter_terminals[1].model_copy(update={"token": None})
    asked = hall.hub.model_copy(update={"officer_sign_in": "pin"})
    program = compose(hall.model_copy(update={"hub": asked}), new, tmp_path)
    qtbot.addWidget(program.window)
    program.window.show()
    program.start()
    try:
        shows(program, "enrol-code", "-", qtbot)
        code = program.window.findChild(QLabel, "enrol-code").text()
        assert on_loop(hub, hub.authentication.approve(code, "terminal-2", "tech")) is None
        press(program, "officer-an", qtbot)
        field = program.window.findChild(QLineEdit, "pin")
        qtbot.waitUntil(field.isEnabled)
        qtbot.keyClicks(field, "482913")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        shows(program, "pin-notice", "chưa có mã PIN", qtbot)
        assert on_loop(hub, hub.authentication.revoke("terminal-2", "boss"))
        shows(program, "enrol-notice", "thu hồi", qtbot)
    finally:
        program.stop()


def on_loop(hub: RunningHub, deed: Coroutine[Any, Any, T]) -> T:
    """Have the hub's own loop do this, as its console does."""
    return asyncio.run_coroutine_threadsafe(deed, LOOPS[hub.floor]).result(10)


def test_a_code_that_a_scanner_types_into_the_window_shows_the_dossier(
    program: CounterProgram, qtbot: QtBot
) -> None:
    press(program, "officer-an", qtbot)
    qtbot.waitUntil(lambda: program.window.is_at_work, timeout=10_000)
    program.window.activateWindow()
    button = program.window.findChild(QAbstractButton, "open")
    button.setFocus()
    qtbot.waitUntil(program.window.isActiveWindow, timeout=10_000)
    QTest.keyClicks(button, CODE)
    QTest.keyClick(button, Qt.Key.Key_Return)
    shows(program, "dossier-read", CODE, qtbot)


def test_a_scanner_that_types_signs_nobody_in(program: CounterProgram, qtbot: QtBot) -> None:
    shows(program, "strip-connection", "Đã kết nối", qtbot)
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow, timeout=10_000)
    officer = program.window.findChild(QAbstractButton, "officer-an")
    officer.setFocus()
    QTest.keyClicks(officer, CODE)
    QTest.keyClick(officer, Qt.Key.Key_Return)
    QTest.keyClick(officer, Qt.Key.Key_Return)
    shows(program, "sign-in-notice", "Chưa có công chức nhận ca", qtbot)
    assert program.window.findChild(QLabel, "strip-officer").text() == ""


def drop(program: CounterProgram, path: Path) -> None:
    data, none = QMimeData(), Qt.KeyboardModifier.NoModifier
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    # Qt gives a drop to whoever took the drag.
    enter = QDragEnterEvent(QPoint(40, 40), copy, data, left, none)
    QApplication.sendEvent(program.window, enter)
    QApplication.sendEvent(program.window, QDropEvent(QPointF(40, 40), copy, data, left, none))


def test_a_pdf_dropped_on_the_window_shows_the_dossier(
    program: CounterProgram, qtbot: QtBot, tmp_path: Path
) -> None:
    slip, letter = tmp_path / "slip.pdf", tmp_path / "letter.pdf"
    qrcode.make(CODE).get_image().convert("L").save(slip, "PDF", resolution=150)
    Image.new("L", (300, 300), "white").save(letter, "PDF")
    card = program.window.findChild(QTextBrowser, "dossier-lines")
    press(program, "officer-an", qtbot)
    qtbot.waitUntil(lambda: program.window.is_at_work, timeout=10_000)

    drop(program, slip)
    assert "Đang đọc tệp…" in card.toPlainText()
    drop(program, letter)
    assert "Đang đọc tệp trước" in card.toPlainText()
    shows(program, "dossier-read", CODE, qtbot)
    shows(program, "standing", "QUÁ HẠN", qtbot)

    drop(program, letter)
    qtbot.waitUntil(lambda: "Không thấy mã" in card.toPlainText(), timeout=10_000)
    slip.write_bytes(b"%PDF-1.7")
    drop(program, slip)
    qtbot.waitUntil(lambda: "đã hỏng" in card.toPlainText(), timeout=10_000)


def test_an_officer_prints_the_appointment_of_a_dossier(
    hub: RunningHub, hall: Installation, qtbot: QtBot, tmp_path: Path
) -> None:
    """Nobody listens where the printer is said to be: the slip waits for it, the officer sees that, and the hub is told."""
    printer = hall.kiosks[0].printer
    assert printer is not None
    nowhere = printer.port.model_copy(update={"port": 1})
    own = {"printer": printer.model_copy(update={"port": nowhere})}
    program = compose(hall, hall.counter_terminals[1].model_copy(update=own), tmp_path)
    qtbot.addWidget(program.window)
    program.window.show()
    program.start()
    try:
        press(program, "officer-an", qtbot)
        field = program.window.findChild(QLineEdit, "dossier-code")
        qtbot.waitUntil(lambda: program.window.is_at_work, timeout=10_000)
        qtbot.keyClicks(field, CODE)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        press(program, "dossier-papers", qtbot)
        press(program, "choose-appointment", qtbot)
        shows(program, "printing", "in", qtbot)
        shows(program, "strip-printer", "Máy in: không tìm thấy", qtbot)
        shows(program, "printing", "Chờ máy in: không tìm thấy", qtbot)
        gone = ("terminal-2", (Condition.NOT_FOUND,))
        qtbot.waitUntil(
            lambda: gone in ((each.device, each.conditions) for each in hub.health().attached),
            timeout=10_000,
        )
    finally:
        program.stop()
    with closing(SpoolStore(spool_file(tmp_path, "terminal-2"))) as spool:
        (job,) = spool.unsettled()
    assert job.id.startswith(f"appointment-{CODE}#")
    assert any(isinstance(block, Barcode) and block.data == CODE for block in job.slip.blocks)
