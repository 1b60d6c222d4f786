"""Admission control of a listener: connections are counted where they are accepted, before a byte is read or encrypted.

Each holds a place of one kind, under a key, and may move to another kind when it has shown what it is. A newcomer is never
refused: where a kind is full, an older connection of the most crowded key is closed (`plumbing.limits.FairPlaces`). So a
crowd of silent connections costs its own address, and whoever asks at once is served before its turn to give way.
"""

import os
import select
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import islice
from socket import MSG_DONTWAIT, MSG_PEEK, SHUT_RDWR, socket
from typing import Any, Final

from plumbing.limits import FairPlaces, PlaceLimit, address_key

_NO_PEER: Final = ""
_MOST_LOOKED_AT: Final = 32
_MOST_AT_ONCE: Final = 512
"""Connections that are taken from the kernel in one go; about 10 ms."""


class AdmittedSocket(socket):
    """An accepted connection, which gives its place back when it is closed."""

    def __init__(self, wire: socket, release: "Callable[[AdmittedSocket], None]") -> None:
        super().__init__(wire.family, wire.type, wire.proto, wire.detach())
        self._release = release
        self._is_handed_out = False

    def hand_out(self) -> bool:
        """Give the connection to a transport; False if it was closed before."""
        self._is_handed_out = self.fileno() >= 0
        return self._is_handed_out

    def has_unread(self) -> bool:
        """Whether bytes have come that nobody has read yet: this one asks for something, and its turn is near."""
        try:
            return bool(self.recv(1, MSG_PEEK | MSG_DONTWAIT))
        except OSError:
            return False

    def close(self) -> None:
        """Close the descriptor, and give the place back."""
        self._release(self)
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


@dataclass(frozen=True, slots=True)
class Standing:
    """The kind of a connection's place, and the key under which it is counted."""

    kind: str
    key: str


class Admission:
    """The places of one listener: the limits by kind, and the callback `entry` that gives a newcomer's kind by its
    address key. Newcomers of the kinds `first` are served before the others."""

    def __init__(
        self,
        limits: Mapping[str, PlaceLimit],
        entry: Callable[[str], str],
        first: Collection[str] = (),
    ) -> None:
        self._entry = entry
        self._places = {
            kind: FairPlaces(limit, AdmittedSocket.has_unread) for kind, limit in limits.items()
        }
        self.first = frozenset(first)
        self._standing: dict[AdmittedSocket, Standing] = {}
        self._by_peer: dict[object, AdmittedSocket] = {}
        self._peers: dict[AdmittedSocket, object] = {}

    def __len__(self) -> int:
        return len(self._standing)

    def count(self, kind: str) -> int:
        """Connections of a kind."""
        return len(self._places[kind])

    def admit(self, wire: socket, peer: object) -> AdmittedSocket:
        """Count a connection in; another one may be closed for it."""
        connection = AdmittedSocket(wire, self._release)
        key = _host_key(peer)
        self._by_peer[peer] = connection
        self._peers[connection] = peer
        self._take(connection, Standing(self._entry(key), key))
        return connection

    def standing(self, peer: object) -> Standing | None:
        """The place of the connection with this peer name; None if it has ended."""
        connection = self._by_peer.get(peer)
        return None if connection is None else self._standing.get(connection)

    def has_room(self, kind: str, key: str) -> bool:
        """Whether a connection could move to this kind without closing another."""
        return self._places[kind].has_room(key)

    def move(self, peer: object, kind: str, key: str) -> None:
        """Count a connection as another kind, as the newest of its key. Nothing happens if it has ended."""
        connection = self._by_peer.get(peer)
        before = None if connection is None else self._standing.get(connection)
        if connection is None or before is None:
            return
        self._places[before.kind].release(connection)
        self._take(connection, Standing(kind, key))

    def _take(self, connection: AdmittedSocket, standing: Standing) -> None:
        self._standing[connection] = standing
        evicted = self._places[standing.kind].take(standing.key, connection)
        if evicted is not None:
            self._forget(evicted)
            evicted.cut()

    def _release(self, connection: AdmittedSocket) -> None:
        standing = self._standing.get(connection)
        if standing is not None:
            self._places[standing.kind].release(connection)
            self._forget(connection)

    def _forget(self, connection: AdmittedSocket) -> None:
        del self._standing[connection]
        peer = self._peers.pop(connection)
        if self._by_peer.get(peer) is connection:
            del self._by_peer[peer]


class AdmittingListener(socket):
    """Listening socket whose connections go through admission control; takes over the listener that it is made of.

    It empties the kernel's queue at once, which costs little, and gives the connections to the event loop one address
    after the other: in a flood those that have given way are closed before anything was made for them, and an address
    with one connection is served before the hundreds of another. The event loop watches one descriptor for both: an epoll
    of the kernel's queue and of an event that is set while connections wait here.
    """

    def __init__(self, listener: socket, admission: Admission) -> None:
        super().__init__(listener.family, listener.type, listener.proto, listener.detach())
        self.setblocking(False)
        self.admission = admission
        self._waiting: dict[str, list[tuple[AdmittedSocket, object]]] = {}
        self._waiting_first: dict[str, list[tuple[AdmittedSocket, object]]] = {}
        self._event = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._watched = select.epoll()
        self._watched.register(super().fileno(), select.EPOLLIN)
        self._watched.register(self._event, select.EPOLLIN)
        self._is_set = False

    def fileno(self) -> int:
        """The descriptor to watch."""
        return -1 if self._watched.closed else self._watched.fileno()

    def accept(self) -> "tuple[socket, Any]":
        """The next connection, counted in; raises BlockingIOError if there is none."""
        self._empty_queue()
        try:
            return self._next()
        finally:
            self._set_event(bool(self._waiting or self._waiting_first))

    def listen(self, backlog: int = 0, /) -> None:
        """Keep the accept queue as it was opened: asyncio passes how many connections it accepts in one go here."""

    def close(self) -> None:
        """Close the listener, and the connections that were not handed out."""
        if not self._watched.closed:
            self._watched.close()
            os.close(self._event)
            for waiting in (self._waiting_first, self._waiting):
                for connection, _ in (each for held in waiting.values() for each in held):
                    connection.close()
                waiting.clear()
        super().close()

    def _empty_queue(self) -> None:
        for _ in range(_MOST_AT_ONCE):
            try:
                wire, peer = super().accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            connection = self.admission.admit(wire, peer)
            standing = self.admission.standing(peer)
            is_first = standing is not None and standing.kind in self.admission.first
            waiting = self._waiting_first if is_first else self._waiting
            waiting.setdefault(_host_key(peer), []).append((connection, peer))

    def _next(self) -> tuple[AdmittedSocket, object]:
        while waiting := self._waiting_first or self._waiting:
            # One whose request is here before the silent ones, for which a transport would be made in vain.
            keys = list(islice(waiting, _MOST_LOOKED_AT))
            key = next((each for each in keys if waiting[each][-1][0].has_unread()), keys[0])
            connections = waiting.pop(key)
            # The newest: in a crowd the older ones give way before their turn comes.
            connection, peer = connections.pop()
            if connections:
                waiting[key] = connections
            if connection.hand_out():
                return connection, peer
        raise BlockingIOError

    def _set_event(self, wanted: bool) -> None:
        if wanted and not self._is_set:
            os.eventfd_write(self._event, 1)
        elif self._is_set and not wanted:
            os.eventfd_read(self._event)
        self._is_set = wanted


def _host_key(peer: object) -> str:
    return address_key(str(peer[0])) if isinstance(peer, tuple) and peer else _NO_PEER
