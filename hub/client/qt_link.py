"""Bridge between the hub link and Qt: a thread with its own event loop, and parsed messages over queued signals."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QObject, Qt, Signal

from hub.client.address import HubAddress
from hub.client.enrolment import Enroller, EnrolmentPrompt, EnrolmentSettings
from hub.client.link import Link, new_request_id
from hub.client.mirror import Change, Mirror
from hub.client.offline.hub_clock import KioskClocks
from hub.client.offline.reserve import Reserve, Terms
from hub.client.outbox import Outbox
from hub.client.printer_reports import PRINTER, conditions_of
from hub.client.requests import Policy, Then, ignore
from hub.messages import Answer, Condition, Question, Topic
from plumbing.machine_clock import BootClock, boot_id
from service_floor.queue.commands import Command, IssueTicket


@dataclass(frozen=True, slots=True)
class _Answered:
    """A request has its answer, for its callback."""

    then: Then
    answer: Answer


@dataclass(frozen=True, slots=True)
class _Recovered:
    """A ticket request of an earlier run has its answer."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class _Offered:
    """How many numbers of each service could be given without the hub."""

    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Prompted:
    """What to show while the hub does not let the device in; None once it has."""

    prompt: EnrolmentPrompt | None


_Message = Change | bool | _Answered | _Recovered | _Offered | _Prompted


class QtLink(QObject):
    """A program's link to the hub. Made and used in the GUI thread; `start` begins its thread, `stop` ends and joins it.

    With `terms` (lease terms) numbers are leased in advance, and the answer to an `IssueTicket` is delivered again in
    the next run by `recovered` unless `taken` was called for it. With `enrolment` a device without a valid token asks for one.

    Signals, all in the GUI thread: `changed(Change)`, `connected(bool)`, `recovered(Answer)`; with `terms`
    `offered(dict)`, how many numbers of each service could be given without the hub; with `enrolment`
    `prompted(EnrolmentPrompt | None)`, what to show while the hub does not let the device in.
    """

    changed = Signal(object)
    connected = Signal(bool)
    recovered = Signal(object)
    offered = Signal(object)
    prompted = Signal(object)
    _arrived = Signal(object)

    def __init__(
        self,
        address: HubAddress,
        topics: Iterable[Topic],
        outbox: Path,
        terms: Terms | None = None,
        enrolment: EnrolmentSettings | None = None,
    ) -> None:
        super().__init__()
        self.mirror = Mirror()
        self._line: _Line | None = None
        self._new_line = partial(
            _Line, address, tuple(topics), outbox, self._arrived.emit, terms, enrolment
        )
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._line = self._new_line()
        self._line.begin()

    def stop(self) -> None:
        """End the link and join its thread. Idempotent."""
        if self._line is not None:
            self._line.end()
            self._line = None

    def send(self, request: Command | Question, policy: Policy, then: Then = ignore) -> str:
        """Deliver a request by its policy and return its id; `then` takes the answer in the GUI thread."""
        return self._running().send(request, policy, then)

    def taken(self, req: str) -> None:
        """The program has saved the result of this answer; the hub need not be asked again."""
        self._running().call(lambda link: link.taken(req))

    def stand_in(self, req: str) -> None:
        """Answer a ticket request from the leased numbers, if the hub is unreachable."""
        self._running().stand_in(req)

    def report_printer(self, health: str, reasons: Iterable[str]) -> None:
        """Report the printer's condition to the hub. A report after the link has stopped is dropped."""
        if self._line is not None:
            conditions: tuple[Condition, ...] = conditions_of(health, reasons)
            self._line.call(lambda link: link.attach(PRINTER, conditions))

    def _running(self) -> "_Line":
        if self._line is None:
            raise RuntimeError("the link to the hub has not been started")
        return self._line

    def _deliver(self, message: _Message) -> None:
        if self.signalsBlocked():
            return
        match message:
            case Change():
                self.mirror.take(message)
                self.changed.emit(message)
            case bool():
                self.connected.emit(message)
            case _Answered(then, answer):
                then(answer)
            case _Recovered(answer):
                self.recovered.emit(answer)
            case _Offered(numbers):
                self.offered.emit(numbers)
            case _Prompted(prompt):
                self.prompted.emit(prompt)
            case _:
                assert_never(message)


class _Line:
    """The thread behind a QtLink: an event loop with one Link; everything it receives goes to `deliver`."""

    def __init__(
        self,
        address: HubAddress,
        topics: tuple[Topic, ...],
        outbox: Path,
        deliver: Callable[[_Message], None],
        terms: Terms | None,
        enrolment: EnrolmentSettings | None,
    ) -> None:
        self.changed: Callable[[Change], None] = deliver
        self.connected: Callable[[bool], None] = deliver
        self._deliver = deliver
        self._loop = asyncio.new_event_loop()
        self._outbox = Outbox(outbox)
        self._reserve = self._reserve_of(terms) if terms is not None else None
        self._link = Link(
            address,
            topics,
            self._outbox,
            self._reserve or self,
            self._reserve.adopt if self._reserve is not None else self._adopt,
            Enroller(enrolment, lambda prompt: deliver(_Prompted(prompt))) if enrolment else None,
        )
        self._over = asyncio.Event()
        self._thread = threading.Thread(target=self._live, name="hub-line", daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    def call(self, action: Callable[[Link], object]) -> None:
        """Run this on the link's thread, in order of the calls."""
        self._loop.call_soon_threadsafe(action, self._link)

    def send(self, request: Command | Question, policy: Policy, then: Then) -> str:
        req = new_request_id()
        self.call(lambda link: link.send(request, policy, self._in_gui_thread(then), req))
        return req

    def stand_in(self, req: str) -> None:
        if self._reserve is not None:
            self._loop.call_soon_threadsafe(self._reserve.stand_in, req)

    def _in_gui_thread(self, then: Then) -> Then:
        return lambda answer: self._deliver(_Answered(then, answer))

    def _adopt(self, _req: str, command: Command) -> tuple[Policy, Then]:
        """Answers to tickets requested in an earlier run go to `recovered`; for other commands no callback is left."""
        if self._reserve is not None and isinstance(command, IssueTicket):
            return Policy.HAND_OVER, lambda answer: self._deliver(_Recovered(answer))
        return Policy.DURABLE, ignore

    def _reserve_of(self, terms: Terms) -> Reserve:
        clocks = KioskClocks(BootClock(), lambda: datetime.now(UTC), boot_id())
        return Reserve(
            terms,
            self._outbox,
            self,
            lambda numbers: self._deliver(_Offered(numbers)),
            clocks,
            self._adopt,
        )

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
