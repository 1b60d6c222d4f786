"""One contract, held by every wire against a real peer: a socket, a pseudo-terminal, the other end in memory."""

import contextlib
import os
import socket
import threading
import time
import tty
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Transport
from drivers.transports.memory import memory_pair
from drivers.transports.serial import SerialTransport
from drivers.transports.tcp import TcpTransport


@dataclass
class Line:
    """A wire with the hands of its peer."""

    wire: Transport
    say: Callable[[bytes], None]
    hear: Callable[[], bytes]
    leave: Callable[[], None]


@contextlib.contextmanager
def tcp_line() -> Iterator[Line]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        wire = TcpTransport("127.0.0.1", server.getsockname()[1], device="box")
        peer, _ = server.accept()
    with peer:
        peer.settimeout(5)
        yield Line(wire, peer.sendall, lambda: peer.recv(4096), peer.close)
        peer.close()
        wire.close()


@contextlib.contextmanager
def serial_line() -> Iterator[Line]:
    master, slave = os.openpty()
    tty.setraw(slave)
    wire = SerialTransport(os.ttyname(slave), 9600, "none", device="box")
    os.close(slave)
    ends = contextlib.ExitStack()
    ends.callback(os.close, master)
    with ends:
        yield Line(
            wire,
            lambda data: [os.write(master, data)].clear(),
            lambda: os.read(master, 4096),
            ends.close,
        )
        wire.close()


@contextlib.contextmanager
def memory_line() -> Iterator[Line]:
    wire, peer = memory_pair("box")
    yield Line(
        wire,
        lambda data: [peer.write(data, 5)].clear(),
        lambda: peer.read(4096, 5),
        peer.close,
    )
    wire.close()
    peer.close()


@pytest.fixture(params=[tcp_line, serial_line, memory_line], ids=["tcp", "serial", "memory"])
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    with request.param() as opened:
        yield opened


def hear_all(line: Line, size: int) -> bytes:
    heard = b""
    while len(heard) < size:
        heard += line.hear()
    return heard


def write_many(wire: Transport) -> None:
    # TCP learns of the loss only from the answer to the first bytes.
    for _ in range(100):
        wire.write(b"x", 0.05)


def test_what_is_there_is_read_without_waiting_for_more(line: Line) -> None:
    line.say(b"12345")
    started = time.monotonic()
    heard = line.wire.read(100, 5)
    while len(heard) < 5:
        heard += line.wire.read(100, 5)
    assert heard == b"12345"
    assert time.monotonic() - started < 3


def test_a_read_never_gives_more_than_asked_and_keeps_the_rest(line: Line) -> None:
    line.say(b"abcdef")
    assert [line.wire.read(1, 5), line.wire.read(1, 5)] == [b"a", b"b"]
    rest = line.wire.read(100, 5)
    assert b"cdef".startswith(rest)


def test_silence_is_an_empty_read_when_the_deadline_passes(line: Line) -> None:
    started = time.monotonic()
    assert line.wire.read(10, 0.05) == b""
    assert 0.04 <= time.monotonic() - started < 3


def test_a_read_with_no_time_left_only_looks(line: Line) -> None:
    started = time.monotonic()
    assert line.wire.read(10, 0) == b""
    assert line.wire.read(10, -1) == b""
    assert time.monotonic() - started < 3


def test_every_byte_value_arrives_unchanged_both_ways(line: Line) -> None:
    every = bytes(range(256))
    assert line.wire.write(every, 5) == 256
    assert hear_all(line, 256) == every
    line.say(every)
    heard = b""
    while len(heard) < 256:
        heard += line.wire.read(4096, 5)
    assert heard == every


def test_a_large_write_passes_while_the_peer_reads(line: Line) -> None:
    data = bytes(range(256)) * 400
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(hear_all(line, len(data))))
    reader.start()
    assert line.wire.write(data, 10) == len(data)
    reader.join(10)
    assert heard == [data]


def test_a_write_ends_at_its_deadline_when_the_peer_does_not_read(line: Line) -> None:
    data = bytes(24_000_000)
    started = time.monotonic()
    left = line.wire.write(data, 0.2)
    assert 0 < left < len(data)
    assert line.wire.write(b"more", 0.05) in range(4)
    assert time.monotonic() - started < 2


def test_a_peer_that_left_is_a_disconnection_for_reader_and_writer(line: Line) -> None:
    line.leave()
    with pytest.raises(DeviceError) as reading:
        line.wire.read(1, 5)
    assert reading.value.reason is DeviceReason.DISCONNECTED
    assert reading.value.device == "box"
    with pytest.raises(DeviceError) as writing:
        write_many(line.wire)
    assert writing.value.reason is DeviceReason.DISCONNECTED


def test_a_reader_in_waiting_learns_at_once_that_the_peer_left(line: Line) -> None:
    leaving = threading.Timer(0.05, line.leave)
    leaving.start()
    started = time.monotonic()
    with pytest.raises(DeviceError):
        line.wire.read(1, 10)
    leaving.join()
    assert time.monotonic() - started < 5


def test_closing_twice_is_closing_once_and_a_closed_wire_refuses(line: Line) -> None:
    line.wire.close()
    line.wire.close()
    for use in (lambda: line.wire.read(1, 0), lambda: line.wire.write(b"x", 0)):
        with pytest.raises(DeviceError) as refused:
            use()
        assert refused.value.reason is DeviceReason.DISCONNECTED


def test_what_was_written_before_closing_still_arrives(line: Line) -> None:
    assert line.wire.write(b"last words", 5) == 10
    closing = threading.Thread(target=line.wire.close)
    closing.start()
    assert hear_all(line, 10) == b"last words"
    line.leave()
    closing.join(5)
    assert not closing.is_alive()
