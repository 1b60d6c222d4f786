"""Durable SQLite files of kiosks and desks: schema versions, migration step by step, quarantine of unreadable files.

Every change is on disk when its statement returns (WAL, synchronous=FULL). The schema version is `PRAGMA user_version`; 0 is
a new file, or one that was written before files had versions.
"""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Final

from plumbing.backoff import jittered

Migration = Callable[[sqlite3.Connection], None]
Shape = dict[str, tuple[frozenset[tuple[str, str, int, int]], frozenset[tuple[str, ...]]]]

_BUSY_SECONDS: Final = 5.0
_RETRY_SECONDS: Final = 0.01
_WRITE_AHEAD_LOG: Final = "-wal"
_SHARED_MEMORY: Final = "-shm"
# Result codes about the content of a file (sqlite.org/rescode.html). The others, such as SQLITE_BUSY, SQLITE_IOERR or
# SQLITE_FULL, are about the disk or another program: the same file may be good at the next start.
_UNREADABLE: Final = frozenset(
    {
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_NOTADB,
    }
)


class NewerFileError(Exception):
    """The file was written by a later version of the program; it is left as it is.

    Example scenario: an update was taken back, and the kiosk finds the file of the version that was removed.
    """

    code: Final = "file_newer"

    def __init__(self, path: Path, version: int, known: int) -> None:
        super().__init__(f"{path} has version {version}, this program knows up to {known}")
        self.data: dict[str, str | int] = {"file": str(path), "version": version, "known": known}


class _UnreadableFileError(Exception):
    """The file is damaged or has another shape. `waiting` is how many rows in it were not done with, None if unknown."""

    def __init__(self, reason: str, waiting: int | None) -> None:
        super().__init__(reason)
        self.waiting = waiting


@dataclass(frozen=True)
class Schema:
    """The tables of a kind of file. `migrations[n]` leads from version n to n + 1, in one transaction with the others.

    `waiting` is a query for the number of rows that must not be lost unnoticed.
    """

    migrations: tuple[Migration, ...]
    waiting: str

    @property
    def version(self) -> int:
        """The version that this program writes."""
        return len(self.migrations)

    @cached_property
    def shape(self) -> Shape:
        """The tables as the migrations make them in an empty file."""
        empty = sqlite3.connect(":memory:", isolation_level=None)
        try:
            for migrate in self.migrations:
                migrate(empty)
            return _shape_of(empty)
        finally:
            empty.close()


def open_durable(path: Path, schema: Schema, log: logging.Logger) -> sqlite3.Connection:
    """Open or make the file and bring it to the newest version; a lock of another program is waited for (5 s).

    An unreadable file is set aside under a name of its own with all that is in it, and a new one is made: a kiosk that never
    starts again would lose more. Raises NewerFileError, and sqlite3.OperationalError if the disk fails.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _opened(path, schema)
    except _UnreadableFileError as problem:
        kept = _set_aside(path)
        waiting = "an unknown number of" if problem.waiting is None else problem.waiting
        log.error(
            "%s cannot be read (%s). It is kept as %s with %s entries that were not done with; "
            "a new file is made",
            path,
            problem,
            kept.name,
            waiting,
        )
        return _opened(path, schema)


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """One transaction: durable when the block is left, rolled back if it raises."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def use_write_ahead_log(database: sqlite3.Connection) -> None:
    """Switch the file to WAL mode; another program that does the same at this moment is waited for (5 s).

    SQLite does not call its busy handler here: it refuses at once rather than let two openers of a new file wait for each
    other (sqlite.org/c3ref/busy_handler.html). Raises sqlite3.OperationalError if the file stays locked.
    """
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            database.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as problem:
            busy = problem.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() >= deadline:
                raise
            time.sleep(jittered(_RETRY_SECONDS))
        else:
            return


def _opened(path: Path, schema: Schema) -> sqlite3.Connection:
    database = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        _prepare(database, path, schema)
    except sqlite3.Error as problem:
        waiting = _waiting_in(database, schema)
        database.close()
        # Only errors of SQLite itself have a result code; its low byte is the primary one.
        if getattr(problem, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF in _UNREADABLE:
            raise _UnreadableFileError(str(problem), waiting) from problem
        raise
    except BaseException:
        database.close()
        raise
    return database


def _prepare(database: sqlite3.Connection, path: Path, schema: Schema) -> None:
    use_write_ahead_log(database)
    database.execute("PRAGMA synchronous=FULL")
    (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise _UnreadableFileError(verdict, _waiting_in(database, schema))
    if _version_of(database, path, schema) < schema.version:
        with transaction(database):
            # Another program may have migrated the file while this one waited for the lock.
            done = _version_of(database, path, schema)
            for version, migrate in enumerate(schema.migrations[done:], done + 1):
                migrate(database)
                database.execute(f"PRAGMA user_version = {version}")
    found = _shape_of(database)
    strange = [table for table, shape in schema.shape.items() if found.get(table) != shape]
    if strange:
        raise _UnreadableFileError(
            f"other columns in {', '.join(strange)}", _waiting_in(database, schema)
        )


def _version_of(database: sqlite3.Connection, path: Path, schema: Schema) -> int:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > schema.version:
        raise NewerFileError(path, version, schema.version)
    return int(version)


def _shape_of(database: sqlite3.Connection) -> Shape:
    """Columns (name, type, NOT NULL, primary key) and unique keys of each table."""
    tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return {
        table: (_columns(database, table), _unique_keys(database, table)) for (table,) in tables
    }


def _columns(database: sqlite3.Connection, table: str) -> frozenset[tuple[str, str, int, int]]:
    rows = database.execute(
        'SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (table,)
    ).fetchall()
    return frozenset(rows)


def _unique_keys(database: sqlite3.Connection, table: str) -> frozenset[tuple[str, ...]]:
    keys = database.execute(
        'SELECT name FROM pragma_index_list(?) WHERE "unique" = 1', (table,)
    ).fetchall()
    columns = "SELECT name FROM pragma_index_info(?) ORDER BY seqno"
    return frozenset(
        tuple(column for (column,) in database.execute(columns, key).fetchall()) for key in keys
    )


def _waiting_in(database: sqlite3.Connection, schema: Schema) -> int | None:
    try:
        (waiting,) = database.execute(schema.waiting).fetchone()
    except sqlite3.Error:
        return None
    return int(waiting)


def _set_aside(path: Path) -> Path:
    """Rename the file with its write-ahead log, which may hold its newest rows; nothing set aside earlier is replaced."""
    kept = next(name for name in _names_for(path) if not name.exists())
    path.replace(kept)
    log = path.with_name(path.name + _WRITE_AHEAD_LOG)
    if log.exists():
        log.replace(kept.with_name(kept.name + _WRITE_AHEAD_LOG))
    path.with_name(path.name + _SHARED_MEMORY).unlink(missing_ok=True)
    return kept


def _names_for(path: Path) -> Iterator[Path]:
    yield path.with_name(f"{path.name}.broken")
    for number in count(2):
        yield path.with_name(f"{path.name}.broken-{number}")
