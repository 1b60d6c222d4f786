"""Connections of the floor websocket: one client each with its write buffer limit, and the kinds of places they hold."""

import asyncio
import logging
from collections.abc import Collection, Coroutine, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from socket import socket
from typing import Any, Final

from websockets.asyncio.server import ServerConnection

from hub.accounts.pin_check import PinProof
from hub.wire.session import DeviceSession
from plumbing.limits import (
    KNOWN_ADDRESSES,
    WIRE_DEVICES,
    WIRE_ENROLLING,
    WIRE_RETURNING,
    WIRE_SILENT,
    WIRE_UNHEARD,
    KnownKeys,
    PlaceLimit,
    address_key,
)
from plumbing.limits import WRITE_BUFFER_BYTES as LARGEST_BUFFER
from plumbing.serving.admission import UNHEARD, Admission, AdmittingListener
from plumbing.serving.websocket_frames import text_frame, write_frame
from service_floor.queue.actors import Actor

log = logging.getLogger("hub")

MORE_THAN_CODES: Final = 32
"""Connections beyond the devices that may wait: one that gives way there is sent the reason before it is closed."""
_LONGEST_FORWARDED: Final = 200


class WireKind(StrEnum):
    """Kinds of connections of the floor port."""

    SILENT = "silent"
    RETURNING = "returning"
    ENROLLING = "enrolling"
    DEVICE = "device"


@dataclass(eq=False, slots=True)
class Client:
    """One connection: its socket, its session, and what is on the way to it."""

    wire: ServerConnection
    session: DeviceSession
    address: str
    actor: Actor | None = None
    hurry: asyncio.TimerHandle | None = None
    code: str | None = None
    cut_off: bool = False
    proof: PinProof | None = None
    proving: bool = False
    unanswered: int = 0
    allowance: int = LARGEST_BUFFER
    tasks: set["asyncio.Task[None]"] = field(default_factory=set)

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
    """The open connections, and admission control of their listener: strangers, those that come back to the address of
    a known device, devices that wait to be enrolled, and devices, each with places of its own."""

    def __init__(
        self,
        known: KnownKeys | None = None,
        proxies: Collection[str] = (),
        share: float = 1.0,
    ) -> None:
        self.known = KnownKeys(KNOWN_ADDRESSES) if known is None else known
        self._proxies = frozenset(map(address_key, proxies))
        self._clients: set[Client] = set()
        self._away: dict[str, set[str]] = {}
        limits: dict[str, PlaceLimit] = {
            UNHEARD: WIRE_UNHEARD,
            WireKind.SILENT: WIRE_SILENT,
            WireKind.RETURNING: WIRE_RETURNING,
            WireKind.ENROLLING: PlaceLimit(
                WIRE_ENROLLING.of_all + MORE_THAN_CODES, WIRE_ENROLLING.of_key + MORE_THAN_CODES
            ),
            WireKind.DEVICE: WIRE_DEVICES,
        }
        self._admission = Admission(
            {kind: limit.scaled(share) for kind, limit in limits.items()},
            self._entry,
            (WireKind.RETURNING,),
        )

    def listener(self, listener: socket) -> AdmittingListener:
        """The listener with admission control."""
        return AdmittingListener(listener, self._admission)

    def accept(self, wire: ServerConnection, session: DeviceSession) -> Client:
        """Make the client of a connection after its handshake: a stranger until its hello."""
        client = Client(wire, session, self.address_of(wire))
        self._clients.add(client)
        return client

    def welcome(self, client: Client, actor: Actor) -> None:
        """The connection has said a good hello: it has one of the devices' places, and its address is remembered."""
        client.actor = actor
        self.known.add(client.address)
        self._away.get(client.address, set()).discard(actor.device)
        self._admission.move(client.wire.remote_address, WireKind.DEVICE, actor.device)

    def let_wait(self, client: Client) -> None:
        """The connection waits to be enrolled."""
        self._admission.move(client.wire.remote_address, WireKind.ENROLLING, client.address)

    def discard(self, client: Client) -> None:
        """Forget an ended connection."""
        self._clients.discard(client)
        if client.actor is not None and client.address in self.known:
            for address in [each for each in self._away if each not in self.known]:
                del self._away[address]
            self._away.setdefault(client.address, set()).add(client.actor.device)

    def is_awaited(self, wire: ServerConnection) -> bool:
        """Whether a device that was at this address is away and may come back."""
        return bool(self._away.get(self.address_of(wire)))

    def of_devices(self, devices: Iterable[str]) -> Iterator[tuple[Client, Actor]]:
        """The connections of these devices; some may close meanwhile."""
        wanted = frozenset(devices)
        for client in tuple(self._clients):
            if client.actor is not None and client.actor.device in wanted:
                yield client, client.actor

    def address_of(self, wire: ServerConnection) -> str:
        """The address key of the other side; behind a proxy of the configuration that which it forwards."""
        peer = wire.remote_address
        address = address_key(str(peer[0])) if isinstance(peer, tuple) and peer else "?"
        if address not in self._proxies or wire.request is None:
            return address
        forwarded = ",".join(wire.request.headers.get_all("X-Forwarded-For"))
        for each in reversed(forwarded[-_LONGEST_FORWARDED:].split(",")):
            key = address_key(each.strip())
            if key and key not in self._proxies:
                return key
        return address

    def _entry(self, address: str) -> str:
        known = address in self.known or address in self._proxies
        return WireKind.RETURNING if known else WireKind.SILENT
