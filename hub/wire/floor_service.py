"""Facade of the floor on the event loop: queues requests for the writer thread, and passes its results to the feed
and the callers."""

import asyncio
import functools
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import date, datetime
from time import monotonic
from typing import Generic, TypeVar, assert_never

from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import SQLAlchemyError

from hub.clock.floor_clock import ClockReport
from hub.dossiers.register import Register
from hub.floor.decider import CommandOutcome, Inquiry, Request, Standing
from hub.floor.feed import EncodedPut, Feed
from hub.floor.writer import FloorWriter
from hub.journal.loss import LossReport, LossWatch
from hub.messages import (
    Answer,
    AskDossier,
    AskTicket,
    DossierView,
    ErrorBody,
    TicketPlace,
    Topic,
    WireError,
)
from hub.wire.attached_printers import AttachedReport
from hub.wire.presence import DeviceReport, Presence
from plumbing.executors import in_thread
from service_floor.queue.commands import Actor

log = logging.getLogger("hub")

Wire = TypeVar("Wire")


class Health(BaseModel):
    """Body of `/healthz`. Counts are of today; `shown` and `looked_up` since the hub started. `clock` and `loss` need a
    person if the clock is held or there is a loss."""

    model_config = ConfigDict(frozen=True)

    ok: bool
    day: date | None
    epoch: str
    seq: int
    now: datetime
    journal_rows: int
    devices: tuple[DeviceReport, ...]
    attached: tuple[AttachedReport, ...]
    counts: dict[str, int]
    clock: ClockReport
    loss: LossReport | None


@dataclass(frozen=True, slots=True)
class FloorSources:
    """What the service needs; put together by the composition root."""

    writer: FloorWriter[TicketPlace]
    register: Register
    readers: Executor
    presence: Presence
    clock: Callable[[], datetime]
    clock_report: Callable[[], ClockReport] = ClockReport
    loss: LossWatch = field(default_factory=lambda: LossWatch(0))


class FloorService(Generic[Wire]):
    """One for the hub, on its event loop; used by the websocket server and by the pages."""

    def __init__(self, sources: FloorSources, feed: Feed[Wire], standing: Standing) -> None:
        self.feed = feed
        self.presence = sources.presence
        self._sources = sources
        self._standing = standing
        self._open = True
        self.tallies = sources.writer.tallies
        self.commits = sources.writer.commit_times
        self.loss = sources.loss
        feed.rows = standing.rows

    @property
    def now(self) -> datetime:
        """The hub's clock."""
        return self._sources.clock()

    def is_alive(self, seconds: float) -> bool:
        """Whether the writer thread has completed a round within the last seconds."""
        return monotonic() - self._sources.writer.last_turn < seconds

    def deliver(self, outcome: CommandOutcome) -> None:
        """Handle a round of the writer: the feed first, so that a caller that has its answer can already see the
        effect."""
        self._standing = outcome.standing
        self.feed.rows = outcome.standing.rows
        if outcome.standing.day is not None:
            self.presence.begin_day(outcome.standing.day)
        if outcome.puts:
            self.feed.publish(outcome.puts)
        for reply, value in outcome.replies:
            reply(value)

    def submit(self, request: Request) -> None:
        """Queue a command for the writer; if its queue is full, the answer is `busy`."""
        if not self._sources.writer.submit(request):
            self.tallies.note_requests([(request.command.kind, WireError.BUSY.value)])
            request.reply(busy(request.req))

    def heartbeat(self, actor: Actor, seq: int, shown: Iterable[str]) -> None:
        """Record a heartbeat; a call that a screen reports as shown counts only if it stands on the boards."""
        calls = [call for call in shown if self.feed.has(Topic.CALLS, call)]
        self.presence.heartbeat(actor, seq, calls)

    def close(self) -> None:
        """Accept nothing more."""
        self._open = False
        self._sources.writer.close_intake()

    async def answer(self, req: str, question: AskDossier | AskTicket) -> Answer:
        """Look up what was asked."""
        match question:
            case AskDossier(code=code):
                found: BaseModel | WireError = await self.dossier(code)
            case AskTicket(code=code):
                found = await self.place(code)
            case _:
                assert_never(question)
        if isinstance(found, WireError):
            return Answer(req=req, ok=False, error=ErrorBody(code=found))
        return Answer(req=req, ok=True, result=dict(found))

    async def place(self, code: str) -> TicketPlace | WireError:
        """Where a ticket of today stands, by id or number; or the error."""
        future: asyncio.Future[TicketPlace | WireError] = asyncio.get_running_loop().create_future()
        inquiry: Inquiry[TicketPlace] = Inquiry(code.strip(), functools.partial(_settle, future))
        if not self._sources.writer.submit(inquiry):
            return WireError.BUSY
        return await future

    async def dossier(self, code: str) -> DossierView | WireError:
        """Where a dossier stands, by whatever was scanned or typed; or the error. The register is read in a thread."""
        view = self._sources.register.view
        try:
            found = await in_thread(self._sources.readers, view, code, self.now)
        except SQLAlchemyError as problem:
            log.error("the register cannot be read: %s", problem)
            return WireError.STORAGE
        if found is None:
            return WireError.UNKNOWN_DOSSIER
        self.presence.count_look_up()
        return found

    def health(self) -> Health:
        """The hub's state for monitoring."""
        counts = self._standing.counts
        return Health(
            ok=self._open and self._standing.day is not None,
            day=self._standing.day,
            epoch=self.feed.epoch,
            seq=self.feed.seq,
            now=self.now,
            journal_rows=self._standing.rows,
            devices=self.presence.devices(),
            attached=self.presence.attached(),
            counts={
                "issued": counts.get("issued", 0),
                "called": counts.get("called", 0),
                "printed": counts.get("printed", 0),
                "shown": self.presence.shown,
                "announced": counts.get("announced", 0),
                "looked_up": self.presence.looked_up,
            },
            clock=self._sources.clock_report(),
            loss=self.loss.report(),
        )


def busy(req: str) -> str:
    """The answer to a command for which the queue is full."""
    return Answer(req=req, ok=False, error=ErrorBody(code=WireError.BUSY)).model_dump_json()


def starting_feed(
    epoch: str, puts: Iterable[EncodedPut], send: Callable[[Iterable[Wire], str], None]
) -> Feed[Wire]:
    """A feed that begins with the state restored from the journal."""
    feed: Feed[Wire] = Feed(epoch, send)
    feed.load(puts)
    return feed


def _settle(
    future: "asyncio.Future[TicketPlace | WireError]", place: TicketPlace | WireError
) -> None:
    if not future.done():
        future.set_result(place)
