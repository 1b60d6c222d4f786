"""Connections of the floor websocket: one client each, with its write buffer limit, and the limits on their number."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from websockets.asyncio.server import ServerConnection

from hub.accounts.pin_check import PinProof
from hub.wire.session import DeviceSession
from plumbing.limits import ConcurrencyLimit
from plumbing.serving.websocket_frames import text_frame, write_frame
from service_floor.queue.actors import Actor

log = logging.getLogger("hub")

LARGEST_BUFFER: Final = 256 * 1024
"""Bytes that a slow reader may leave in its write buffer."""
MOST_CONNECTIONS: Final = 2_000
MOST_STRANGERS: Final = 1_200
"""Limit of one address on connections before their hello: a whole hall may come back at once, and no stranger takes every
place."""


@dataclass(eq=False, slots=True)
class Client:
    """One connection: its socket, its session, and what is on the way to it."""

    wire: ServerConnection
    session: DeviceSession
    actor: Actor | None = None
    hurry: asyncio.TimerHandle | None = None
    code: str | None = None
    cut_off: bool = False
    proof: PinProof | None = None
    proving: bool = False
    unanswered: int = 0
    allowance: int = LARGEST_BUFFER
    tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    stranger_place: Callable[[], None] | None = None

    def release_stranger_place(self) -> None:
        """The connection has authenticated or ended: it no longer counts towards the limit on strangers."""
        release, self.stranger_place = self.stranger_place, None
        if release is not None:
            release()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a task for this connection beside its reader."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def put_on_wires(clients: Iterable[Client], text: str) -> None:
    """Send one text to several clients, in one frame made for all of them. A client that reads too slowly is cut off; it
    comes back for a snapshot.
    """
    frame = text_frame(text)
    for client in clients:
        if not write_frame(client.wire, frame, client.allowance):
            log.warning("%s does not read, cut off", client.actor and client.actor.device)
            client.cut_off = True


class Clients:
    """The open connections, with the limits on all of them and on the strangers of one address."""

    def __init__(self) -> None:
        self._clients: set[Client] = set()
        self._strangers = ConcurrencyLimit(MOST_STRANGERS)

    def accept(self, wire: ServerConnection, session: DeviceSession) -> Client | None:
        """Count a connection in, as a stranger until its hello; None where it is above one of the limits."""
        full = len(self._clients) >= MOST_CONNECTIONS
        place = None if full else self._strangers.take(address_of(wire))
        if place is None:
            return None
        client = Client(wire, session, stranger_place=place)
        self._clients.add(client)
        return client

    def discard(self, client: Client) -> None:
        """Count a connection out."""
        self._clients.discard(client)
        client.release_stranger_place()

    def of_devices(self, devices: Iterable[str]) -> Iterator[tuple[Client, Actor]]:
        """The connections of these devices; some may close meanwhile."""
        wanted = frozenset(devices)
        for client in tuple(self._clients):
            if client.actor is not None and client.actor.device in wanted:
                yield client, client.actor


def address_of(wire: ServerConnection) -> str:
    """The other side's address, without its port."""
    peer = wire.remote_address
    return str(peer[0]) if isinstance(peer, tuple) and peer else "?"
