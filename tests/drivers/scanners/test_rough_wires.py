"""Noise and frames that never end, on the real wires: each piece is a scan or a damaged code, and the next code is read."""

import os
import random
import select
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, repeat
from pathlib import Path

import pytest

from config.model.devices import EvdevScanner, SerialPort, SerialScanner
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import CodeScanner
from drivers.registry import open_scanner
from drivers.scanners.framing import MAX_CODE_BYTES
from drivers.scanners.keys import EVENT, events_of
from drivers.simulators.pseudo_terminal import pseudo_terminal

CODE = "H56.14-240823-0001"
NOISE = random.Random(9).randbytes(1_000_000 // EVENT.size * EVENT.size)
MOST_MEMORY = 300_000
"""Bytes that reading may take at any moment: a code of the longest size, a chunk of the wire, and what Python makes of it."""


@contextmanager
def sending(line: int, pieces: Iterator[bytes]) -> Iterator[None]:
    """Everything goes over the wire as fast as the driver takes it."""

    def send() -> None:
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                select.select((), (line,), (), 10)
                try:
                    rest = rest[os.write(line, rest) :]
                except BlockingIOError:
                    continue

    thread = threading.Thread(target=send)
    thread.start()
    yield
    thread.join(60)


def read_until_code(scanner: CodeScanner) -> tuple[int, int]:
    """How many scans and how many damaged codes came before the code."""
    scans = damaged = 0
    while True:
        try:
            scan = scanner.read(60)
        except DeviceError as error:
            if error.reason is not DeviceReason.GARBLED:
                raise
            damaged += 1
            continue
        assert scan is not None
        if scan.text == CODE:
            return scans, damaged
        assert 0 < len(scan.text) <= MAX_CODE_BYTES
        scans += 1


def bounded(scanner: CodeScanner) -> tuple[int, int]:
    tracemalloc.start()
    try:
        counts = read_until_code(scanner)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
        scanner.close()
    return counts


def serial(path: Path) -> CodeScanner:
    port = SerialPort(wire="serial", path=str(path))
    return open_scanner(SerialScanner(kind="serial-scanner", port=port), "gun")


@pytest.mark.slow
def test_a_million_random_bytes_on_a_serial_line(tmp_path: Path) -> None:
    with pseudo_terminal(tmp_path / "tty") as line:
        scanner = serial(tmp_path / "tty")
        with sending(line, iter([NOISE, f"\r{CODE}\r".encode()])):
            scans, damaged = bounded(scanner)
    assert scans < damaged


@pytest.mark.slow
def test_ten_megabytes_without_an_end_are_one_damaged_code(tmp_path: Path) -> None:
    with pseudo_terminal(tmp_path / "tty") as line:
        scanner = serial(tmp_path / "tty")
        endless = repeat(b"H56." * 2_500, 1_000)
        with sending(line, chain(endless, [f"\r{CODE}\r".encode()])):
            assert bounded(scanner) == (0, 1)


@pytest.mark.parametrize("noise", [NOISE, events_of("H56." * 6_000)], ids=["noise", "endless"])
def test_noise_and_endless_codes_of_an_event_node(tmp_path: Path, noise: bytes) -> None:
    os.mkfifo(tmp_path / "node")
    line = os.open(tmp_path / "node", os.O_RDWR | os.O_NONBLOCK)
    try:
        settings = EvdevScanner(kind="evdev-scanner", path=str(tmp_path / "node"), grab=False)
        scanner = open_scanner(settings, "gun")
        with sending(line, iter([noise, events_of(f"\r{CODE}\r")])):
            scans, damaged = bounded(scanner)
        assert scans <= damaged
    finally:
        os.close(line)
