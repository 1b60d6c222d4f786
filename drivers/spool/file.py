"""The durable file of a printer's queue: schema, migrations, and a lock for the threads that share the connection."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from plumbing.durable_files import Schema, open_durable, transaction

log = logging.getLogger("device.spool")

Row = tuple[Any, ...]


def spool_file(state: Path, device: str) -> Path:
    """Where the program of this device keeps the jobs of its printer."""
    return state / f"{device}.spool"


def _first_version(database: sqlite3.Connection) -> None:
    """Version 1: jobs, orders and used paper, as they were before files had versions."""
    for statement in (
        "CREATE TABLE IF NOT EXISTS jobs (place INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL,"
        " label TEXT NOT NULL, slip TEXT NOT NULL, state TEXT NOT NULL, reprint INTEGER NOT NULL,"
        " reason TEXT NOT NULL, confidence TEXT NOT NULL, attempts INTEGER NOT NULL,"
        " bytes_sent INTEGER NOT NULL, queued_at REAL NOT NULL, settled_at REAL NOT NULL,"
        " told INTEGER NOT NULL)",
        "CREATE INDEX IF NOT EXISTS jobs_by_label ON jobs (label)",
        "CREATE TABLE IF NOT EXISTS orders (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS paper (one INTEGER PRIMARY KEY CHECK (one = 1), dots INTEGER NOT NULL)",
        "INSERT OR IGNORE INTO paper (one, dots) VALUES (1, 0)",
    ):
        database.execute(statement)


def _torn_paper_and_turns(database: sqlite3.Connection) -> None:
    """Version 2: whether a torn slip may hang in the printer, and which jobs give others precedence."""
    database.execute("ALTER TABLE paper ADD COLUMN torn INTEGER NOT NULL DEFAULT 0")
    database.execute("ALTER TABLE jobs ADD COLUMN can_wait INTEGER NOT NULL DEFAULT 0")


SCHEMA: Final = Schema(
    migrations=(_first_version, _torn_paper_and_turns),
    waiting="SELECT count(*) FROM jobs WHERE told = 0 OR state IN ('queued', 'sending')",
)


class SpoolFile:
    """The open file. Several threads may use it, and another program at the same time.

    Raises sqlite3.Error if the disk fails; an unreadable file is set aside, see `plumbing.durable_files`.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._database = open_durable(path, SCHEMA, log)

    def rows(self, query: str, *values: object) -> list[Row]:
        """The rows of a query."""
        with self._lock:
            return self._database.execute(query, tuple(map(_plain, values))).fetchall()

    def change(self, statement: str, *values: object) -> int:
        """Execute a statement; the number of rows that it changed."""
        with self._lock:
            return self._database.execute(statement, tuple(map(_plain, values))).rowcount

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction of this thread; the other threads wait."""
        with self._lock, transaction(self._database):
            yield

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._database.close()


def _plain(value: object) -> object:
    """SQLite binds strings, but not enumerations of strings."""
    return str(value) if isinstance(value, str) else value
