"""The shell around the client session: one websocket that comes back by itself, an outbox, and answers as futures."""

import asyncio
import contextlib
import logging
import secrets
import sqlite3
import ssl
from collections.abc import AsyncIterator, Iterable
from typing import Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from hub.client.address import HubAddress
from hub.client.enrolment import GENTLE_PAUSE, Enroller
from hub.client.mirror import Change, Mirror
from hub.client.outbox import Outbox
from hub.client.printer_reports import PrinterReports
from hub.client.session import (
    Answered,
    Changed,
    ClientSession,
    Complained,
    Effect,
    Ready,
    SendFrame,
)
from hub.client.trust import context_of
from hub.messages import (
    MAX_FRAME,
    Answer,
    CloseCode,
    Condition,
    ErrorBody,
    ProveOfficer,
    Question,
    Topic,
    WireError,
)
from plumbing.backoff import Backoff, jittered
from service_floor.queue.commands import (
    Command,
    HandInTicket,
    LeaseNumbers,
    ReportAnnounced,
    ReportSlip,
    ReturnNumbers,
)
from service_floor.queue.concerns.leasing import ticket_of_lease

log = logging.getLogger("hub.client")
_wire_log = logging.getLogger("hub.client.wire")

PAUSES = (0.2, 0.4, 0.8, 1.6, 3.2, 5.0)
SILENCE = 12.0
HEARTBEAT = 5.0
RETRY = 1.0
_MAX_SNAPSHOT = 64 * MAX_FRAME
NO_LINE = "no_line"
"""Code of the answer that the link itself gives to a question which must not wait for the hub to come back."""
_FACTS = (ReportSlip, ReportAnnounced, HandInTicket, LeaseNumbers, ReturnNumbers)


class Listener(Protocol):
    """Who is told; called on the link's event loop."""

    def changed(self, change: Change) -> None:
        """The mirror has changed."""

    def connected(self, up: bool) -> None:
        """The hub answers, or has gone silent."""

    def answered(self, answer: Answer) -> None:
        """A request of ours has its answer, perhaps one kept from an earlier run."""


class Link:
    """A device's line to the hub. `run` keeps it up until cancelled; a command is repeated until it is answered.

    With an `entrance` a device that the hub does not let in asks for enrolment; otherwise it tries again at intervals.
    A granted command of a kind in `handed_over` is kept on disk until its program says `taken`;
    until then its request is `in_hand`.
    """

    def __init__(
        self, address: HubAddress, topics: Iterable[Topic], outbox: Outbox, listener: Listener
    ) -> None:
        self.mirror = Mirror()
        self._address = address
        self._session = ClientSession(address, topics, self.mirror)
        self._attached = PrinterReports()
        self._outbox = outbox
        self._listener = listener
        self._waiting: dict[str, asyncio.Future[Answer]] = {}
        self._questions: dict[str, str] = {}
        self._once: set[str] = set()
        self._wire: ClientConnection | None = None
        self._ready = False
        self._turned_away = False
        self._shut_out = not address.token
        self._least_pause = 0.0
        self.entrance: Enroller | None = None
        self.handed_over: tuple[type[Command], ...] = ()
        self.in_hand: set[str] = set()

    async def run(self) -> None:
        """Connect, talk, come back after a loss with growing pauses; returns only by cancellation."""
        backoff = Backoff(PAUSES)
        try:
            while True:
                if self._shut_out and self.entrance is not None:
                    self._address = await self.entrance.ask_in(self._address)
                    self._session.come_as(self._address)
                    backoff.reset()
                    if not self._address.token:
                        continue
                self._shut_out, self._least_pause = False, 0.0
                if await self._converse():
                    backoff.reset()
                if self._shut_out and self.entrance is not None:
                    continue
                await asyncio.sleep(jittered(max(backoff.next_pause(), self._least_pause)))
        finally:
            for future in self._waiting.values():
                future.cancel()

    def submit(self, command: Command) -> "asyncio.Future[Answer]":
        """Keep the command on disk, send it, and go on sending it until the hub answers."""
        return self.submit_as(new_request_id(), command)

    def submit_as(self, req: str, command: Command) -> "asyncio.Future[Answer]":
        """As `submit`, under a request id of the caller's."""
        future = self._expect(req)
        try:
            self._outbox.keep(req, command)
        except sqlite3.Error as problem:
            # What is not on disk is not sent: nobody could repeat it. Whoever pressed is told, and may press again.
            log.error("a request cannot be kept: %s", problem)
            self.settle(Answer(req=req, ok=False, error=ErrorBody(code=WireError.STORAGE)))
            return future
        if self._ready:
            self._write(self._session.command(req, command))
        return future

    def taken(self, req: str) -> None:
        """What followed from the answer is in good hands: the request may be forgotten."""
        if req in self.in_hand:
            self.in_hand.discard(req)
            self._outbox.settle(req)

    def ask(self, question: Question) -> "asyncio.Future[Answer]":
        """Look something up; asked again after a reconnect, forgotten with the program.

        A PIN is asked for once: without a line, or where it goes before the answer, the answer is `no_line`.
        """
        return self.ask_as(new_request_id(), question)

    def ask_as(self, req: str, question: Question) -> "asyncio.Future[Answer]":
        """As `ask`, under a request id of the caller's."""
        future = self._expect(req)
        text = self._session.question(req, question)
        if isinstance(question, ProveOfficer):
            self._once.add(req)
        else:
            self._questions[req] = text
        if self._ready:
            self._write(text)
        elif req in self._once:
            self.settle(_no_line(req))
        return future

    def heartbeat(self, shown: Iterable[str] = ()) -> None:
        """Tell the hub what has been applied and shown."""
        if self._ready:
            self._write(self._session.heartbeat(tuple(shown)))

    def attach(self, name: str, conditions: tuple[Condition, ...]) -> None:
        """Tell the hub how a printer is where that is news; each new connection is told again."""
        if self._attached.note(name, conditions) and self._ready:
            self._write(self._session.attached(self._attached.told()))

    def _expect(self, req: str) -> "asyncio.Future[Answer]":
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[req] = future
        return future

    async def _converse(self) -> bool:
        """One connection from hello to its end; True when the hub had accepted us."""
        accepted = False
        try:
            async with self._open() as wire:
                self._wire = wire
                try:
                    await wire.send(self._session.opening())
                    await self._listen(wire)
                except ConnectionClosed as closed:
                    self._log_close(closed)
                finally:
                    accepted = self._ready
                    self._lose()
        except (ssl.SSLError, FileNotFoundError, PermissionError) as problem:
            if not self._turned_away:
                self._turned_away = True
                log.error("the hub at %s is not believed: %s", self._address.url, problem)
        except (OSError, InvalidHandshake, InvalidMessage, TimeoutError) as problem:
            log.debug("no connection: %s", problem)
        return accepted

    @contextlib.asynccontextmanager
    async def _open(self) -> AsyncIterator[ClientConnection]:
        # At DEBUG the library writes whole frames to the log, and with them token and PIN.
        _wire_log.setLevel(logging.WARNING)
        async with connect(
            self._address.url,
            ssl=context_of(self._address),
            logger=_wire_log,
            compression=None,
            max_size=_MAX_SNAPSHOT,
            open_timeout=5,
            close_timeout=1,
            proxy=None,
        ) as wire:
            beat = asyncio.create_task(_beat(self))
            try:
                yield wire
            finally:
                beat.cancel()
                # Unlike `await beat`, this lets a cancellation of the link itself through.
                await asyncio.wait([beat])

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
            case Complained(frame):
                if self._ready:
                    log.warning("hub refused a frame: %s %s", frame.error.code, frame.error.data)
                if frame.req is not None:
                    self.settle(Answer(req=frame.req, ok=False, error=frame.error))

    def _become_ready(self) -> None:
        if self._ready:
            return
        self._ready = True
        self._turned_away = False
        if self.entrance is not None:
            self.entrance.let_in()
        self._listener.connected(True)
        if attached := self._attached.told():
            self._write(self._session.attached(attached))
        for req, command in self._outbox.pending():
            if req not in self.in_hand:
                self._write(self._session.command(req, command))
        for text in self._questions.values():
            self._write(text)

    def settle(self, answer: Answer) -> None:
        """Take an answer, of the hub or of who stands in for it."""
        if answer.req in self.in_hand:
            return
        command = self._outbox.find(answer.req)
        if command is not None and (
            _not_yet(answer, command) or _waits_for_hand_in(answer, command, self._outbox)
        ):
            asyncio.get_running_loop().call_later(RETRY, self._repeat, answer.req, command)
            return
        if command is not None and answer.ok and isinstance(command, self.handed_over):
            # A program that ended now would lose what it was given: the next run asks again, and gets the same answer.
            self.in_hand.add(answer.req)
        elif command is not None:
            self._outbox.settle(answer.req)
        self._questions.pop(answer.req, None)
        self._once.discard(answer.req)
        future = self._waiting.pop(answer.req, None)
        if future is not None and not future.done():
            future.set_result(answer)
        self._listener.answered(answer)

    def _repeat(self, req: str, command: Command) -> None:
        if self._ready:
            self._write(self._session.command(req, command))

    def _lose(self) -> None:
        self._wire = None
        if self._ready:
            self._ready = False
            self._listener.connected(False)
        for req in tuple(self._once):
            self.settle(_no_line(req))

    def _write(self, text: str) -> None:
        if self._wire is not None:
            task = asyncio.ensure_future(_send(self._wire, text))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())

    def _log_close(self, closed: ConnectionClosed) -> None:
        code = closed.rcvd.code if closed.rcvd else None
        if code in {CloseCode.WRONG_TOKEN, CloseCode.REPLACED}:
            self._least_pause = GENTLE_PAUSE / 0.7
        self._shut_out = code == CloseCode.WRONG_TOKEN
        if code == CloseCode.WRONG_TOKEN and not self._turned_away:
            self._turned_away = True
            log.error("the hub does not know device %s or its token", self._address.device)


async def _beat(link: Link) -> None:
    while True:
        await asyncio.sleep(HEARTBEAT)
        link.heartbeat()


async def _send(wire: ClientConnection, text: str) -> None:
    with contextlib.suppress(ConnectionClosed):
        await wire.send(text)


def _no_line(req: str) -> Answer:
    return Answer(req=req, ok=False, error=ErrorBody(code=NO_LINE))


def _not_yet(answer: Answer, command: Command) -> bool:
    """Whether the hub could not take the command now and it must be said again; a fact must not get lost, a person decides anew."""
    if answer.error is None:
        return False
    busy = answer.error.code == WireError.BUSY
    fact = isinstance(command, _FACTS)
    return busy or (fact and answer.error.code == WireError.STORAGE)


def _waits_for_hand_in(answer: Answer, command: Command, outbox: Outbox) -> bool:
    """Whether a slip is unknown to the hub only because its ticket has not been handed in yet."""
    if not isinstance(command, ReportSlip) or answer.error is None:
        return False
    return answer.error.code == WireError.UNKNOWN_TICKET and any(
        isinstance(other, HandInTicket)
        and ticket_of_lease(other.lease, other.number) == command.ticket
        for _, other in outbox.pending()
    )


def new_request_id() -> str:
    """128 random bits: no two presses of any device share an id."""
    return secrets.token_urlsafe(16)
