"""Print queue of one printer: keeps each job on disk, sends one after the other, and reports the outcome of each.

A thread of its own waits for the printer's thread, so a printer that hangs holds up only its own jobs.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from drivers.errors import DeviceError
from drivers.protocols import DeviceStatus, Health, PrintOutcome, TicketPrinter
from drivers.slip import Block, Slip
from drivers.spool.calls import PrinterCalls
from drivers.spool.jobs import (
    Job,
    JobState,
    after,
    after_restart,
    begun,
    in_time,
    proved_late,
    reprint_of,
)
from drivers.spool.order_handler import OrderHandler
from drivers.spool.paper import PaperWatch
from drivers.spool.patience import BusyTime
from drivers.spool.roll import Roll
from drivers.spool.store import SpoolStore
from drivers.supervisor import Supervised

KEEP_SECONDS: Final = 36 * 3600.0
"""How long an acknowledged outcome is kept: a slip of this morning can be printed again."""
CHECK_SECONDS: Final = 2.0

_ABLE: Final = frozenset({Health.READY, Health.WARNING})
_LOOK_SECONDS: Final = 0.5
_RETRY_SECONDS: Final = 1.0


class SpoolListener(Protocol):
    """Callbacks of a spool, called in its threads."""

    def printer_changed(self, status: DeviceStatus) -> None:
        """The printer's status has changed, or its paper is calculated to be low."""

    def job_settled(self, job: Job) -> None:
        """The job has its outcome. Called again after a restart until `acknowledge`, and when proof comes late."""


class _Guarded:
    """Wraps the callbacks: their exceptions are logged and the printer goes on. An outcome that raised is reported again."""

    def __init__(self, listener: SpoolListener, log: logging.Logger) -> None:
        self._listener = listener
        self._log = log

    def printer_changed(self, status: DeviceStatus) -> None:
        """Call the listener."""
        try:
            self._listener.printer_changed(status)
        except Exception:  # noqa: BLE001  # logged with its place
            # A callback that fails must not end the thread that prints.
            self._log.exception("the listener of the status failed")

    def job_settled(self, job: Job) -> None:
        """Call the listener."""
        try:
            self._listener.job_settled(job)
        except Exception:  # noqa: BLE001  # logged with its place
            # As above; the outcome is on disk and not acknowledged, so the next start reports it again.
            self._log.exception("the listener of outcomes failed")


@dataclass(frozen=True)
class Circumstances:
    """What a spool needs beside its file: the roll, the mark above a reprint by its count, the wall clock."""

    roll: Roll
    mark: Callable[[int], Block]
    clock: Callable[[], float] = time.time


class Spool:
    """All jobs of one printer. Made by a composition root; `close` ends it and leaves what waits for the next start."""

    def __init__(
        self,
        name: str,
        store: SpoolStore,
        open_printer: Callable[[], TicketPrinter],
        listener: SpoolListener,
        circumstances: Circumstances,
    ) -> None:
        self._store = store
        self._log = logging.getLogger(f"device.{name}")
        self._listener = _Guarded(listener, self._log)
        self._mark = circumstances.mark
        self._clock = circumstances.clock
        self._wake = threading.Event()
        self._closing = False
        self._retry_at = 0.0
        self._busy = BusyTime()
        self._unproved: set[str] = set()
        self._fails = False
        self._take_over()
        self._paper = PaperWatch(circumstances.roll, store.paper, self._status_changed)
        self._printer = Supervised(
            name, open_printer, on_status=self._paper.take_status, check_every=CHECK_SECONDS
        )
        self._calls = PrinterCalls(self._printer, self._log)
        self._orders = OrderHandler(
            store, self._printer, self._paper, self._mark, self._clock, self._log
        )
        self._thread = threading.Thread(target=self._work, name=f"spool-{name}", daemon=True)
        self._thread.start()

    @property
    def status(self) -> DeviceStatus:
        """What is known of the printer and its paper."""
        return self._paper.status

    def submit(self, slip: Slip, label: str = "", *, can_wait: bool = False) -> bool:
        """Keep a slip on disk and print it in its turn. False if its job is known: it is not printed again.

        One that `can_wait`, such as a list to take home, gives all others precedence. Raises sqlite3.Error if it cannot be
        kept, and then it will not be printed.
        """
        is_new = self._store.add(Job(slip, label, self._clock(), can_wait=can_wait))
        self._wake.set()
        return is_new

    def reprint(self, slip: Slip, times: int, label: str = "") -> bool:
        """Print a slip for the `times`-th time again, marked: as its first print is kept here, else as it is given.

        Otherwise as `submit`.
        """
        first = self._store.find(slip.job)
        if first is None or not first.slip.blocks:
            first = Job(slip, label, self._clock())
        again = reprint_of(first, times, self._mark(times), self._clock())
        is_new = self._store.add(again)
        self._wake.set()
        return is_new

    def knows(self, job: str) -> bool:
        """Whether this job was ever submitted, as far as is remembered."""
        return self._store.find(job) is not None

    def acknowledge(self, job: str, outcome: PrintOutcome) -> None:
        """This outcome of a job is kept elsewhere and need not be reported again; a later one must be."""
        self._store.acknowledge(job, JobState(outcome.value))

    def close(self, within: float = 5.0) -> bool:
        """End after the slip under way; return whether both threads ended `within` seconds."""
        self._closing = True
        self._wake.set()
        end = time.monotonic() + within
        ended = self._printer.close(within)
        self._thread.join(max(0.1, end - time.monotonic()))
        if self._thread.is_alive():
            return False
        self._store.close()
        return ended

    def _take_over(self) -> None:
        """What the last run left: the outcome of a slip that was being sent is unknown."""
        now = self._clock()
        self._store.forget_before(now - KEEP_SECONDS)
        for job in self._store.unsettled():
            left = after_restart(job, now)
            if left != job:
                self._log.warning("job %s: unknown, its program ended while it was sent", job.id)
                self._store.save_attempt(left, torn=True)

    def _work(self) -> None:
        try:
            for job in self._store.unacknowledged():
                self._listener.job_settled(job)
        except sqlite3.Error as problem:
            self._log.error("outcomes of the last run cannot be read: %s", problem)
        while not self._closing:
            try:
                busy = self._go_on()
                self._fails = False
            except sqlite3.Error as problem:
                if not self._fails:
                    self._log.error("the spool cannot be used: %s", problem)
                self._fails, busy = True, False
            if not busy:
                self._wake.wait(_LOOK_SECONDS)
                self._wake.clear()

    def _go_on(self) -> bool:
        """Do what is due; whether there may be more at once."""
        job = self._next()
        if job is not None:
            self._print(job)
            return True
        added = self._orders.carry_out()
        self._ask_for_late_proofs()
        if self.status.health in _ABLE and self._store.paper.is_torn:
            self._cut_off()
        return added

    def _next(self) -> Job | None:
        """The job whose turn it is now."""
        for job in self._store.unsettled():
            at = self._clock()
            now = in_time(job, at, self._busy.since(job.queued_at, at))
            if now.is_settled:
                self._settle(now)
            elif now.state is JobState.QUEUED and time.monotonic() >= self._retry_at:
                return now
        return None

    def _print(self, job: Job) -> None:
        sending = begun(job)
        self._store.save(sending)
        begun_at = self._clock()
        result = self._calls.print(job.slip, torn=self._store.paper.is_torn)
        at = self._clock()
        self._busy.take(begun_at, at, result)
        now = after(sending, result, at, self._busy.since(job.queued_at, at))
        if now.state is JobState.QUEUED:
            self._retry_at = time.monotonic() + _RETRY_SECONDS
            self._store.save_attempt(now, result.torn)
        else:
            self._settle(now, result.torn)
        if now.state is JobState.UNKNOWN:
            self._unproved.add(job.id)
        if result.dots:
            self._paper.use(result.dots)

    def _cut_off(self) -> None:
        """Cut off at once what an unfinished slip left: whoever looks into the slot finds it, and nothing is printed below it."""
        result = self._calls.cut_off()
        if result.torn is not None:
            self._store.paper.mark_torn(result.torn)
        if result.dots:
            self._paper.use(result.dots)

    def _settle(self, job: Job, torn: bool | None = None) -> None:
        try:
            self._store.save_attempt(job, torn)
        finally:
            self._listener.job_settled(job)

    def _ask_for_late_proofs(self) -> None:
        if not self._unproved:
            return
        try:
            proved = self._calls.proved_late()
        except DeviceError:
            # With its wire the printer lost the memory of what it was to prove.
            self._unproved.clear()
            return
        for name in proved:
            self._unproved.discard(name)
            job = self._store.find(name)
            if job is not None:
                self._settle(proved_late(job, self._clock()))

    def _status_changed(self, status: DeviceStatus) -> None:
        if status.health in _ABLE:
            self._retry_at = 0.0
        self._listener.printer_changed(status)
        self._wake.set()
