"""Group commit: carries out a batch of requests on the decider and writes it to the journal in one transaction."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from time import monotonic
from typing import Final, Generic

from hub.floor.decider import CommandOutcome, Decider, Inquiry, Item, Reply, Request, Standing, View
from hub.floor.intake import Intake
from hub.floor.tallies import DONE, REFUSED, REPEATED, Tallies
from hub.journal.chain import Flaw
from hub.journal.codec import command_hash
from hub.journal.journal import Journal, Kept, Page, RequestKey, broken
from hub.messages import Answer, ErrorBody, WireError
from service_floor.queue.floor import ImpossibleEventError

BREATH: Final = 0.2
"""Share of the last commit's duration for which a batch stays open for requests that are on their way, where the batch
before held more. A request that misses the window waits for a whole commit, which takes much longer on a slow disk."""
LONGEST_BREATH: Final = 0.005
"""Seconds."""


class GroupCommit(Generic[View]):
    """Owned by the writer's thread. Holds the decider, and folds a fresh one from the journal where it was dropped."""

    def __init__(
        self,
        journal: Journal,
        make_decider: Callable[[], Decider[View]],
        intake: Intake[View],
        clock: Callable[[], datetime],
        tallies: Tallies,
    ) -> None:
        self.decider: Decider[View] | None = None
        self._journal = journal
        self._make_decider = make_decider
        self._intake = intake
        self._clock = clock
        self._tallies = tallies
        self._last_size = 0

    def carry_out(self, batch: list[Item[View]], *, alone: bool = False) -> CommandOutcome:
        """One commit for the batch, durable on return. Items that come in meanwhile join it, unless it is to stay
        `alone`.

        Raises SQLAlchemyError or HubError where the journal cannot be written, and whatever the decider raises; then
        nothing of the batch has happened, and the decider must be dropped.
        """
        now = self._clock()
        until = monotonic() + min(BREATH * self._journal.commits.last, LONGEST_BREATH)
        decider = self.decider or self.fold_again()
        replies: list[Reply] = []
        outcomes: list[tuple[str, str]] = []
        if decider.time_is_due(now) or any(isinstance(item, Request) for item in batch):
            with self._journal.page() as page:
                decider.let_time_pass(page, now)
                some = batch[:]
                while some:
                    requests = [item for item in some if isinstance(item, Request)]
                    page.find({RequestKey(r.actor.device, r.req) for r in requests})
                    for request in requests:
                        text, outcome = _answer(page, decider, request, now)
                        replies.append((request.reply, text))
                        outcomes.append((request.command.kind, outcome))
                    some = [] if alone else self._joining(batch, until)
            self._last_size = len(batch)
        self._tallies.note_requests(outcomes)
        replies += looked_up(decider, batch)
        return CommandOutcome(decider.take_puts(now), tuple(replies), self.standing())

    def standing(self, *, is_out: bool = False) -> Standing:
        """Where journal and day stand; without a day while the journal `is_out`."""
        decider = self.decider
        if decider is None:
            return Standing(None, self._journal.seq, {})
        return Standing(None if is_out else decider.day, self._journal.seq, decider.counts)

    def fold_again(self) -> Decider[View]:
        """Read the end and the latest day from the journal: an event that is not in it has not happened."""
        self._journal.find_end()
        decider = self._make_decider()
        try:
            decider.restore(self._journal.replay())
        except (ImpossibleEventError, LookupError) as problem:
            raise broken(self._journal.replayed, Flaw.IMPOSSIBLE) from problem
        self.decider = decider
        return decider

    def _joining(self, batch: list[Item[View]], until: float) -> list[Item[View]]:
        """Items that join the batch; it waits for them only where the last one held more."""
        return self._intake.extend(batch, until if len(batch) < self._last_size else 0.0)


def looked_up(decider: Decider[View], batch: Iterable[Item[View]]) -> Iterator[Reply]:
    """The answers to the questions of a batch."""
    return ((item.reply, decider.look_up(item.code)) for item in batch if isinstance(item, Inquiry))


def _answer(page: Page, decider: Decider[View], request: Request, now: datetime) -> tuple[str, str]:
    """The kept answer of a repeated request, before anything else is checked; or a fresh one, kept. And the outcome."""
    key = RequestKey(request.actor.device, request.req)
    body_hash = command_hash(request.command)
    kept = page.answered(key)
    if kept is not None:
        return _again(request.req, kept, body_hash), REPEATED
    answer = decider.carry_out(page, request, now)
    text = answer.model_dump_json()
    page.keep(key, Kept(body_hash, text), now)
    if answer.ok:
        decider.follow_up(page, request, now)
    return text, DONE if answer.ok else REFUSED


def _again(req: str, kept: Kept, body_hash: str) -> str:
    if kept.body_hash != body_hash:
        conflict = ErrorBody(code=WireError.REQUEST_CONFLICT)
        return Answer(req=req, ok=False, error=conflict).model_dump_json()
    first = Answer.model_validate_json(kept.answer)
    return first.model_copy(update={"replayed": True}).model_dump_json()
