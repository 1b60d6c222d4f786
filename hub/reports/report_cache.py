"""Cache of day reports: each is made in a worker process, one at a time, and kept for later requests."""

import asyncio
import logging
import sys
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic
from typing import Final

from hub.errors import HubError, HubProblem
from hub.reports.report_worker import ReportTask, outcomes, tasks
from plumbing.limits import ConcurrencyLimit
from service_floor.queue.planning.plan import FloorPlan, Hours

log = logging.getLogger("hub")

MOST_KEPT: Final = 31
"""Limit of cached days: a month."""
MOST_WITH_CALLS: Final = 3
"""Limit of cached days with all their calls: they need more memory."""
FRESH_SECONDS: Final = 60.0
"""How long the report of an open day is served from the cache; the report has the time up to which it was read."""
MOST_WAITING: Final = 16
LONGEST_SECONDS: Final = 120.0


class ReportQueueFullError(Exception):
    """The queue for reports is full: one more request would wait too long.

    Example scenario: a program asks for every day of a year at once.
    """


@dataclass(frozen=True, slots=True)
class CachedReport:
    """The report of a day as JSON. `calls` and `ways` are packed, and present if calls were asked for."""

    fairness: bytes
    statistics: bytes
    over: bool
    made_at: float
    calls: bytes | None = None
    ways: bytes | None = None


class ReportCache:
    """One for the hub, on its event loop. `database` is a URL."""

    def __init__(
        self, database: str, plan: FloorPlan, clock: Callable[[], float] = monotonic
    ) -> None:
        self._database = database
        # Opening hours play no part in judging a call.
        self._plan = replace(plan, hours=Hours(()))
        self._clock = clock
        self._kept: OrderedDict[date, CachedReport] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()
        self._places = ConcurrencyLimit(MOST_WAITING)

    async def report(self, day: date, calls: bool = False) -> CachedReport | None:
        """The report of a day; None if the journal has nothing of it.

        Raises ReportQueueFullError, and HubError if the journal cannot be read.
        """
        kept = self._known(day, calls)
        if kept is not None:
            return kept
        release = self._places.take()
        if release is None:
            raise ReportQueueFullError
        try:
            async with self._one_at_a_time:
                return self._known(day, calls) or await self._make(day, calls)
        finally:
            release()

    def _known(self, day: date, calls: bool) -> CachedReport | None:
        kept = self._kept.get(day)
        if kept is None or (calls and kept.calls is None):
            return None
        fresh = kept.over or self._clock() - kept.made_at < FRESH_SECONDS
        return kept if fresh else None

    async def _make(self, day: date, calls: bool) -> CachedReport | None:
        told = await _run_worker(ReportTask(self._database, self._plan, day, calls))
        head, *parts = told.split(b"\n", 3 if calls else -1)
        outcome = outcomes.validate_json(head)
        if outcome.problem is not None:
            raise HubError(outcome.problem, outcome.data)
        if not outcome.found:
            return None
        fairness, statistics, *packed = parts
        kept = CachedReport(fairness, statistics, outcome.over, self._clock())
        if packed:
            size = outcome.calls_size
            kept = replace(kept, calls=packed[0][:size], ways=packed[0][size:])
        self._kept[day] = kept
        self._kept.move_to_end(day)
        self._make_room()
        return kept

    def _make_room(self) -> None:
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        with_calls = [day for day, kept in self._kept.items() if kept.calls is not None]
        for day in with_calls[:-MOST_WITH_CALLS]:
            self._kept[day] = replace(self._kept[day], calls=None, ways=None)


async def _run_worker(task: ReportTask) -> bytes:
    """Run the worker process and return its output. The process is killed at the timeout, and when the request is
    cancelled."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "hub.reports.report_worker", stdin=pipe, stdout=pipe, stderr=pipe
    )
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            told, complaint = await process.communicate(tasks.dump_json(task))
    except TimeoutError as problem:
        raise HubError(HubProblem.DATABASE_UNUSABLE, _unmade("time is up")) from problem
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        log.error("no report of %s: %s", task.day, complaint.decode(errors="replace")[-2_000:])
        raise HubError(HubProblem.DATABASE_UNUSABLE, _unmade(f"exit {process.returncode}"))
    return told


def _unmade(reason: str) -> dict[str, str | int]:
    return {"database": "?", "reason": reason}
