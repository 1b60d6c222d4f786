"""The one bridge between the hub's line and Qt: a thread with its own event loop, parsed messages over queued signals."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from hub.client.address import HubAddress
from hub.client.enrolment import Enroller, EnrolmentPrompt, EnrolmentSettings
from hub.client.link import Link, new_request_id
from hub.client.mirror import Change, Mirror
from hub.client.outbox import Outbox
from hub.client.printer_reports import PRINTER, conditions_of
from hub.client.reserve import Reserve, Terms
from hub.messages import Answer, Condition, Question, Topic
from service_floor.queue.commands import Command, IssueTicket


@dataclass(frozen=True, slots=True)
class _PromptChanged:
    """How the device stands with the hub that does not let it in; None once it is in."""

    entry: EnrolmentPrompt | None


Told = Change | Answer | bool | Mapping[str, int] | _PromptChanged


class QtLink(QObject):
    """A program's line to the hub. Made and used in the GUI thread; `start` begins the line, `stop` ends and joins it.

    With `terms` the answer to an `IssueTicket` comes again in the next run, unless `taken` was said. With `way_in`
    it asks for enrolment where it has no token, or one that the hub takes no more.

    Signals: `changed(Change)`, `connected(bool)`, `answered(str, Answer)`, with `terms` `reserve(dict)`, how many
    numbers of each service could be given without the hub, and with `way_in` `entry(EnrolmentPrompt | None)`, what to show while
    the hub does not let the device in; all in the GUI thread.
    """

    changed = Signal(object)
    connected = Signal(bool)
    answered = Signal(str, object)
    reserve = Signal(object)
    entry = Signal(object)
    _arrived = Signal(object)

    def __init__(
        self,
        address: HubAddress,
        topics: Iterable[Topic],
        outbox: Path,
        terms: Terms | None = None,
        way_in: EnrolmentSettings | None = None,
    ) -> None:
        super().__init__()
        self.mirror = Mirror()
        self._address = address
        self._topics = tuple(topics)
        self._outbox = outbox
        self._terms = terms
        self._way_in = way_in
        self._line: _Line | None = None
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to connect; returns at once."""
        deliver = self._arrived.emit
        self._line = _Line(self._address, self._topics, self._outbox, deliver, self._terms)
        self._line.enter_by(self._way_in)
        self._line.begin()

    def stop(self) -> None:
        """End the line and wait for its thread. Idempotent."""
        if self._line is not None:
            self._line.end()
            self._line = None

    def submit(self, command: Command) -> str:
        """Give a command; its request id is on disk before it is sent, and comes back with `answered`."""
        return self._running().submit(command)

    def taken(self, req: str) -> None:
        """What followed from a ticket's answer is on disk here: the hub need not be asked for it again."""
        self._running().taken(req)

    def ask(self, question: Question) -> str:
        """Ask a question; its request id comes back with `answered`."""
        return self._running().ask(question)

    def stand_in(self, req: str) -> None:
        """Have a press answered with a number held in advance, where the hub is gone and there is one; else nothing happens."""
        self._running().stand_in(req)

    def printer_is(self, health: str, reasons: Iterable[str]) -> None:
        """Have the hub know how the printer is, as its driver says it; the last word may come when the line has ended."""
        if self._line is not None:
            self._line.attach(PRINTER, conditions_of(health, reasons))

    def _running(self) -> "_Line":
        if self._line is None:
            raise RuntimeError("the line to the hub has not been started")
        return self._line

    def _deliver(self, message: Told) -> None:
        match message:
            case Change():
                self.mirror.take(message)
                self.changed.emit(message)
            case Answer():
                self.answered.emit(message.req, message)
            case bool():
                self.connected.emit(message)
            case _PromptChanged(entry):
                self.entry.emit(entry)
            case _:
                self.reserve.emit(message)


class _Line:
    """The thread behind a QtLink: an event loop with one Link; everything it hears is handed to `deliver`."""

    def __init__(
        self,
        address: HubAddress,
        topics: Iterable[Topic],
        outbox: Path,
        deliver: Callable[[Told], None],
        terms: Terms | None,
    ) -> None:
        self.changed: Callable[[Change], None] = deliver
        self.connected: Callable[[bool], None] = deliver
        self.answered: Callable[[Answer], None] = deliver
        self._loop = asyncio.new_event_loop()
        self._outbox = Outbox(outbox)
        clocks = (time.monotonic, lambda: datetime.now(UTC))
        self._deliver = deliver
        self._reserve = Reserve(terms, self._outbox, self, deliver, clocks) if terms else None
        self._link = Link(address, topics, self._outbox, self._reserve or self)
        if terms is not None:
            self._link.handed_over = (IssueTicket,)
        self._over = asyncio.Event()
        self._thread = threading.Thread(target=self._live, name="hub-line", daemon=True)

    def enter_by(self, way_in: EnrolmentSettings | None) -> None:
        if way_in is not None:
            told = Enroller(way_in, lambda entry: self._deliver(_PromptChanged(entry)))
            self._link.entrance = told

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    def submit(self, command: Command) -> str:
        req = new_request_id()
        self._loop.call_soon_threadsafe(self._link.submit_as, req, command)
        return req

    def taken(self, req: str) -> None:
        self._loop.call_soon_threadsafe(self._link.taken, req)

    def ask(self, question: Question) -> str:
        req = new_request_id()
        self._loop.call_soon_threadsafe(self._link.ask_as, req, question)
        return req

    def attach(self, name: str, conditions: tuple[Condition, ...]) -> None:
        self._loop.call_soon_threadsafe(self._link.attach, name, conditions)

    def stand_in(self, req: str) -> None:
        if self._reserve is not None:
            self._loop.call_soon_threadsafe(self._reserve.stand_in, req)

    def _live(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._run())
        self._outbox.close()

    async def _run(self) -> None:
        tasks = [asyncio.create_task(self._link.run())]
        if self._reserve is not None:
            self._reserve.attach(self._link)
            tasks.append(asyncio.create_task(self._reserve.run()))
        await self._over.wait()
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
