import os
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.model.devices import LedSign as SignSettings
from config.model.devices import SerialPort
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Health, SignState
from drivers.registry import open_sign
from drivers.transports.shared import SharedWires


class Terminal:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.port = SerialPort(wire="serial", path=str(path))
        self.plug()

    def plug(self) -> None:
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        self.path.symlink_to(os.ttyname(self.slave))

    def unplug(self) -> None:
        self.path.unlink()
        os.close(self.slave)
        os.close(self.master)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    place = Terminal(tmp_path / "rs485")
    yield place
    place.unplug()


def reason(use: object) -> DeviceReason:
    assert callable(use)
    with pytest.raises(DeviceError) as refused:
        use()
    assert refused.value.device == "b"
    return refused.value.reason


def test_several_devices_write_on_one_port_each_in_one_piece(terminal: Terminal) -> None:
    wires = SharedWires()
    shares = [wires.open(terminal.port, f"sign-{n}") for n in range(4)]
    lines = [bytes([65 + n]) * 50 + b"\n" for n in range(4)]
    writers = [
        threading.Thread(target=lambda s=share, d=line: [s.write(d, 5) for _ in range(20)])
        for share, line in zip(shares, lines, strict=True)
    ]
    for writer in writers:
        writer.start()
    heard = b""
    while len(heard) < 4 * 20 * 51:
        heard += os.read(terminal.master, 4096)
    for writer in writers:
        writer.join(5)
    assert sorted(heard.splitlines(keepends=True)) == sorted(lines * 20)
    for share in shares:
        share.close()


def test_the_port_is_free_when_the_last_share_is_given_back(terminal: Terminal) -> None:
    wires, others = SharedWires(), SharedWires()
    first, second = wires.open(terminal.port, "a"), wires.open(terminal.port, "b")
    first.close()
    first.close()
    assert second.write(b"x", 1) == 1
    assert reason(lambda: others.open(terminal.port, "b")) is DeviceReason.BUSY
    second.close()
    assert reason(lambda: second.write(b"x", 1)) is DeviceReason.DISCONNECTED
    others.open(terminal.port, "b").close()


def test_a_broken_line_is_dead_for_all_and_opened_again_for_all(terminal: Terminal) -> None:
    wires = SharedWires()
    old = [wires.open(terminal.port, name) for name in "ab"]
    terminal.unplug()
    with pytest.raises(DeviceError):
        old[0].read(10, 1)
    assert reason(lambda: old[1].write(b"x", 1)) is DeviceReason.DISCONNECTED
    assert reason(lambda: wires.open(terminal.port, "b")) is DeviceReason.NOT_FOUND
    terminal.plug()
    fresh = [wires.open(terminal.port, name) for name in "ab"]
    for share in old:
        share.close()
    assert reason(lambda: old[1].read(10, 0)) is DeviceReason.DISCONNECTED
    for share in fresh:
        assert share.write(b"x", 1) == 1
        share.close()


def test_a_device_that_gets_no_turn_waits_no_longer_than_its_deadline(terminal: Terminal) -> None:
    wires = SharedWires()
    loud, quiet = wires.open(terminal.port, "a"), wires.open(terminal.port, "b")
    stalled = threading.Thread(target=lambda: loud.write(bytes(100_000), 0.5))
    stalled.start()
    while not wires._lines[terminal.port]._turn.locked():
        threading.Event().wait(0.001)
    assert quiet.write(b"x", 0.02) == 0
    assert quiet.read(1, 0) == b""
    stalled.join(5)
    loud.close()
    quiet.close()


def test_the_signs_of_one_line_show_each_its_own_number(terminal: Terminal) -> None:
    signs = [
        open_sign(
            SignSettings(kind="led-sign", port=terminal.port, address=n, counter=f"c{n}"), f"s{n}"
        )
        for n in range(1, 12)
    ]
    for number, sign in enumerate(signs, 1):
        sign.show(SignState(f"A-{number:03d}"))
        assert sign.status().health is Health.UNKNOWN
        assert os.read(terminal.master, 4096).startswith(
            f"\x02{number:02d}SA-{number:03d}".encode()
        )
        sign.close()
