"""The terminal with a real camera on the network: what it sees is shown while the officer looks, and its codes are read."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import qrcode
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from config.loading import load
from config.model.devices import CameraScanner
from counter_terminal.app import CounterProgram, compose
from counter_terminal.desk.events import FloorSeen
from drivers.simulators.camera import CameraServer, serve_http

DEMO = Path(__file__).parents[2] / "config" / "examples" / "demo.toml"
CODE = "H56.14-240823-0001"
PATIENCE = 15_000


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[CameraServer]:
    folder = tmp_path / "pictures"
    folder.mkdir()
    qrcode.make(CODE, box_size=8).convert("RGB").resize((640, 360)).save(folder / "1.jpg")
    server, stop, ready = CameraServer(0, folder, 30, 0.1), threading.Event(), threading.Event()
    thread = threading.Thread(target=serve_http, args=(server, stop, ready.set))
    thread.start()
    assert ready.wait(10)
    yield server
    stop.set()
    thread.join(10)


@pytest.fixture
def program(
    qtbot: QtBot, tmp_path: Path, camera: CameraServer, counter_view
) -> Iterator[CounterProgram]:
    """A terminal whose officer is at work; its hub is gone."""
    hall = load(DEMO, {"hub.floor_port": 9})
    seen = CameraScanner(kind="camera", source=camera.address)
    settings = hall.counter_terminals[0].model_copy(update={"scanner": seen})
    program = compose(hall, settings, tmp_path)
    qtbot.addWidget(program.window)
    program.window.resize(1366, 768)
    program.window.show()
    program.start()
    program._take(FloorSeen(counter_view(id=settings.counter), (), None))
    yield program
    program.stop()


@pytest.mark.slow
def test_the_picture_is_seen_until_the_officer_hides_it_and_codes_are_read(
    program: CounterProgram, camera: CameraServer, qtbot: QtBot
) -> None:
    window, live = program.window, program.window.live
    read = window.findChild(QLabel, "dossier-read")
    qtbot.waitUntil(lambda: not live.image.isNull(), timeout=PATIENCE)
    assert live.image.size().toTuple() == (256, 144)
    qtbot.waitUntil(lambda: read.text() == CODE, timeout=PATIENCE)
    toggle = window.findChild(QPushButton, "camera-toggle")
    qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert live.image.isNull()
    assert program._camera.wanted() is None
    qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not live.image.isNull(), timeout=PATIENCE)
    camera.ending.set()
    qtbot.waitUntil(lambda: not live.isVisible(), timeout=PATIENCE)
    assert live.image.isNull()
    assert "không hoạt động" in window.findChild(QLabel, "camera-state").text()
