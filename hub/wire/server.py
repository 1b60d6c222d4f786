"""WebSocket server of the floor: connection handlers that read the devices' frames, with a timeout for the hello."""

import asyncio
import logging
from socket import socket
from ssl import SSLContext
from typing import Final

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from hub.accounts.authentication import Authentication
from hub.messages import MAX_FRAME
from hub.wire.clients import Client, Clients
from hub.wire.effects import SessionEffects
from hub.wire.floor_service import FloorService
from hub.wire.handshakes import HandshakeGuard
from hub.wire.session import DeviceSession, Welcome
from plumbing.limits import ACCEPTS_AT_ONCE, HELLO_SECONDS

log = logging.getLogger("hub")
_wire_log = logging.getLogger("hub.wire")

TICK_SECONDS: Final = 5.0
_BROKEN: Final = 1011


class FloorServer:
    """Listens from `start` to `stop`. Everything is on one event loop; only reading from a socket waits."""

    def __init__(
        self,
        floor_service: FloorService[Client],
        authentication: Authentication,
        clients: Clients,
        guard: HandshakeGuard,
    ) -> None:
        self._floor_service = floor_service
        self._authentication = authentication
        self._clients = clients
        self._guard = guard
        self._effects = SessionEffects(floor_service, authentication, self._clients, self._guard)
        self._server: Server | None = None
        self._beside: list[asyncio.Task[None]] = []

    async def start(self, listener: socket, tls: SSLContext | None = None) -> None:
        """Accept connections, over TLS if a context is given."""
        # At DEBUG the library writes whole frames to the log, and with them the tokens of hellos.
        _wire_log.setLevel(logging.WARNING)
        admitting = self._clients.listener(listener)
        self._server = await serve(
            self._attend,
            sock=admitting,
            ssl=tls,
            ssl_handshake_timeout=HELLO_SECONDS if tls else None,
            process_request=self._guard.check,
            backlog=ACCEPTS_AT_ONCE,
            compression=None,
            max_size=MAX_FRAME,
            open_timeout=HELLO_SECONDS,
            close_timeout=2,
            logger=_wire_log,
            server_header=None,
        )
        self._authentication.on_revoked(self.disconnect)
        self._beside = [
            asyncio.create_task(each) for each in (self._tick(), admitting.end_unheard())
        ]

    async def stop(self) -> None:
        """Close all connections (1001) and stop listening."""
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    def disconnect(self, devices: frozenset[str]) -> None:
        """Close the connections of these devices (4401): their tokens were revoked."""
        for client, actor in self._clients.of_devices(devices):
            log.info("%s is turned out", actor.device)
            self._effects.carry_out(client, client.session.disconnect())

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self._floor_service.feed.tick(self._floor_service.now)

    async def _attend(self, wire: ServerConnection) -> None:
        client = self._clients.accept(wire, DeviceSession(self._authentication.devices))
        loop = asyncio.get_running_loop()
        client.hurry = loop.call_later(HELLO_SECONDS, self._time_out_hello, client)
        try:
            async for text in wire:
                effects = client.session.receive(text)
                self._effects.carry_out(client, effects)
                if client.cut_off:
                    break
                if any(isinstance(effect, Welcome) for effect in effects):
                    # A hello costs a snapshot, and thousands of them may have come in one piece.
                    await asyncio.sleep(0)
        except ConnectionClosed as closed:
            log.debug("%s: %s", client.actor and client.actor.device, closed)
        except Exception:
            # The exception is this connection's: it is closed, the device retries, the others notice nothing.
            log.exception("connection of %s broke", client.actor and client.actor.device)
            await wire.close(_BROKEN)
        finally:
            self._forget(client)

    def _time_out_hello(self, client: Client) -> None:
        self._effects.carry_out(client, client.session.time_out_hello())

    def _forget(self, client: Client) -> None:
        self._clients.discard(client)
        self._floor_service.tallies.cut_off += client.cut_off
        if client.hurry is not None:
            client.hurry.cancel()
        if client.code is not None:
            self._authentication.cancel_enrolment(client.code)
        self._floor_service.feed.leave(client)
        if client.actor is not None:
            self._floor_service.presence.disconnect(client.actor)
