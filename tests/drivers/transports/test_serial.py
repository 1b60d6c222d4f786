import os
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.errors import DeviceError, DeviceReason
from drivers.transports.serial import SerialTransport, _drain


@pytest.fixture
def terminal() -> Iterator[tuple[int, str]]:
    master, slave = os.openpty()
    tty.setraw(slave)
    yield master, os.ttyname(slave)
    os.close(slave)
    os.close(master)


def opening_error(path: str) -> DeviceError:
    with pytest.raises(DeviceError) as refused:
        SerialTransport(path, 9600, "none", device="sign")
    return refused.value


def test_a_missing_port_is_not_found(tmp_path: Path) -> None:
    error = opening_error(str(tmp_path / "ttyUSB9"))
    assert error.reason is DeviceReason.NOT_FOUND
    assert "ttyUSB9" in error.detail


def test_a_file_that_is_no_terminal_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "notes"
    file.write_text("x")
    assert opening_error(str(file)).reason is DeviceReason.FAULT


def test_a_port_has_one_owner(terminal: tuple[int, str]) -> None:
    _, path = terminal
    first = SerialTransport(path, 9600, "none", device="sign")
    assert opening_error(path).reason is DeviceReason.BUSY
    first.close()
    SerialTransport(path, 9600, "none", device="sign").close()


@pytest.mark.parametrize("handshake", ["none", "rtscts", "xonxoff"])
def test_every_handshake_opens_and_carries(terminal: tuple[int, str], handshake: str) -> None:
    master, path = terminal
    wire = SerialTransport(path, 19_200, handshake, device="sign")  # type: ignore[arg-type]  # the table above holds the literals
    assert wire.write(b"A12", 1) == 3
    assert os.read(master, 10) == b"A12"
    wire.close()


def test_one_byte_does_not_wait_for_the_whole_deadline(terminal: tuple[int, str]) -> None:
    master, path = terminal
    wire = SerialTransport(path, 9600, "none", device="printer")
    os.write(master, b"\x12")
    started = time.monotonic()
    assert wire.read(16, 10.0) == b"\x12"
    assert time.monotonic() - started < 5
    wire.close()


def test_closing_a_line_that_nobody_reads_ends(terminal: tuple[int, str]) -> None:
    _, path = terminal
    wire = SerialTransport(path, 9600, "none", device="sign")
    assert wire.write(bytes(100_000), 0.05) < 100_000
    started = time.monotonic()
    wire.close()
    assert time.monotonic() - started < 3


class OutputBuffer:
    """The output buffer of a UART, which a pseudo-terminal does not have."""

    def __init__(self, waiting: int, sent_per_look: int) -> None:
        self._waiting = waiting
        self._sent = sent_per_look
        self.thrown_away = False

    @property
    def out_waiting(self) -> int:
        self._waiting = max(0, self._waiting - self._sent)
        return self._waiting

    def reset_output_buffer(self) -> None:
        self.thrown_away = True


@pytest.mark.parametrize(("sent_per_look", "thrown_away"), [(10, False), (0, True)])
def test_closing_waits_for_a_slow_line_and_not_for_a_stalled_one(
    monkeypatch: pytest.MonkeyPatch, sent_per_look: int, thrown_away: bool
) -> None:
    monkeypatch.setattr("drivers.transports.serial._STALL_SECONDS", 0.05)
    port = OutputBuffer(100, sent_per_look)
    _drain(port)  # type: ignore[arg-type]  # stands in for a port's output buffer alone
    assert port.thrown_away is thrown_away
    assert thrown_away or port.out_waiting == 0
