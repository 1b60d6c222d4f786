"""Many screens on bare sockets in one thread: so light that the server process is what is measured."""

import base64
import json
import os
import select
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

from benchmarks.hall import BOARD, token
from benchmarks.place import BenchFailedError

_PATIENCE: Final = 30.0
_AT_ONCE: Final = 262_144
_UPGRADED: Final = b"HTTP/1.1 101 "
_END_OF_HEAD: Final = b"\r\n\r\n"
_WORD: Final = 126
_LONG: Final = 127
_TOPICS: Final = ("floor", "services", "counters", "calls", "tickets")


def upgrade(port: int) -> bytes:
    """The request that makes a connection a websocket."""
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def masked(text: str) -> bytes:
    """A text of 126 to 65,535 bytes as a frame of a client, under the mask of zeros, which changes nothing."""
    body = text.encode()
    return struct.pack("!BBH4x", 0x81, 0x80 | _WORD, len(body)) + body


def hello() -> bytes:
    """The first message of a board."""
    says = {"t": "hello", "device": BOARD, "token": token(BOARD), "topics": _TOPICS}
    return masked(json.dumps(says))


def frame_size(head: bytes) -> int | None:
    """The size of the frame that begins here, None as long as the buffer does not hold its head."""
    if len(head) < 2:
        return None
    short = head[1] & 0x7F
    if short < _WORD:
        return 2 + short
    size = 4 if short == _WORD else 10
    if len(head) < size:
        return None
    (length,) = struct.unpack("!H" if short == _WORD else "!Q", head[2:size])
    return size + int(length)


@dataclass(slots=True)
class Arrival:
    """A socket on its way to its snapshot."""

    wire: socket.socket
    heard: bytearray = field(default_factory=bytearray)
    is_upgraded: bool = False
    snapshot: int = 0

    def take(self, data: bytes) -> bool:
        """Go on with what came; whether the whole snapshot is here."""
        self.heard += data
        if not self.is_upgraded:
            head, end, rest = bytes(self.heard).partition(_END_OF_HEAD)
            if not end:
                return False
            if not head.startswith(_UPGRADED):
                raise BenchFailedError(f"the hub does not upgrade: {head[:60]!r}")
            self.is_upgraded, self.heard = True, bytearray(rest)
            self.wire.send(hello())
        size = frame_size(bytes(self.heard[:10]))
        if size is None or len(self.heard) < size:
            return False
        if b'"t":"snapshot"' not in self.heard[:40]:
            raise BenchFailedError(f"no snapshot: {bytes(self.heard[:200])!r}")
        self.snapshot = size
        return True


@dataclass(frozen=True, slots=True)
class Storm:
    """Sockets with their snapshots, and the seconds from the first connect to the last snapshot."""

    wires: tuple[socket.socket, ...]
    seconds: float
    snapshot_bytes: int


@contextmanager
def arriving(port: int, count: int) -> Iterator[Storm]:
    """So many boards connect at once; each has its snapshot when the block begins."""
    with ExitStack() as stack:
        poll = stack.enter_context(select.epoll())
        began = perf_counter()
        waiting = {wire.fileno(): Arrival(wire) for wire in _connecting(stack, port, count)}
        arrived: list[Arrival] = []
        for descriptor in waiting:
            poll.register(descriptor, select.EPOLLOUT)
        while waiting:
            for descriptor, events in _ready(poll):
                arrival = waiting[descriptor]
                if events & select.EPOLLOUT:
                    arrival.wire.send(upgrade(port))
                    poll.modify(descriptor, select.EPOLLIN)
                elif arrival.take(_received(arrival.wire)):
                    poll.unregister(descriptor)
                    arrived.append(waiting.pop(descriptor))
        seconds = perf_counter() - began
        wires = tuple(arrival.wire for arrival in arrived)
        yield Storm(wires, seconds, arrived[-1].snapshot)


@contextmanager
def connected(port: int, count: int) -> Iterator[tuple[socket.socket, ...]]:
    """So many bare connections, each greeted by a byte."""
    with ExitStack() as stack:
        wires = tuple(_connecting(stack, port, count))
        read_all(wires, 1)
        yield wires


def read_all(wires: tuple[socket.socket, ...], size: int) -> None:
    """Read until each has got so many bytes."""
    left = {wire.fileno(): size for wire in wires}
    by_descriptor = {wire.fileno(): wire for wire in wires}
    with select.epoll() as poll:
        for descriptor in left:
            poll.register(descriptor, select.EPOLLIN)
        while left:
            for descriptor, _ in _ready(poll):
                left[descriptor] -= len(_received(by_descriptor[descriptor]))
                if left[descriptor] <= 0:
                    poll.unregister(descriptor)
                    del left[descriptor]


def _connecting(stack: ExitStack, port: int, count: int) -> Iterator[socket.socket]:
    for _ in range(count):
        wire = stack.enter_context(socket.socket())
        wire.setblocking(False)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wire.connect_ex(("127.0.0.1", port))
        yield wire


def _ready(poll: select.epoll) -> list[tuple[int, int]]:
    ready = poll.poll(_PATIENCE)
    if not ready:
        raise BenchFailedError(f"the server says nothing for {_PATIENCE:.0f} s")
    return ready


def _received(wire: socket.socket) -> bytes:
    data = wire.recv(_AT_ONCE)
    if not data:
        raise BenchFailedError("the server has closed a connection")
    return data
