"""Requests kept on disk before they are sent, until they are answered: a press survives a crash of its program."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from service_floor.queue.commands import Command

log = logging.getLogger("hub.client")

_commands: TypeAdapter[Command] = TypeAdapter(Command)


class Outbox:
    """A small durable table of unanswered commands, in the order in which they were given. Opened and closed by its link.

    Where the disk fails, only `keep` raises (sqlite3.Error): a command that is not on disk must not be sent. Whatever
    could not be removed is sent again one day, and the hub answers it as it did before.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = _opened(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as problem:
            # A program that never starts again would lose more presses than the ones in this file.
            log.error("%s is damaged (%s), kept as %s.broken", path, problem, path.name)
            _set_aside(path)
            self._db = _opened(path)

    def keep(self, req: str, command: Command) -> None:
        """Make the request durable; only then may it be sent."""
        self._db.execute(
            "INSERT INTO outbox (req, body) VALUES (?, ?)", (req, _commands.dump_json(command))
        )

    @property
    def database(self) -> sqlite3.Connection:
        """The file's one connection, for what must be written together with requests."""
        return self._db

    def replace(self, old: str, req: str, command: Command) -> None:
        """Keep a request instead of another, within a transaction of the caller's."""
        self._db.execute("DELETE FROM outbox WHERE req = ?", (old,))
        self.keep(req, command)

    def settle(self, req: str) -> None:
        """The request has its answer."""
        try:
            self._db.execute("DELETE FROM outbox WHERE req = ?", (req,))
        except sqlite3.Error as problem:
            log.warning("an answered request stays in the outbox: %s", problem)

    def find(self, req: str) -> Command | None:
        """The unanswered command of this id, None where there is none."""
        for _, body in self._read("SELECT req, body FROM outbox WHERE req = ?", req):
            with suppress(ValidationError):
                return _commands.validate_json(body)
        return None

    def pending(self) -> Iterator[tuple[str, Command]]:
        """Unanswered requests, oldest first; a row that this version cannot read is dropped."""
        for req, body in self._read("SELECT req, body FROM outbox ORDER BY place"):
            try:
                yield req, _commands.validate_json(body)
            except ValidationError:
                self.settle(req)

    def _read(self, query: str, *values: str) -> list[tuple[str, bytes]]:
        try:
            with closing(self._db.execute(query, values)) as rows:
                return rows.fetchall()
        except sqlite3.Error as problem:
            log.error("the outbox cannot be read: %s", problem)
            return []

    def close(self) -> None:
        """Release the file."""
        self._db.close()


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute(
            "CREATE TABLE IF NOT EXISTS outbox (place INTEGER PRIMARY KEY, req TEXT UNIQUE, body BLOB)"
        )
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
