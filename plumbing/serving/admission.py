"""Admission control of a listener: connections are counted where they are accepted, before a byte is read or encrypted.

Each holds a place of one kind, under a key, and may move to another kind when it has shown what it is. A newcomer is never
refused: where a kind is full, an older connection of the most crowded key is closed (`plumbing.limits.FairPlaces`). One
that has not asked yet is unheard: it has a place apart, costs one open file, and no transport is made for it. So a crowd of
silent connections costs its own address, and whoever asks is answered.
"""

import asyncio
import os
import select
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from socket import MSG_DONTWAIT, MSG_PEEK, SHUT_RDWR, socket
from time import monotonic
from typing import Any, Final

from plumbing.limits import ACCEPTS_AT_ONCE, UNHEARD_SECONDS, FairPlaces, PlaceLimit, address_key

UNHEARD: Final = "unheard"
"""The kind of connections that have not asked for anything yet."""
_NO_PEER: Final = ""
_MOST_AT_ONCE: Final = 256
"""Connections that are taken from the kernel, or looked at, in one go: about 10 ms, after which other work has its turn."""
_MOST_PEEKED: Final = 8_192
_PEEK: Final = int(MSG_PEEK | MSG_DONTWAIT)
_LOOK_SECONDS: Final = 1.0
_TLS_HANDSHAKE: Final = b"\x16"
_TLS_HEADER_BYTES: Final = 5
_ENDED: Final = select.EPOLLHUP | select.EPOLLRDHUP | select.EPOLLERR
_ASKS_OR_ENDS: Final = select.EPOLLIN | select.EPOLLRDHUP | select.EPOLLET


@dataclass(frozen=True, slots=True)
class Standing:
    """The kind of a connection's place, and the key under which it is counted."""

    kind: str
    key: str


class AdmittedSocket(socket):
    """An accepted connection, which gives its place back when it is closed."""

    def __init__(
        self, wire: int, peer: object, admission: "Admission", shape: tuple[int, int, int]
    ) -> None:
        """The descriptor that was accepted becomes this socket's own; `shape` is family, type and protocol."""
        super().__init__(*shape, wire)
        self.peer = peer
        self.host_key = _host_key(peer)
        self.since = monotonic()
        self.standing: Standing | None = None
        self._admission = admission
        self._is_handed_out = False

    def hand_out(self) -> bool:
        """Give the connection to a transport; False if it was closed before."""
        self._is_handed_out = self.fileno() >= 0
        return self._is_handed_out

    def asks(self) -> bool:
        """Whether enough has come to make a transport for it. Nothing is taken away from what its transport will read."""
        try:
            return is_enough(self.recv(_MOST_PEEKED, _PEEK))
        except OSError:
            return False

    def close(self) -> None:
        """Close the descriptor, and give the place back."""
        self._admission.release(self)
        super().close()

    def cut(self) -> None:
        """End the connection from outside of its transport, which finds the end of the stream and closes the socket."""
        if not self._is_handed_out:
            super().close()
            return
        try:
            self.shutdown(SHUT_RDWR)
        except OSError:
            # The other side was faster.
            return


class Admission:
    """The places of one listener: the limits by kind, `UNHEARD` among them, and the callback `entry` that gives by the
    address key the kind of a connection that asks for the first time; of the kinds `at_once` it is from accept on. Those of
    the kinds `first` are served before the others."""

    def __init__(
        self,
        limits: Mapping[str, PlaceLimit],
        entry: Callable[[str], str],
        first: Collection[str] = (),
        at_once: Collection[str] = (),
    ) -> None:
        self._entry = entry
        self._at_once = frozenset(at_once)
        self._places = {kind: FairPlaces[AdmittedSocket](limit) for kind, limit in limits.items()}
        self._first = frozenset(first)
        self._by_peer: dict[object, AdmittedSocket] = {}

    def __len__(self) -> int:
        return sum(map(len, self._places.values()))

    def count(self, kind: str) -> int:
        """Connections of a kind."""
        return len(self._places[kind])

    def admit(self, connection: AdmittedSocket) -> None:
        """Count a connection in; another one may be closed for it."""
        self._by_peer[connection.peer] = connection
        kind = self._entry(connection.host_key)
        kind = kind if kind in self._at_once else UNHEARD
        self._take(connection, Standing(kind, connection.host_key))

    def hear(self, connection: AdmittedSocket) -> bool:
        """The connection asks: it gets a place by its address. Returns whether it is served before others."""
        kind = self._entry(connection.host_key)
        self._move(connection, Standing(kind, connection.host_key))
        return kind in self._first

    def standing(self, peer: object) -> Standing | None:
        """The place of the connection with this peer name; None if it has ended."""
        connection = self._by_peer.get(peer)
        return None if connection is None else connection.standing

    def has_room(self, kind: str, key: str) -> bool:
        """Whether a connection could move to this kind without closing another."""
        return self._places[kind].has_room(key)

    def move(self, peer: object, kind: str, key: str) -> None:
        """Count a connection as another kind, as the newest of its key. Nothing happens if it has ended."""
        connection = self._by_peer.get(peer)
        if connection is not None:
            self._move(connection, Standing(kind, key))

    def _move(self, connection: AdmittedSocket, standing: Standing) -> None:
        if connection.standing is not None:
            self._places[connection.standing.kind].release(connection)
            self._take(connection, standing)

    def _take(self, connection: AdmittedSocket, standing: Standing) -> None:
        connection.standing = standing
        evicted = self._places[standing.kind].take(standing.key, connection)
        if evicted is not None:
            self._forget(evicted)
            evicted.cut()

    def release(self, connection: AdmittedSocket) -> None:
        """The connection gives its place back, if it has one."""
        if connection.standing is not None:
            self._places[connection.standing.kind].release(connection)
            self._forget(connection)

    def _forget(self, connection: AdmittedSocket) -> None:
        connection.standing = None
        if self._by_peer.get(connection.peer) is connection:
            del self._by_peer[connection.peer]


class AdmittingListener(socket):
    """Listening socket whose connections go through admission control; takes over the listener that it is made of.

    It empties the kernel's queue at once, which costs little, keeps what has not asked yet, and gives the others to the
    event loop one address after the other: an address with one connection is served before the hundreds of another. The
    event loop watches one descriptor for all of it: an epoll of the kernel's queue, of the unheard connections, and of an
    event that is set while connections that ask wait here.
    """

    def __init__(self, listener: socket, admission: Admission) -> None:
        self._shape = (int(listener.family), int(listener.type), listener.proto)
        super().__init__(*self._shape, listener.detach())
        self.setblocking(False)
        self.admission = admission
        self._until_look = 0
        self._unheard: dict[int, AdmittedSocket] = {}
        self._waiting: dict[str, list[AdmittedSocket]] = {}
        self._waiting_first: dict[str, list[AdmittedSocket]] = {}
        self._queue = super().fileno()
        self._event = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._watched = select.epoll()
        self._watched.register(self._queue, select.EPOLLIN)
        self._watched.register(self._event, select.EPOLLIN)
        self._is_set = False

    def fileno(self) -> int:
        """The descriptor to watch."""
        return -1 if self._watched.closed else self._watched.fileno()

    def accept(self) -> "tuple[socket, Any]":
        """The next connection that asks, counted in; raises BlockingIOError if there is none."""
        if not self._until_look:
            self._look()
            self._until_look = ACCEPTS_AT_ONCE
        self._until_look -= 1
        try:
            return self._next()
        except BlockingIOError:
            self._until_look = 0
            raise
        finally:
            self._set_event(bool(self._waiting or self._waiting_first))

    def listen(self, backlog: int = 0, /) -> None:
        """Keep the accept queue as it was opened: asyncio passes how many connections it accepts in one go here."""

    async def end_unheard(self) -> None:
        """Close unheard connections when their time is over, until this is cancelled."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            self.end_overdue(monotonic())

    def end_overdue(self, now: float) -> None:
        """Close the connections that have been unheard for too long."""
        for number, connection in tuple(self._unheard.items()):
            if connection.standing is not None and now - connection.since < UNHEARD_SECONDS:
                return
            del self._unheard[number]
            connection.close()

    def close(self) -> None:
        """Close the listener, and the connections that were not handed out."""
        if not self._watched.closed:
            self._watched.close()
            os.close(self._event)
            held = [self._unheard.values(), *self._waiting_first.values(), *self._waiting.values()]
            for connection in (each for connections in held for each in connections):
                connection.close()
            for kept in (self._unheard, self._waiting_first, self._waiting):
                kept.clear()
        super().close()

    def _look(self) -> None:
        """Once in a turn of the event loop, which hands out up to `ACCEPTS_AT_ONCE` connections."""
        for number, events in self._watched.poll(0, _MOST_AT_ONCE):
            if number == self._queue:
                self._empty_queue()
            elif number != self._event:
                self._listen_to(number, events)

    def _empty_queue(self) -> None:
        for _ in range(_MOST_AT_ONCE):
            try:
                wire, peer = super().accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            connection = AdmittedSocket(wire.detach(), peer, self.admission, self._shape)
            self.admission.admit(connection)
            if connection.asks():
                self._line_up(connection)
                continue
            # The number may be that of a connection that gave way; this one is the latest now.
            self._unheard.pop(connection.fileno(), None)
            self._unheard[connection.fileno()] = connection
            # Edge-triggered: a head that comes in pieces is looked at once for each piece, also one that is here already.
            self._watched.register(connection, _ASKS_OR_ENDS)

    def _listen_to(self, number: int, events: int) -> None:
        connection = self._unheard.get(number)
        if connection is None or connection.standing is None:
            return
        if connection.asks():
            del self._unheard[number]
            self._watched.unregister(connection)
            self._line_up(connection)
        elif events & _ENDED:
            del self._unheard[number]
            connection.close()

    def _line_up(self, connection: AdmittedSocket) -> None:
        is_first = self.admission.hear(connection)
        waiting = self._waiting_first if is_first else self._waiting
        waiting.setdefault(connection.host_key, []).append(connection)

    def _next(self) -> tuple[AdmittedSocket, object]:
        while waiting := self._waiting_first or self._waiting:
            key = next(iter(waiting))
            connections = waiting.pop(key)
            # The newest: in a crowd the older ones give way before their turn comes.
            connection = connections.pop()
            if connections:
                waiting[key] = connections
            if connection.hand_out():
                return connection, connection.peer
        raise BlockingIOError

    def _set_event(self, wanted: bool) -> None:
        if wanted and not self._is_set:
            os.eventfd_write(self._event, 1)
        elif self._is_set and not wanted:
            os.eventfd_read(self._event)
        self._is_set = wanted


def is_enough(seen: bytes) -> bool:
    """Whether the first bytes of a connection are worth a transport: a whole head of a request, a whole first message of
    TLS, or what is neither and is answered with an error at once."""
    if len(seen) >= _MOST_PEEKED:
        return True
    if seen.startswith(_TLS_HANDSHAKE):
        length = int.from_bytes(seen[3:_TLS_HEADER_BYTES], "big")
        return len(seen) >= _TLS_HEADER_BYTES + length
    return bool(seen) and (not seen[:1].isalpha() or b"\n\r\n" in seen or b"\n\n" in seen)


def _host_key(peer: object) -> str:
    return address_key(str(peer[0])) if isinstance(peer, tuple) and peer else _NO_PEER
