import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from drivers.simulators.printer.bench import Setup, WireState
from drivers.simulators.printer.device import Make
from drivers.simulators.printer.ports.serving import serve_pty
from drivers.transports.memory import memory_pair
from drivers.transports.pacing import PacedTransport
from drivers.transports.serial import SerialTransport


def test_a_pause_follows_each_piece_and_the_rest_waits() -> None:
    wire, peer = memory_pair("printer")
    paced = PacedTransport(wire, 10, 0.05, 100_000)
    started = time.monotonic()
    assert paced.write(bytes(25), 5) == 25
    assert 0.1 <= time.monotonic() - started < 5
    assert len(peer.read(100, 1)) == 25
    peer.write(b"\x12", 1)
    assert paced.read(10, 1) == b"\x12"
    paced.close()


def test_a_deadline_within_a_pause_ends_the_write() -> None:
    wire, _ = memory_pair("printer")
    paced = PacedTransport(wire, 10, 5.0, 100_000)
    started = time.monotonic()
    assert paced.write(bytes(25), 0.1) == 10
    assert paced.write(b"x", 0.05) == 0
    assert time.monotonic() - started < 4


@pytest.mark.slow
@pytest.mark.parametrize("pause", [0.0, 0.1])
def test_a_small_printer_without_handshake_loses_bytes_unless_they_are_paced(
    printer_thread: Callable[..., Any], tmp_path: Path, pause: float
) -> None:
    setup = Setup(tmp_path, make=Make(speed_mm=250), line=WireState(handshake="none"))
    printer_thread(serve_pty, tmp_path / "port", setup=setup)
    wire = SerialTransport(str(tmp_path / "port"), 115_200, "none", device="printer")
    text = b"".join(b"%04d %s\n" % (number, b"x" * 40) for number in range(150))
    text += b"\x1bJ\x60\x1dV\x01\x1dr\x01"
    sending = PacedTransport(wire, 480, pause, 100_000) if pause else wire
    assert sending.write(text, 10) == len(text)
    is_whole = wire.read(1, 10 if pause else 0.8) == b"\x00" and all(
        f'"{number:04d} x' in (tmp_path / "slip-0001.json").read_text() for number in range(150)
    )
    assert is_whole is bool(pause)
    wire.close()
