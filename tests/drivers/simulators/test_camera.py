import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import qrcode

from config.model.devices import CameraScanner as Settings
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import CodeScanner, Health, Sight
from drivers.registry import open_scanner
from drivers.scanners.preview import NewestPreview
from drivers.simulators.camera import CameraServer, serve_http


@contextmanager
def camera(folder: Path, fault: str | None = None) -> Iterator[str]:
    server, stop, ready = CameraServer(0, folder, 50, 0.3), threading.Event(), threading.Event()
    server.fault = fault
    thread = threading.Thread(target=serve_http, args=(server, stop, ready.set))
    thread.start()
    assert ready.wait(10)
    yield server.address
    stop.set()
    thread.join(10)


@contextmanager
def opened(address: str, viewer: NewestPreview | None = None) -> Iterator[CodeScanner]:
    settings = Settings(kind="camera", source=address)
    scanner = open_scanner(settings, "eye", viewer)
    yield scanner
    scanner.close()


def read_on(scanner: CodeScanner) -> None:
    for _ in range(100):
        scanner.read(1)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    for n, text in enumerate(("H56.14-240823-0001", "Hồ sơ của Nguyễn Thị Ấu Thơ")):
        qrcode.make(text, box_size=8).convert("RGB").resize((1280, 720)).save(tmp_path / f"{n}.png")
    return tmp_path


@pytest.mark.slow
def test_a_camera_reads_what_is_held_before_it_once_and_shows_it(pictures: Path) -> None:
    shown = threading.Event()
    viewer = NewestPreview(shown.set)
    viewer.want(Sight(480, 300))
    with camera(pictures) as address, opened(address, viewer) as scanner:
        texts = [scan.text for scan in (scanner.read(20), scanner.read(20)) if scan]
        assert texts == ["H56.14-240823-0001", "Hồ sơ của Nguyễn Thị Ấu Thơ"]
        assert scanner.status().health is Health.READY
        assert shown.wait(5)
    preview = viewer.take()
    assert preview
    assert (preview.width, preview.height, preview.pixels.nbytes) == (480, 270, 480 * 270 * 4)


def test_a_camera_that_is_unplugged_is_lost(pictures: Path) -> None:
    with camera(pictures, "unplug") as address, opened(address) as scanner:
        with pytest.raises(DeviceError) as lost:
            read_on(scanner)
        assert lost.value.reason is DeviceReason.DISCONNECTED
        assert scanner.status().health is Health.FAULT


def test_a_frozen_camera_is_not_taken_for_a_calm_one(
    pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drivers.scanners.camera.PATIENCE_SECONDS", 1.0)
    with camera(pictures, "frozen") as address, opened(address) as scanner:
        with pytest.raises(DeviceError) as lost:
            read_on(scanner)
        assert lost.value.reason in {DeviceReason.TIMEOUT, DeviceReason.DISCONNECTED}


@pytest.mark.parametrize("source", ["/dev/video-none", "http://user:secret@127.0.0.1:1/x"])
def test_a_camera_that_is_not_there_is_named_without_its_password(source: str) -> None:
    with pytest.raises(DeviceError) as missing, opened(source):
        pass
    assert missing.value.reason is DeviceReason.NOT_FOUND
    assert "secret" not in str(missing.value)
