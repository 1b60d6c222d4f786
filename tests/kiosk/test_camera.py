"""The kiosk with a real camera on the network: its picture on the glass, its codes read, and what is told when it goes."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import qrcode

from config.loading import load
from config.model.devices import CameraScanner
from drivers.protocols import Health
from drivers.simulators.camera import CameraServer, serve_http
from kiosk.app import KioskProgram, compose
from kiosk.flow.events import Connected
from kiosk.flow.screens import Button, Page

DEMO = Path(__file__).parents[2] / "config" / "examples" / "demo.toml"
CODE = "H56.14-240823-0001"
PATIENCE = 15_000


@pytest.fixture
def camera(tmp_path) -> Iterator[CameraServer]:
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
def program(qtbot, tmp_path, camera) -> Iterator[KioskProgram]:
    """A kiosk that believes its hub to be there."""
    hall = load(DEMO, {"hub.floor_port": 9})
    seen = CameraScanner(kind="camera", source=camera.address)
    settings = hall.kiosks[0].model_copy(update={"scanner": seen, "printer": None})
    program = compose(hall, settings, tmp_path)
    program.view.resize(1080, 1920)
    program.view.show()
    program._take(Connected())
    program.start()
    yield program
    program.stop()


@pytest.mark.slow
def test_the_picture_is_seen_while_its_page_is_shown_and_nothing_of_it_stays(
    program, camera, qtbot
) -> None:
    live, flow = program.view.stage.live, program.flow
    qtbot.waitUntil(lambda: flow.state.visit.inquiry.code == CODE, timeout=PATIENCE)
    assert flow.picture().screen.page is Page.DOSSIER
    qtbot.waitUntil(lambda: live.image.size().toTuple() == (640, 360), timeout=PATIENCE)
    for button in (Button.HOME, Button.SERVICES):
        program.view.stage.tapped.emit(button, "")
    assert live.image.isNull()
    assert program._camera.wanted() is None
    camera.ending.set()
    qtbot.waitUntil(lambda: flow.state.known.scanner is Health.FAULT, timeout=PATIENCE)
    program.view.stage.tapped.emit(Button.HOME, "")
    assert "không hoạt động" in flow.picture().screen.scan_hint
    assert live.image.isNull()
