"""The single writer: one thread that takes requests from its queue, has them committed in batches, and ticks each second.

It knows no concern: a decider is handed to it.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Final, Generic

from sqlalchemy.exc import SQLAlchemyError

from hub.floor.commits import GroupCommit
from hub.floor.decider import CommandOutcome, Decider, Item, View
from hub.floor.intake import Intake
from hub.floor.recovery import Recovery
from hub.floor.tallies import Tallies
from hub.journal.journal import Journal

log = logging.getLogger("hub")

SECOND: Final = 1.0
REQUESTS_KEPT_FOR: Final = timedelta(days=7)


class FloorWriter(Generic[View]):
    """One thread between `start` and `stop`. The callback `deliver` runs in it once per round, and hands over to the event loop."""

    def __init__(
        self,
        journal: Journal,
        make_decider: Callable[[], Decider[View]],
        clock: Callable[[], datetime],
        deliver: Callable[[CommandOutcome], None],
        tallies: Tallies,
    ) -> None:
        self.tallies = tallies
        self.commit_times = journal.commits
        self.last_turn = monotonic()
        """When the thread last came round, by the monotonic clock: every second, also without requests."""
        self._journal = journal
        self._clock = clock
        self._intake: Intake[View] = Intake()
        self._commits = GroupCommit(journal, make_decider, self._intake, clock, tallies)
        self._recovery = Recovery(self._commits, journal, deliver, tallies)
        self._pool: ThreadPoolExecutor | None = None
        self._purged: date | None = None

    def restore(self) -> CommandOutcome:
        """Fold the latest day out of the journal and record what is due, before the thread starts."""
        try:
            return self._commits.carry_out([])
        except SQLAlchemyError as problem:
            raise self._journal.unusable(problem) from problem

    def start(self) -> "Future[None]":
        """Begin to write. The future ends with the thread, with an exception where `stop` was not called."""
        self._pool = ThreadPoolExecutor(1, "floor-writer")
        self._intake.open()
        return self._pool.submit(self._run)

    def submit(self, item: Item[View]) -> bool:
        """Queue a request or question; False where too much is waiting already."""
        return self._intake.submit(item)

    def close_intake(self) -> None:
        """Take no more requests; those that were taken are still carried out."""
        self._intake.close()

    def stop(self) -> None:
        """Carry out what was taken, then end the thread."""
        self._intake.end()
        if self._pool is not None:
            self._pool.shutdown()
        self._journal.close()

    def _run(self) -> None:
        next_second = monotonic()
        going_on = True
        while going_on:
            self.last_turn = monotonic()
            batch, going_on = self._intake.gather(max(0.0, next_second - monotonic()))
            if monotonic() >= next_second:
                next_second = monotonic() + SECOND
                if self._commits.decider is not None:
                    self._commits.decider.each_second()
                self._recovery.run(batch)
                self._journal.sync_mark()
                self._forget_old_requests()
            elif batch:
                self._recovery.run(batch)

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
