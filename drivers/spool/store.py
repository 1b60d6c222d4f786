"""Storage of print jobs in a printer's durable file, beside the technician's orders and the count of paper.

Every change is on disk when its call returns. The program that prints and the technician's command may have the file open at
the same time.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from drivers.protocols import Confidence
from drivers.slip import Slip
from drivers.spool.file import Row, SpoolFile
from drivers.spool.jobs import Job, JobState, root_of
from drivers.spool.orders import OrderTable
from drivers.spool.paper import PaperCount
from drivers.spool.slips import UnreadableSlipError, read, written

log = logging.getLogger("device.spool")

UNREADABLE: Final = "unreadable"
_COLUMNS: Final = (
    "id, label, slip, state, reprint, reason, confidence, attempts, bytes_sent, queued_at,"
    " settled_at, told, can_wait"
)


class SpoolStore:
    """Opened by the program and, for a moment, by the technician's command. May be used by several threads.

    Raises sqlite3.Error if the disk fails, and NewerFileError if a later version wrote the file.
    """

    def __init__(self, path: Path) -> None:
        self._file = SpoolFile(path)
        self.orders = OrderTable(self._file)
        self.paper = PaperCount(self._file)

    def add(self, job: Job) -> bool:
        """Keep a new job; False, and no change, if its id is known."""
        row = _row(job)
        marks = ", ".join("?" * len(row))
        query = f"INSERT OR IGNORE INTO jobs ({_COLUMNS}) VALUES ({marks})"
        return self._file.change(query, *row) == 1

    def save(self, job: Job) -> None:
        """Keep the new state of a known job."""
        self._file.change(
            "UPDATE jobs SET state = ?, reason = ?, confidence = ?, attempts = ?, bytes_sent = ?,"
            " settled_at = ?, told = ? WHERE id = ?",
            *(job.state, job.reason, job.confidence, job.attempts, job.bytes_sent),
            *(job.settled_at, job.acknowledged, job.id),
        )

    def save_attempt(self, job: Job, torn: bool | None) -> None:
        """Keep a job behind an attempt, and what it left in the printer, in one transaction; None leaves that as it was."""
        with self._file.transaction():
            self.save(job)
            if torn is not None:
                self.paper.mark_torn(torn)

    def acknowledge(self, job: str, state: JobState) -> None:
        """Keep that this outcome is kept elsewhere; a later outcome of the job still has to be reported."""
        self._file.change("UPDATE jobs SET told = 1 WHERE id = ? AND state = ?", job, state)

    def find(self, job: str) -> Job | None:
        """The job of this id."""
        return next(self._jobs("WHERE id = ?", job), None)

    def unsettled(self) -> list[Job]:
        """Jobs without an outcome in the order of their turns: oldest first, those that can wait behind all others."""
        order = "WHERE state IN (?, ?) ORDER BY can_wait, place"
        return list(self._jobs(order, JobState.QUEUED, JobState.SENDING))

    def unacknowledged(self) -> list[Job]:
        """Jobs with an outcome that is not acknowledged, oldest first."""
        return [job for job in self._jobs("WHERE told = 0 ORDER BY place") if job.is_settled]

    def latest(self, count: int) -> list[Job]:
        """The newest jobs, newest first."""
        return list(self._jobs("ORDER BY place DESC LIMIT ?", count))

    def prints_of(self, name: str) -> list[Job]:
        """The first print and the reprints of the newest job with this label or id, oldest first."""
        newest = next(
            self._jobs("WHERE label = ? OR id = ? ORDER BY place DESC LIMIT 1", name, name), None
        )
        if newest is None:
            return []
        root = root_of(newest.id)
        return list(self._jobs("WHERE id = ? OR substr(id, 1, ?) = ? ORDER BY place", root, len(root) + 1, f"{root}~"))  # fmt: skip

    def forget_before(self, moment: float) -> None:
        """Delete jobs that were acknowledged and settled before `moment` (wall clock)."""
        settled = (JobState.PRINTED, JobState.FAILED, JobState.UNKNOWN)
        self._file.change(
            "DELETE FROM jobs WHERE told = 1 AND settled_at < ? AND state IN (?, ?, ?)",
            moment,
            *settled,
        )

    def add_for_order(self, place: int, job: Job) -> None:
        """Take an order out of its queue and keep the job that it made, in one transaction."""
        with self._file.transaction():
            self.orders.remove(place)
            self.add(job)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _jobs(self, condition: str, *values: object) -> Iterator[Job]:
        return map(_job, self._file.rows(f"SELECT {_COLUMNS} FROM jobs {condition}", *values))


def _row(job: Job) -> Row:
    values = (job.id, job.label, written(job.slip), job.state, job.reprint, job.reason)
    rest = (job.confidence, job.attempts, job.bytes_sent, job.queued_at, job.settled_at)
    return (*values, *rest, job.acknowledged, job.can_wait)


def _job(row: Row) -> Job:
    name, label, slip, state, reprint, reason, confidence, *rest = row
    attempts, sent, queued, settled, told, can_wait = rest
    job = Job(
        Slip(name, ()),
        label,
        queued,
        JobState(state),
        reprint,
        reason,
        Confidence(confidence),
        attempts,
        sent,
        settled,
        bool(told),
        bool(can_wait),
    )
    return _with_slip(job, slip)


def _with_slip(job: Job, slip: str) -> Job:
    try:
        return replace(job, slip=read(slip))
    except UnreadableSlipError as problem:
        log.error("job %s cannot be read: %s", job.id, problem)
        return job if job.is_settled else replace(job, state=JobState.FAILED, reason=UNREADABLE)
