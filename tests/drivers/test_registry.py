import inspect
import os
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from config.model import devices
from config.model.devices import (
    AlsaSpeaker,
    EvdevScanner,
    LedSign,
    SerialPort,
    SerialScanner,
    TcpPort,
    WavFolderSpeaker,
)
from drivers import registry
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Scan, SignState
from drivers.scanners.keys import events_of
from drivers.sound.wav import silence


def declared_kinds() -> set[str]:
    kinds: set[str] = set()
    for _, model in inspect.getmembers(devices, inspect.isclass):
        kind = getattr(model, "model_fields", {}).get("kind")
        if kind is not None and get_origin(kind.annotation) is Literal:
            kinds.update(get_args(kind.annotation))
    return kinds


def test_the_registry_knows_exactly_the_kinds_of_the_configuration() -> None:
    assert set(registry.KINDS) == declared_kinds()


@pytest.mark.parametrize("kind", sorted(registry.KINDS))
def test_every_kind_has_its_driver(kind: str) -> None:
    driver = registry.driver_class(kind, "box")
    assert driver.__name__ == registry.KINDS[kind][1]
    assert {"status", "close"} <= set(dir(driver))


def test_simulators_are_of_kinds_that_have_a_driver() -> None:
    assert set(registry.SIMULATORS) <= set(registry.KINDS)
    for kind, (_, name) in registry.SIMULATORS.items():
        assert registry.simulator_class(kind).__name__ == name


def test_devices_on_a_wire_are_opened_and_work() -> None:
    master, slave = os.openpty()
    port = SerialPort(wire="serial", path=os.ttyname(slave))
    sign = registry.open_sign(LedSign(kind="led-sign", port=port, counter="q1"), "sign-1")
    sign.show(SignState("A-042"))
    assert b"A-042" in os.read(master, 100)
    sign.close()
    scanner = registry.open_scanner(SerialScanner(kind="serial-scanner", port=port), "scanner-1")
    os.write(master, b"A-042\r")
    scan = scanner.read(5)
    assert scan is not None
    assert scan.text == "A-042"
    scanner.close()
    os.close(slave)
    os.close(master)


def test_a_scanner_in_keyboard_mode_is_opened_and_works(tmp_path: Path) -> None:
    node = tmp_path / "event-kbd"
    os.mkfifo(node)
    plug = os.open(node, os.O_RDWR)
    settings = EvdevScanner(kind="evdev-scanner", path=str(node), grab=False)
    scanner = registry.open_scanner(settings, "scanner-2")
    os.write(plug, events_of("H56.14-240823-0001\r"))
    assert scanner.read(5) == Scan("H56.14-240823-0001")
    scanner.close()
    os.close(plug)


def test_loudspeakers_are_opened_and_work(tmp_path: Path) -> None:
    folder = registry.open_speaker(WavFolderSpeaker(kind="wav-folder", folder=str(tmp_path)), "w")
    folder.play(silence(0.1))
    assert (tmp_path / "000001.wav").exists()
    registry.open_speaker(AlsaSpeaker(kind="alsa", card="null"), "hall").close()


def test_a_device_that_is_not_there_is_named_in_the_error() -> None:
    port = TcpPort(wire="tcp", host="127.0.0.1", port=1)
    with pytest.raises(DeviceError) as missing:
        registry.open_scanner(SerialScanner(kind="serial-scanner", port=port), "scanner-7")
    assert (missing.value.device, missing.value.reason) == ("scanner-7", DeviceReason.NOT_FOUND)


def test_a_library_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.KINDS, "led-sign", ("no_such_library.sign", "LedSign"))
    port = TcpPort(wire="tcp", host="127.0.0.1", port=1)
    with pytest.raises(DeviceError) as missing:
        registry.open_sign(LedSign(kind="led-sign", port=port, counter="q1"), "sign-1")
    assert missing.value.reason is DeviceReason.LIBRARY_MISSING
    assert missing.value.detail == "no_such_library"


def test_a_driver_that_refuses_its_settings_leaves_the_port_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    master, slave = os.openpty()
    port = SerialPort(wire="serial", path=os.ttyname(slave))
    settings = LedSign(kind="led-sign", port=port, counter="q1")
    # Any callable that does not take a wire and settings refuses them.
    monkeypatch.setitem(registry.KINDS, "led-sign", ("os", "getpid"))
    with pytest.raises(TypeError):
        registry.open_sign(settings, "sign-1")
    monkeypatch.undo()
    registry.open_sign(settings, "sign-1").close()
    os.close(slave)
    os.close(master)
