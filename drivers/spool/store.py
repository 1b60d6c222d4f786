"""The file of one printer: its jobs, what a technician has asked of its program, and how much paper has gone.

Every change is on disk when its call returns (SQLite, synchronous=FULL). The program that prints and the technician's
command may have the file open at the same time.
"""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from drivers.protocols import Confidence
from drivers.slip import Slip
from drivers.spool.jobs import Job, JobState, root_of
from drivers.spool.slips import UnreadableSlipError, read, written

log = logging.getLogger("device.spool")

UNREADABLE: Final = "unreadable"
_BUSY_SECONDS: Final = 5.0
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS jobs (place INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL,"
    " label TEXT NOT NULL, slip TEXT NOT NULL, state TEXT NOT NULL, reprint INTEGER NOT NULL,"
    " reason TEXT NOT NULL, confidence TEXT NOT NULL, attempts INTEGER NOT NULL,"
    " bytes_sent INTEGER NOT NULL, queued_at REAL NOT NULL, settled_at REAL NOT NULL,"
    " told INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS jobs_by_label ON jobs (label)",
    "CREATE TABLE IF NOT EXISTS orders (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS paper (one INTEGER PRIMARY KEY CHECK (one = 1), dots INTEGER NOT NULL)",
    "INSERT OR IGNORE INTO paper (one, dots) VALUES (1, 0)",
)
_COLUMNS: Final = (
    "id, label, slip, state, reprint, reason, confidence, attempts, bytes_sent, queued_at,"
    " settled_at, told"
)


def spool_file(state: Path, device: str) -> Path:
    """Where the program of this device keeps the jobs of its printer."""
    return state / f"{device}.spool"


@dataclass(frozen=True, slots=True)
class Order:
    """What a technician asks of the program that has the printer, such as a reprint of a ticket."""

    kind: str
    subject: str = ""


class SpoolStore:
    """Opened by the program and, for a moment, by the technician's command. May be used by several threads.

    Raises sqlite3.Error where the disk fails. A damaged file is set aside: a kiosk that never starts again would lose
    more than the jobs in it.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        try:
            self._db = _opened(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as problem:
            log.error("%s is damaged (%s), kept as %s.broken", path, problem, path.name)
            _set_aside(path)
            self._db = _opened(path)

    def add(self, job: Job) -> bool:
        """Keep a new job; one whose id is known changes nothing. Tell whether it was new."""
        with self._lock:
            marks = ", ".join("?" * len(_row(job)))
            query = f"INSERT OR IGNORE INTO jobs ({_COLUMNS}) VALUES ({marks})"
            return self._db.execute(query, _row(job)).rowcount == 1

    def save(self, job: Job) -> None:
        """Keep what became of a known job."""
        values = (job.state, job.reason, job.confidence, job.attempts, job.bytes_sent)
        with self._lock:
            self._db.execute(
                "UPDATE jobs SET state = ?, reason = ?, confidence = ?, attempts = ?, bytes_sent = ?,"
                " settled_at = ?, told = ? WHERE id = ?",
                (*map(_plain, values), job.settled_at, job.told, job.id),
            )

    def tell(self, job: str, state: JobState) -> None:
        """Keep that this outcome has been handed on; another one that came since has not."""
        with self._lock:
            self._db.execute(
                "UPDATE jobs SET told = 1 WHERE id = ? AND state = ?", (job, _plain(state))
            )

    def find(self, job: str) -> Job | None:
        """The job of this id."""
        return next(self._jobs("WHERE id = ?", job), None)

    def unsettled(self) -> list[Job]:
        """Jobs without an outcome, oldest first."""
        return list(
            self._jobs("WHERE state IN (?, ?) ORDER BY place", JobState.QUEUED, JobState.SENDING)
        )

    def untold(self) -> list[Job]:
        """Outcomes that have not been handed on, oldest first."""
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
        """Drop outcomes that have been handed on and are older than `moment`."""
        settled = (JobState.PRINTED, JobState.FAILED, JobState.UNKNOWN)
        with self._lock:
            self._db.execute(
                "DELETE FROM jobs WHERE told = 1 AND settled_at < ? AND state IN (?, ?, ?)",
                (moment, *map(_plain, settled)),
            )

    def ask(self, order: Order) -> None:
        """Leave an order for the program that has the printer."""
        with self._lock:
            self._db.execute(
                "INSERT INTO orders (kind, subject) VALUES (?, ?)", (order.kind, order.subject)
            )

    def orders(self) -> list[tuple[int, Order]]:
        """The orders that wait, oldest first, each under its place."""
        with self._lock:
            rows = self._db.execute(
                "SELECT place, kind, subject FROM orders ORDER BY place"
            ).fetchall()
        return [(place, Order(kind, subject)) for place, kind, subject in rows]

    def carried_out(self, place: int, job: Job | None = None) -> None:
        """Take an order away and keep the job that it made, both or neither."""
        with self._at_once():
            self._db.execute("DELETE FROM orders WHERE place = ?", (place,))
            if job is not None:
                self.add(job)

    def use_paper(self, dots: int) -> None:
        """Count paper that has gone through the printer."""
        with self._lock:
            self._db.execute("UPDATE paper SET dots = dots + ?", (dots,))

    def new_roll(self) -> None:
        """Begin to count anew."""
        with self._lock:
            self._db.execute("UPDATE paper SET dots = 0")

    @property
    def paper_dots(self) -> int:
        """The dots that have gone since the roll was new."""
        with self._lock:
            (dots,) = self._db.execute("SELECT dots FROM paper").fetchone()
        return int(dots)

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._db.close()

    def _jobs(self, condition: str, *values: object) -> Iterator[Job]:
        with self._lock:
            rows = self._db.execute(
                f"SELECT {_COLUMNS} FROM jobs {condition}", tuple(map(_plain, values))
            ).fetchall()
        return map(_job, rows)

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


def _plain(value: object) -> Any:
    """SQLite takes texts and numbers themselves alone, not enumerations of them."""
    return str(value) if isinstance(value, str) else value


def _row(job: Job) -> tuple[Any, ...]:
    values = (job.id, job.label, written(job.slip), job.state, job.reprint, job.reason)
    rest = (job.confidence, job.attempts, job.bytes_sent, job.queued_at, job.settled_at, job.told)
    return tuple(map(_plain, (*values, *rest)))


def _job(row: tuple[Any, ...]) -> Job:
    name, label, slip, state, reprint, reason, confidence, attempts, sent, queued, settled, told = (
        row
    )
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
    )
    return _with_slip(job, slip)


def _with_slip(job: Job, slip: str) -> Job:
    try:
        return replace(job, slip=read(slip))
    except UnreadableSlipError as problem:
        log.error("job %s cannot be read: %s", job.id, problem)
        return job if job.is_settled else replace(job, state=JobState.FAILED, reason=UNREADABLE)


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        for table in _TABLES:
            database.execute(table)
        (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _set_aside(path: Path) -> None:
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.replace(path.with_name(path.name + ".broken"))
