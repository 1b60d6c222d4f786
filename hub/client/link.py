"""The shell around the client session: one websocket with retry and back-off, a heartbeat, and the table of open requests."""

import asyncio
import contextlib
import logging
import secrets
import sqlite3
import ssl
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Protocol, assert_never

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from hub.client.address import HubAddress
from hub.client.connection import MAX_SNAPSHOT, connection_to
from hub.client.enrolment import Enroller
from hub.client.mirror import Change, Mirror
from hub.client.outbox import Outbox
from hub.client.printer_reports import PrinterReports
from hub.client.reconnection import Reconnection
from hub.client.requests import (
    Adopter,
    OpenRequests,
    Policy,
    Then,
    adopt_and_ignore,
    ignore,
    no_line,
    not_kept,
)
from hub.client.session import (
    Answered,
    Changed,
    ClientSession,
    Complained,
    Effect,
    Ready,
    SendFrame,
    frame_of,
)
from hub.messages import Answer, Condition, Question, Topic
from service_floor.queue.commands import Command

log = logging.getLogger("hub.client")

SILENCE = 12.0
HEARTBEAT = 5.0
RETRY = 1.0


class Listener(Protocol):
    """Callbacks of a link, on its event loop."""

    def changed(self, change: Change) -> None:
        """The mirror has changed."""

    def connected(self, up: bool) -> None:
        """The hub answers, or has gone silent."""


class Link:
    """A device's connection to the hub. `run` keeps it up until cancelled, with retries.

    Used on one event loop only. `adopt` finds the callbacks of commands that an earlier run left in the outbox. With an
    `enroller` a device that the hub does not let in asks for enrolment; otherwise it tries again at intervals.
    """

    def __init__(
        self,
        address: HubAddress,
        topics: Iterable[Topic],
        outbox: Outbox,
        listener: Listener,
        adopt: Adopter = adopt_and_ignore,
        enroller: Enroller | None = None,
    ) -> None:
        self.mirror = Mirror()
        self._address = address
        self._session = ClientSession(address, topics, self.mirror)
        self._printers = PrinterReports()
        self._requests = OpenRequests(outbox, adopt)
        self._listener = listener
        self._enroller = enroller
        self._retry = Reconnection(has_token=bool(address.token))
        self._wire: ClientConnection | None = None
        self._ready = False

    async def run(self) -> None:
        """Connect, talk, connect again after a loss; returns only by cancellation."""
        while True:
            if self._retry.shut_out and self._enroller is not None:
                self._address = await self._enroller.ask_in(self._address)
                self._session.come_as(self._address)
                self._retry.enrolled()
                if not self._address.token:
                    continue
            self._retry.begin()
            await self._converse()
            if not self._retry.shut_out or self._enroller is None:
                await asyncio.sleep(self._retry.next_pause())

    def send(
        self, request: Command | Question, policy: Policy, then: Then = ignore, req: str = ""
    ) -> str:
        """Deliver a request by its policy and hand the answer to `then`; returns its id, a new one unless `req` is given.

        A command that the disk does not take is not sent, as nothing could repeat it after a crash: its answer is `storage`.
        """
        req = req or new_request_id()
        try:
            self._requests.add(req, request, policy, then)
        except sqlite3.Error as problem:
            log.error("a request cannot be kept: %s", problem)
            then(not_kept(req))
            return req
        self._write(frame_of(req, request))
        if policy is Policy.ONCE and not self._ready:
            self.settle(no_line(req))
        return req

    def awaits(self, req: str) -> bool:
        """Whether this request has no answer yet."""
        return self._requests.awaits(req)

    def settle(self, answer: Answer) -> None:
        """Take an answer of the hub, or one given locally in its place."""
        if not self._requests.settle(answer):
            asyncio.get_running_loop().call_later(RETRY, self._repeat, answer.req)

    def taken(self, req: str) -> None:
        """What followed from a granted answer is on disk: a request with the policy HAND_OVER may be forgotten."""
        self._requests.taken(req)

    def attach(self, name: str, conditions: tuple[Condition, ...]) -> None:
        """Report a printer's condition to the hub if it has changed; each new connection gets it again."""
        if self._printers.note(name, conditions):
            self._write(self._session.attached(self._printers.standing()))

    async def _converse(self) -> None:
        """One connection from hello to its end."""
        try:
            async with (
                connection_to(self._address, MAX_SNAPSHOT) as wire,
                _heartbeats(self._session, self._write),
            ):
                self._wire = wire
                try:
                    await wire.send(self._session.opening())
                    await self._listen(wire)
                except ConnectionClosed as closed:
                    self._retry.closed(closed, self._address.device)
                finally:
                    self._lose()
        except (ssl.SSLError, FileNotFoundError, PermissionError) as problem:
            self._retry.distrusted(self._address.url, problem)
        except (OSError, InvalidHandshake, InvalidMessage, TimeoutError) as problem:
            log.debug("no connection: %s", problem)

    async def _listen(self, wire: ClientConnection) -> None:
        while True:
            async with asyncio.timeout(SILENCE):
                text = await wire.recv()
            for effect in self._session.receive(text):
                self._carry_out(effect)

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case SendFrame(text):
                self._write(text)
            case Ready():
                self._become_ready()
            case Changed(change):
                self._listener.changed(change)
            case Answered(answer):
                self.settle(answer)
            case Complained(error):
                if self._ready:
                    log.warning("hub refused a frame: %s %s", error.code, error.data)
            case _:
                assert_never(effect)

    def _become_ready(self) -> None:
        if self._ready:
            return
        self._ready = True
        self._retry.accepted()
        if self._enroller is not None:
            self._enroller.let_in()
        self._listener.connected(True)
        if attached := self._printers.standing():
            self._write(self._session.attached(attached))
        for req, request in self._requests.to_resend():
            self._write(frame_of(req, request))

    def _repeat(self, req: str) -> None:
        if (request := self._requests.find(req)) is not None:
            self._write(frame_of(req, request))

    def _lose(self) -> None:
        self._wire = None
        if self._ready:
            self._ready = False
            self._listener.connected(False)
        for answer in self._requests.lost():
            self.settle(answer)

    def _write(self, text: str) -> None:
        if self._ready and self._wire is not None:
            task = asyncio.ensure_future(_send(self._wire, text))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())


@contextlib.asynccontextmanager
async def _heartbeats(session: ClientSession, write: Callable[[str], None]) -> AsyncIterator[None]:
    """Heartbeats at intervals for the time of the block."""
    beating = asyncio.create_task(_beat(session, write))
    try:
        yield
    finally:
        beating.cancel()
        # Unlike `await beating`, this lets a cancellation of the link itself through.
        await asyncio.wait([beating])


async def _beat(session: ClientSession, write: Callable[[str], None]) -> None:
    while True:
        await asyncio.sleep(HEARTBEAT)
        write(session.heartbeat())


async def _send(wire: ClientConnection, text: str) -> None:
    with contextlib.suppress(ConnectionClosed):
        await wire.send(text)


def new_request_id() -> str:
    """128 random bits: no two presses of any device share an id."""
    return secrets.token_urlsafe(16)
