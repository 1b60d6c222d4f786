"""Recovery of the writer: storage outages, and isolation of the one request that raises an exception."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Generic

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from hub.errors import HubError
from hub.floor.commits import GroupCommit, looked_up
from hub.floor.decider import CommandOutcome, Inquiry, Item, Reply, Request, View
from hub.floor.tallies import Tallies
from hub.journal.journal import Journal
from hub.journal.outage import Outage
from hub.messages import Answer, ErrorBody, WireError

log = logging.getLogger("hub")


class Recovery(Generic[View]):
    """Runs the rounds of the writer's thread; no round raises, and each ends with `deliver`."""

    def __init__(
        self,
        commits: GroupCommit[View],
        journal: Journal,
        deliver: Callable[[CommandOutcome], None],
        tallies: Tallies,
    ) -> None:
        self._commits = commits
        self._journal = journal
        self._deliver = deliver
        self._tallies = tallies
        self._outage = Outage()

    def run(self, batch: list[Item[View]], *, alone: bool = False) -> None:
        """Carry out a batch and deliver; after an exception the state is folded again and the writer goes on."""
        if self._outage.lasts and not self._can_write():
            self._deliver(self._without_writing(batch))
            return
        try:
            outcome = self._commits.carry_out(batch, alone=alone)
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
                outcome = replace(outcome, standing=self._commits.standing())
        self._deliver(outcome)

    def _can_write(self) -> bool:
        """Whether it is worth folding the day again: losing the probe's rows costs less than losing a batch."""
        try:
            self._journal.probe()
        except (SQLAlchemyError, HubError):
            return False
        return True

    def _without_writing(self, batch: list[Item[View]]) -> CommandOutcome:
        """Refuse requests, and answer questions from memory or from a journal that can still be read."""
        replies: list[Reply] = []
        try:
            if any(isinstance(item, Inquiry) for item in batch):
                decider = self._commits.decider or self._commits.fold_again()
                replies += looked_up(decider, batch)
                batch = [item for item in batch if isinstance(item, Request)]
        except (SQLAlchemyError, HubError):
            # The journal cannot be read either: questions are refused too.
            self._commits.decider = None
        return self._refused(batch, WireError.STORAGE, *replies)

    def _isolate(self, batch: list[Item[View]], problem: Exception) -> None:
        """Find the request that raises by running each in a batch of its own; that one is answered `internal`."""
        self._commits.decider = None
        if len(batch) > 1:
            for item in batch:
                self.run([item], alone=True)
            return
        log.error("a request broke the writer", exc_info=problem)
        self._deliver(self._fail(batch, WireError.INTERNAL))

    def _fail(self, batch: list[Item[View]], code: WireError) -> CommandOutcome:
        """Answer the whole batch with an error, and drop the decider: its state may be half-way."""
        self._commits.decider = None
        return self._refused(batch, code)

    def _refused(
        self, batch: list[Item[View]], code: WireError, *answered: Reply
    ) -> CommandOutcome:
        requests = (item for item in batch if isinstance(item, Request))
        self._tallies.note_requests((each.command.kind, code.value) for each in requests)
        standing = self._commits.standing(is_out=self._outage.lasts)
        return CommandOutcome((), (*answered, *_refusals(batch, code)), standing)


def _refusals(batch: Iterable[Item[View]], code: WireError) -> Iterator[Reply]:
    """An error for each item. It is not kept: the same request may come again."""
    error = ErrorBody(code=code)
    for item in batch:
        if isinstance(item, Request):
            yield item.reply, Answer(req=item.req, ok=False, error=error).model_dump_json()
        else:
            yield item.reply, code
