"""The floor websocket: carries out what each session says, over sockets that may be slow, silent or gone."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, field
from socket import socket
from typing import Any, Final

from websockets.asyncio.server import Server, ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed

from hub.devices import Devices
from hub.floor_writer import Request
from hub.listening import BACKLOG
from hub.messages import MAX_FRAME
from hub.reception import Reception, busy
from hub.session import Ask, Beat, Close, Effect, Send, Session, Submit, Welcome
from service_floor.queue.commands import Actor, Role

log = logging.getLogger("hub")
_wire_log = logging.getLogger("hub.wire")

HELLO_SECONDS: Final = 10.0
TICK_SECONDS: Final = 5.0
LARGEST_BUFFER: Final = 256 * 1024
MOST_CONNECTIONS: Final = 2_000
MOST_UNANSWERED: Final = 256
_TRY_AGAIN_LATER: Final = 1013
_BROKEN: Final = 1011
# A kiosk that comes back must not share its name with its own dead connection; a board may hang on several screens.
_ONE_AT_A_TIME: Final = frozenset({Role.KIOSK, Role.COUNTER, Role.AGENT})


@dataclass(eq=False, slots=True)
class Client:
    """One connection: its socket, its session, and what is on the way to it."""

    wire: ServerConnection
    session: Session
    actor: Actor | None = None
    unanswered: int = 0
    allowance: int = LARGEST_BUFFER
    tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something for this connection beside reading from it."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def put_on_wires(clients: Iterable[Client], text: str) -> None:
    """Send one text to several clients at once. Who has not read for too long is cut off; it comes back for a snapshot.

    Keepalive does not do that: its ping waits behind the full buffer before its time-out starts.
    """
    wires = []
    for client in clients:
        transport = client.wire.transport
        if transport.is_closing():
            continue
        if transport.get_write_buffer_size() > client.allowance:
            log.warning("%s does not read, cut off", client.actor and client.actor.device)
            transport.abort()
        else:
            wires.append(client.wire)
    broadcast(wires, text)


class FloorServer:
    """Listens from `start` to `stop`. Everything happens on one event loop; only reading from a socket waits."""

    def __init__(self, reception: Reception[Client], devices: Devices) -> None:
        self._reception = reception
        self._devices = devices
        self._clients: set[Client] = set()
        self._server: Server | None = None
        self._ticking: asyncio.Task[None] | None = None

    async def start(self, listener: socket) -> None:
        """Take connections."""
        # At DEBUG the library writes whole frames to the log, and with them the tokens of hellos.
        _wire_log.setLevel(logging.WARNING)
        self._server = await serve(
            self._attend,
            sock=listener,
            backlog=BACKLOG,
            compression=None,
            max_size=MAX_FRAME,
            open_timeout=HELLO_SECONDS,
            close_timeout=2,
            logger=_wire_log,
            server_header=None,
        )
        self._ticking = asyncio.create_task(self._tick())

    async def stop(self) -> None:
        """Say goodbye to everybody (1001) and stop listening."""
        if self._ticking is not None:
            self._ticking.cancel()
            await asyncio.wait([self._ticking])
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self._reception.feed.tick(self._reception.now)

    async def _attend(self, wire: ServerConnection) -> None:
        if len(self._clients) >= MOST_CONNECTIONS:
            await wire.close(_TRY_AGAIN_LATER)
            return
        client = Client(wire, Session(self._devices))
        self._clients.add(client)
        hurry = asyncio.get_running_loop().call_later(HELLO_SECONDS, self._hurry, client)
        try:
            async for text in wire:
                self._carry_out(client, client.session.receive(text))
        except ConnectionClosed as closed:
            log.debug("%s: %s", client.actor and client.actor.device, closed)
        except Exception:
            # What breaks here is this connection's: it is closed, the device comes back, the others notice nothing.
            log.exception("connection of %s broke", client.actor and client.actor.device)
            await wire.close(_BROKEN)
        finally:
            hurry.cancel()
            self._forget(client)

    def _hurry(self, client: Client) -> None:
        self._carry_out(client, client.session.run_out_of_patience())

    def _forget(self, client: Client) -> None:
        self._clients.discard(client)
        self._reception.feed.leave(client)
        if client.actor is not None:
            self._reception.presence.leave(client.actor)

    def _carry_out(self, client: Client, effects: Iterable[Effect]) -> None:
        for effect in effects:
            match effect:
                case Submit():
                    self._submit(client, effect)
                case Send(text):
                    put_on_wires((client,), text)
                case Beat(actor, seq, shown):
                    self._reception.beat(actor, seq, shown)
                case Ask():
                    client.spawn(self._answer(client, effect))
                case Welcome():
                    self._welcome(client, effect)
                case Close(code):
                    client.spawn(client.wire.close(code))

    def _submit(self, client: Client, order: Submit) -> None:
        if client.unanswered >= MOST_UNANSWERED:
            put_on_wires((client,), busy(order.req))
            return
        client.unanswered += 1

        def reply(text: str) -> None:
            client.unanswered -= 1
            put_on_wires((client,), text)

        self._reception.submit(Request(order.actor, order.req, order.command, reply))

    async def _answer(self, client: Client, ask: Ask) -> None:
        if len(client.tasks) > MOST_UNANSWERED:
            put_on_wires((client,), busy(ask.req))
            return
        answer = await self._reception.answer(ask.req, ask.question)
        put_on_wires((client,), answer.model_dump_json())

    def _welcome(self, client: Client, welcome: Welcome) -> None:
        if client.actor is None:
            self._make_room(welcome.actor)
            client.actor = welcome.actor
            self._reception.presence.arrive(welcome.actor)
            log.info("%s is here as %s", welcome.actor.device, welcome.actor.role)
        feed = self._reception.feed
        sent = feed.join(client, welcome.topics, welcome.position, self._reception.now)
        # A snapshot may itself be larger than what a slow reader is allowed to leave in the buffer.
        client.allowance = LARGEST_BUFFER + 2 * sent

    def _make_room(self, actor: Actor) -> None:
        if actor.role not in _ONE_AT_A_TIME:
            return
        for other in tuple(self._clients):
            if other.actor is not None and other.actor.device == actor.device:
                log.info("%s has come in again, its older connection gives way", actor.device)
                self._carry_out(other, other.session.give_way())
