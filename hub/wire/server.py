"""The floor websocket: carries out what each session says, over sockets that may be slow, silent or gone."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from socket import socket
from ssl import SSLContext
from time import monotonic
from typing import Any, Final
from urllib.parse import urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request as Handshake
from websockets.http11 import Response

from hub.accounts.authentication import Authentication, IssuedToken
from hub.accounts.enrolment import GOOD_FOR, EnrolKind, EnrolmentProblem
from hub.accounts.pin_check import PROVEN_SECONDS, PinProof, answer_pin
from hub.floor.decider import Request
from hub.messages import MAX_FRAME, CloseCode, WireError
from hub.wire.floor_service import FloorService, busy
from hub.wire.listening import BACKLOG
from hub.wire.session import (
    CheckPin,
    Close,
    DeviceSession,
    Effect,
    LookUp,
    RecordAttached,
    RecordHeartbeat,
    Send,
    StartEnrolment,
    Submit,
    Welcome,
)
from plumbing.limits import AttemptLimit, ConcurrencyLimit
from plumbing.serving.websocket_frames import text_frame, write_frame
from service_floor.queue.commands import Actor, Role

log = logging.getLogger("hub")
_wire_log = logging.getLogger("hub.wire")

HELLO_SECONDS: Final = 10.0
TICK_SECONDS: Final = 5.0
LARGEST_BUFFER: Final = 256 * 1024
MOST_CONNECTIONS: Final = 2_000
MOST_STRANGERS: Final = 1_200
"""Connections of one address that have not said hello: a whole hall may come back at once, and no stranger takes every place."""
MOST_UNANSWERED: Final = 256
WRONG_TOKENS: Final = 100
"""So many within `WRONG_SECONDS` from one address, far more than devices with a wrong setting send, are somebody's guesses."""
WRONG_SECONDS: Final = 10.0
_BROKEN: Final = 1011
# Where a board's own program serves its page.
_OWN_MACHINE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
# A kiosk that comes back must not share its name with its own dead connection; a board may hang on several screens.
_ONE_AT_A_TIME: Final = frozenset({Role.KIOSK, Role.COUNTER, Role.AGENT})


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
        """Do something for this connection beside reading from it."""
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


class FloorServer:
    """Listens from `start` to `stop`. Everything happens on one event loop; only reading from a socket waits."""

    def __init__(self, floor_service: FloorService[Client], authentication: Authentication) -> None:
        self._floor_service = floor_service
        self._authentication = authentication
        self._wrong_tokens = AttemptLimit(WRONG_TOKENS, WRONG_SECONDS)
        self._strangers = ConcurrencyLimit(MOST_STRANGERS)
        self._clients: set[Client] = set()
        self._server: Server | None = None
        self._ticking: asyncio.Task[None] | None = None

    async def start(self, listener: socket, tls: SSLContext | None = None) -> None:
        """Take connections, encrypted where there is a context for it."""
        # At DEBUG the library writes whole frames to the log, and with them the tokens of hellos.
        _wire_log.setLevel(logging.WARNING)
        self._server = await serve(
            self._attend,
            sock=listener,
            ssl=tls,
            ssl_handshake_timeout=HELLO_SECONDS if tls else None,
            process_request=self._look_at,
            backlog=BACKLOG,
            compression=None,
            max_size=MAX_FRAME,
            open_timeout=HELLO_SECONDS,
            close_timeout=2,
            logger=_wire_log,
            server_header=None,
        )
        self._authentication.on_revoked(self.disconnect)
        self._ticking = asyncio.create_task(self._tick())

    async def stop(self) -> None:
        """Say goodbye to everybody (1001) and stop listening."""
        if self._ticking is not None:
            self._ticking.cancel()
            await asyncio.wait([self._ticking])
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    def disconnect(self, devices: frozenset[str]) -> None:
        """Close the connections of these devices (4401): their tokens are no longer good."""
        for client in tuple(self._clients):
            if client.actor is not None and client.actor.device in devices:
                log.info("%s is turned out", client.actor.device)
                self._carry_out(client, client.session.disconnect())

    def _look_at(self, wire: ServerConnection, asked: Handshake) -> Response | None:
        """Before a connection is one: who guesses tokens waits, and no page of a stranger's site so much as knocks."""
        if _is_page_from_elsewhere(asked):
            return wire.respond(HTTPStatus.FORBIDDEN, "")
        if self._wrong_tokens.is_reached(_address(wire), monotonic()):
            return wire.respond(HTTPStatus.TOO_MANY_REQUESTS, "")
        return None

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self._floor_service.feed.tick(self._floor_service.now)

    async def _attend(self, wire: ServerConnection) -> None:
        full = len(self._clients) >= MOST_CONNECTIONS
        place = None if full else self._strangers.take(_address(wire))
        if place is None:
            await wire.close(CloseCode.TRY_LATER)
            return
        client = Client(wire, DeviceSession(self._authentication.devices), stranger_place=place)
        self._clients.add(client)
        loop = asyncio.get_running_loop()
        client.hurry = loop.call_later(HELLO_SECONDS, self._hurry, client)
        try:
            async for text in wire:
                effects = client.session.receive(text)
                self._carry_out(client, effects)
                if client.cut_off:
                    break
                if any(isinstance(effect, Welcome) for effect in effects):
                    # A hello costs a snapshot, and thousands of them may have come in one piece.
                    await asyncio.sleep(0)
        except ConnectionClosed as closed:
            log.debug("%s: %s", client.actor and client.actor.device, closed)
        except Exception:
            # What breaks here is this connection's: it is closed, the device comes back, the others notice nothing.
            log.exception("connection of %s broke", client.actor and client.actor.device)
            await wire.close(_BROKEN)
        finally:
            self._forget(client)

    def _hurry(self, client: Client) -> None:
        self._carry_out(client, client.session.time_out_hello())

    def _forget(self, client: Client) -> None:
        self._clients.discard(client)
        client.release_stranger_place()
        self._floor_service.tallies.cut_off += client.cut_off
        if client.hurry is not None:
            client.hurry.cancel()
        if client.code is not None:
            self._authentication.cancel_enrolment(client.code)
        self._floor_service.feed.leave(client)
        if client.actor is not None:
            self._floor_service.presence.disconnect(client.actor)

    def _carry_out(self, client: Client, effects: Iterable[Effect]) -> None:
        for effect in effects:
            match effect:
                case Submit():
                    self._submit(client, effect)
                case Send(text):
                    put_on_wires((client,), text)
                case RecordHeartbeat(actor, seq, shown):
                    self._floor_service.heartbeat(actor, seq, shown)
                case RecordAttached(actor, devices):
                    self._floor_service.presence.attach(actor, devices)
                case LookUp():
                    client.spawn(self._answer(client, effect))
                case CheckPin():
                    self._prove(client, effect)
                case StartEnrolment(kind):
                    self._start_enrolment(client, kind)
                case Welcome():
                    self._welcome(client, effect)
                case Close(code):
                    if code is CloseCode.WRONG_TOKEN and client.actor is None:
                        self._count_wrong_token(client)
                    client.spawn(client.wire.close(code))

    def _submit(self, client: Client, order: Submit) -> None:
        if client.unanswered >= MOST_UNANSWERED:
            put_on_wires((client,), busy(order.req))
            return
        client.unanswered += 1

        def reply(text: str) -> None:
            client.unanswered -= 1
            put_on_wires((client,), text)

        actor = order.actor
        if client.proof is not None and monotonic() < client.proof.until:
            actor = replace(actor, proven=client.proof.officer)
        self._floor_service.submit(Request(actor, order.req, order.command, reply))

    async def _answer(self, client: Client, ask: LookUp) -> None:
        if len(client.tasks) > MOST_UNANSWERED:
            put_on_wires((client,), busy(ask.req))
            return
        answer = await self._floor_service.answer(ask.req, ask.question)
        put_on_wires((client,), answer.model_dump_json())

    def _prove(self, client: Client, order: CheckPin) -> None:
        """One at a time: a second PIN while the first is looked at is one too many."""
        if client.proving:
            put_on_wires((client,), busy(order.req))
            return
        client.proving = True
        client.spawn(self._check_pin(client, order))

    async def _check_pin(self, client: Client, order: CheckPin) -> None:
        try:
            answer = await answer_pin(
                self._authentication, order.req, order.question, order.actor.device
            )
        finally:
            client.proving = False
        if answer.ok:
            client.proof = PinProof(order.question.officer, monotonic() + PROVEN_SECONDS)
        put_on_wires((client,), answer.model_dump_json())

    def _start_enrolment(self, client: Client, kind: EnrolKind) -> None:
        def admit(issued: IssuedToken) -> None:
            self._carry_out(client, client.session.enrolled(issued.device, issued.token))

        waiting = self._authentication.request_enrolment(kind, _address(client.wire), admit)
        if isinstance(waiting, EnrolmentProblem):
            refusal = client.session.not_enrolled(WireError.TOO_MANY_WAITING)
            self._carry_out(client, refusal)
            return
        client.code = waiting.code
        shown = client.session.show_code(waiting.code, waiting.opened_at, waiting.expires_at)
        self._carry_out(client, shown)
        loop = asyncio.get_running_loop()
        client.hurry = loop.call_later(GOOD_FOR.total_seconds(), self._let_expire, client)

    def _let_expire(self, client: Client) -> None:
        if client.code is not None:
            self._authentication.cancel_enrolment(client.code)
        self._carry_out(client, client.session.not_enrolled(WireError.CODE_EXPIRED))

    def _count_wrong_token(self, client: Client) -> None:
        """A burst is told at its beginning and where it is too much, never with what was tried."""
        address = _address(client.wire)
        count = self._wrong_tokens.note(address, monotonic())
        if count == 1:
            log.warning("a device at %s says hello with a wrong name or token", address)
        elif count == WRONG_TOKENS:
            log.warning(
                "%d wrong tokens from %s, it is not listened to for a while", count, address
            )

    def _welcome(self, client: Client, welcome: Welcome) -> None:
        if client.actor is None:
            self._make_room(welcome.actor)
            client.actor = welcome.actor
            client.release_stranger_place()
            self._floor_service.presence.connect(welcome.actor)
            log.info("%s is here as %s", welcome.actor.device, welcome.actor.role)
        feed = self._floor_service.feed
        sent = feed.join(client, welcome.topics, welcome.position, self._floor_service.now)
        # A snapshot may itself be larger than what a slow reader is allowed to leave in the buffer.
        client.allowance = LARGEST_BUFFER + 2 * sent

    def _make_room(self, actor: Actor) -> None:
        if actor.role not in _ONE_AT_A_TIME:
            return
        for other in tuple(self._clients):
            if other.actor is not None and other.actor.device == actor.device:
                log.info("%s has come in again, its older connection gives way", actor.device)
                self._carry_out(other, other.session.be_replaced())


def _address(wire: ServerConnection) -> str:
    """The other side's address, without its port."""
    peer = wire.remote_address
    return str(peer[0]) if isinstance(peer, tuple) and peer else "?"


def _is_page_from_elsewhere(asked: Handshake) -> bool:
    """Whether a browser's page asks that neither this hub served nor the browser's own machine (RFC 6454); programs name no origin."""
    here = {_host_of(f"//{host}") for host in asked.headers.get_all("Host")} | _OWN_MACHINE
    origins = [_host_of(origin) for origin in asked.headers.get_all("Origin")]
    return any(host is None or host not in here for host in origins)


def _host_of(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
