"""The only writer of the floor: takes all waiting requests into one transaction, and tells and answers after its commit."""

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Final

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from hub.errors import HubError
from hub.floor.feed import EncodedPut
from hub.floor.live import Counts, LiveFloor
from hub.floor.projection import Projection
from hub.floor.tallies import DONE, REFUSED, REPEATED, Tallies
from hub.floor.undo_of_press import withdraw
from hub.journal.chain import Flaw
from hub.journal.codec import command_hash
from hub.journal.journal import Journal, Kept, Page, RequestKey, broken
from hub.journal.outage import Outage
from hub.messages import Answer, ErrorBody, TicketPlace, WireError
from service_floor.queue.commands import Actor, Command, HandInTicket, Order
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.planning.plan import FloorPlan

log = logging.getLogger("hub")

MOST_WAITING: Final = 2_000
MOST_AT_ONCE: Final = 256
SECOND: Final = 1.0
BREATH: Final = 0.2
"""Of the time of the last commit: so long a batch stays open for presses that are on their way, where the last one held
more. Who comes just too late waits for a whole commit, which on a slow disk is much longer."""
LONGEST_BREATH: Final = 0.005
REQUESTS_KEPT_FOR: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Request:
    """A command of a device; `reply` takes the text of the answer, on the event loop."""

    actor: Actor
    req: str
    command: Command
    reply: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question about a ticket, by id or number; `reply` takes the answer, or why there is none, on the event loop."""

    code: str
    reply: Callable[[TicketPlace | WireError], None]


Item = Request | Inquiry
Reply = tuple[Callable[[Any], None], Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the journal and the day stand; no day while the journal cannot be written."""

    day: date | None
    rows: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class CommandOutcome:
    """What one round of the writer brought: news for the feed, then answers."""

    puts: tuple[EncodedPut, ...]
    replies: tuple[Reply, ...]
    standing: Standing


class FloorWriter:
    """One thread between `start` and `stop`. `deliver` is called in it, once for each round, and hands over to the event loop."""

    def __init__(
        self,
        journal: Journal,
        plan: FloorPlan,
        clock: Callable[[], datetime],
        fresh_id: Callable[[], str],
        deliver: Callable[[CommandOutcome], None],
    ) -> None:
        self._journal = journal
        self._plan = plan
        self._clock = clock
        self._fresh_id = fresh_id
        self._deliver = deliver
        self._projection = Projection(plan)
        self._live: LiveFloor | None = None
        self._intake: SimpleQueue[Item | None] = SimpleQueue()
        self._open = False
        self._pool: ThreadPoolExecutor | None = None
        self._purged: date | None = None
        self._last_size = 0
        self._outage = Outage()
        self.tallies = Tallies()
        self.commits = journal.commits
        self.last_turn = monotonic()
        """When the thread last came round, by the monotonic clock: every second, also when nobody asks for anything."""

    def restore(self) -> CommandOutcome:
        """Fold the latest day out of the journal and let happen what is due, before the thread starts."""
        try:
            return self._transact([])
        except SQLAlchemyError as problem:
            raise self._journal.unusable(problem) from problem

    def start(self) -> "Future[None]":
        """Begin to write. The future ends with the thread, with an exception where it was not asked to."""
        self._pool = ThreadPoolExecutor(1, "floor-writer")
        self._open = True
        return self._pool.submit(self._run)

    def submit(self, item: Item) -> bool:
        """Hand in something to do; False where too much is waiting already."""
        if not self._open or self._intake.qsize() >= MOST_WAITING:
            return False
        self._intake.put(item)
        return True

    def close_intake(self) -> None:
        """Take nothing more; what was taken is still done."""
        self._open = False

    def stop(self) -> None:
        """Finish what was taken, then end the thread."""
        self.close_intake()
        self._intake.put(None)
        if self._pool is not None:
            self._pool.shutdown()
        self._journal.close()

    def _run(self) -> None:
        next_second = monotonic()
        going_on = True
        while going_on:
            self.last_turn = monotonic()
            batch, going_on = self._gather(max(0.0, next_second - monotonic()))
            if monotonic() >= next_second:
                next_second = monotonic() + SECOND
                if self._live is not None:
                    self._live.look_again()
                    self.tallies.leased = self._live.leased()
                self._round(batch)
                self._forget_old_requests()
            elif batch:
                self._round(batch)

    def _gather(self, patience: float) -> tuple[list[Item], bool]:
        """Everything that waits, up to a bound, and whether to go on."""
        batch: list[Item] = []
        try:
            item = self._intake.get(timeout=patience)
            while item is not None:
                batch.append(item)
                if len(batch) == MOST_AT_ONCE:
                    return batch, True
                item = self._intake.get_nowait()
        except Empty:
            return batch, True
        return batch, False

    def _round(self, batch: list[Item], *, alone: bool = False) -> None:
        """Carry out a batch and deliver; whatever goes wrong, the floor is folded again and the writer goes on."""
        if self._outage.lasts and not self._can_write():
            self._deliver(self._without_writing(batch))
            return
        try:
            outcome = self._transact(batch, alone=alone)
        except (SQLAlchemyError, HubError) as problem:
            if isinstance(problem, IntegrityError):
                self._isolate(batch, problem)
                return
            self._outage.begin(problem)
            outcome = self._fail(batch, WireError.STORAGE)
        except Exception as problem:  # noqa: BLE001 - one command that breaks a rule must not stop the floor for all others
            self._isolate(batch, problem)
            return
        else:
            if self._outage.lasts:
                self._outage.end()
                outcome = replace(outcome, standing=self._standing())
        self._deliver(outcome)

    def _can_write(self) -> bool:
        """Whether it is worth folding the day again: a write that means nothing is cheaper to lose."""
        try:
            self._journal.probe()
        except (SQLAlchemyError, HubError):
            return False
        return True

    def _without_writing(self, batch: list[Item]) -> CommandOutcome:
        """Refuse requests, and answer questions from what is known."""
        replies: list[Reply] = []
        try:
            inquiries = [item for item in batch if isinstance(item, Inquiry)]
            if inquiries:
                live = self._live or self._fold_again()
                replies += _places(live, inquiries)
                batch = [item for item in batch if isinstance(item, Request)]
        except (SQLAlchemyError, HubError):
            # It cannot be read either: everybody in the batch is refused.
            self._live = None
        return CommandOutcome(
            (), (*replies, *self._refuse(batch, WireError.STORAGE)), self._standing()
        )

    def _isolate(self, batch: list[Item], problem: Exception) -> None:
        """Find the request that breaks the writer by doing each alone; that one is answered `internal`."""
        self._live = None
        if len(batch) > 1:
            for item in batch:
                self._round([item], alone=True)
            return
        log.error("a request broke the writer", exc_info=problem)
        self._deliver(self._fail(batch, WireError.INTERNAL))

    def _fail(self, batch: list[Item], code: WireError) -> CommandOutcome:
        """Answer everybody with an error, and forget the floor: it may be half-way."""
        self._live = None
        return CommandOutcome((), self._refuse(batch, code), self._standing())

    def _refuse(self, batch: list[Item], code: WireError) -> tuple[Reply, ...]:
        requests = (item for item in batch if isinstance(item, Request))
        self.tallies.note_requests((each.command.kind, code.value) for each in requests)
        return tuple(_refusals(batch, code))

    def _transact(self, batch: list[Item], *, alone: bool = False) -> CommandOutcome:
        """One commit for the batch; unless it is to stay `alone`, what comes in meanwhile is added to it."""
        now = self._clock()
        until = monotonic() + min(BREATH * self.commits.last, LONGEST_BREATH)
        live = self._live or self._fold_again()
        replies: list[Reply] = []
        told: list[tuple[str, str]] = []
        if live.time_is_due(now) or any(isinstance(item, Request) for item in batch):
            with self._journal.page() as page:
                live.let_time_pass(page, now)
                known: dict[RequestKey, Kept] = {}
                some = batch[:]
                while some:
                    requests = [item for item in some if isinstance(item, Request)]
                    known |= page.known({RequestKey(r.actor.device, r.req) for r in requests})
                    for request in requests:
                        text, outcome = self._answer(page, live, known, request, now)
                        replies.append((request.reply, text))
                        told.append((request.command.kind, outcome))
                    some = [] if alone else self._also_waiting(batch, until)
            self._last_size = len(batch)
        self.tallies.note_requests(told)
        replies += _places(live, [item for item in batch if isinstance(item, Inquiry)])
        return CommandOutcome(live.take_puts(now), tuple(replies), self._standing())

    def _also_waiting(self, batch: list[Item], until: float) -> list[Item]:
        """What has come in since the batch was gathered, or does so soon; it counts to the batch from here on."""
        more: list[Item] = []
        is_small = len(batch) < self._last_size
        patience = max(0.0, until - monotonic()) if is_small else 0.0
        with suppress(Empty):
            while len(batch) < MOST_AT_ONCE:
                item = self._intake.get(timeout=0.0 if more else patience)
                if item is None:
                    self._intake.put(None)
                    break
                batch.append(item)
                more.append(item)
        return more

    def _answer(
        self,
        page: Page,
        live: LiveFloor,
        known: dict[RequestKey, Kept],
        request: Request,
        now: datetime,
    ) -> tuple[str, str]:
        """The stored answer of a repeated request, before anything else is looked at; or a fresh one, kept. And what it was."""
        key = RequestKey(request.actor.device, request.req)
        body_hash = command_hash(request.command)
        kept = known.get(key)
        if kept is not None:
            return _again(request.req, kept, body_hash), REPEATED
        order = Order(request.command, request.actor, now, self._fresh_id())
        answer = live.carry_out(page, order, request.req)
        text = answer.model_dump_json()
        known[key] = Kept(body_hash, text)
        page.keep(key, known[key], now)
        if answer.ok and isinstance(request.command, HandInTicket):
            withdraw(page, live, known, request.actor, request.command, now)
        return text, DONE if answer.ok else REFUSED

    def _standing(self) -> Standing:
        live = self._live
        counts = Counts() if live is None else live.counts
        day = None if live is None or self._outage.lasts else live.day
        return Standing(day, self._journal.seq, counts)

    def _fold_again(self) -> LiveFloor:
        """Read the end and the latest day from the journal: what it does not tell has not happened."""
        self._journal.find_end()
        live = LiveFloor(self._plan, self._projection)
        try:
            live.restore(self._journal.replay())
        except (ImpossibleEventError, LookupError) as problem:
            raise broken(self._journal.replayed, Flaw.IMPOSSIBLE) from problem
        self._live = live
        return live

    def _forget_old_requests(self) -> None:
        now = self._clock()
        if self._purged == now.date():
            return
        try:
            gone = self._journal.forget_requests(now - REQUESTS_KEPT_FOR)
        except SQLAlchemyError as problem:
            log.warning("old requests not removed, tried again tomorrow: %s", problem)
            gone = 0
        self._purged = now.date()
        if gone:
            log.info("%d old requests removed", gone)


def _places(live: LiveFloor, inquiries: Iterable[Inquiry]) -> Iterator[Reply]:
    return ((item.reply, live.place(item.code) or WireError.UNKNOWN_TICKET) for item in inquiries)


def _refusals(batch: Iterable[Item], code: WireError) -> Iterator[Reply]:
    """An error for everybody. It is not stored: the same request may come again."""
    error = ErrorBody(code=code)
    for item in batch:
        if isinstance(item, Request):
            yield item.reply, Answer(req=item.req, ok=False, error=error).model_dump_json()
        else:
            yield item.reply, code


def _again(req: str, kept: Kept, body_hash: str) -> str:
    if kept.body_hash != body_hash:
        conflict = ErrorBody(code=WireError.REQUEST_CONFLICT)
        return Answer(req=req, ok=False, error=conflict).model_dump_json()
    first = Answer.model_validate_json(kept.answer)
    return first.model_copy(update={"replayed": True}).model_dump_json()
