"""Requests kept on disk before they are sent, until they are answered: a press survives a crash of its program."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from service_floor.queue.commands import Command

_commands: TypeAdapter[Command] = TypeAdapter(Command)


class Outbox:
    """A small durable table of unanswered commands, in the order in which they were given. Opened and closed by its link."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS outbox (place INTEGER PRIMARY KEY, req TEXT UNIQUE, body BLOB)"
        )

    def keep(self, req: str, command: Command) -> None:
        """Make the request durable; only then may it be sent."""
        self._db.execute(
            "INSERT INTO outbox (req, body) VALUES (?, ?)", (req, _commands.dump_json(command))
        )

    def settle(self, req: str) -> None:
        """The request has its answer."""
        self._db.execute("DELETE FROM outbox WHERE req = ?", (req,))

    def find(self, req: str) -> Command | None:
        """The unanswered command of this id, None where there is none."""
        row = self._db.execute("SELECT body FROM outbox WHERE req = ?", (req,)).fetchone()
        return None if row is None else _commands.validate_json(row[0])

    def pending(self) -> Iterator[tuple[str, Command]]:
        """Unanswered requests, oldest first; a row that this version cannot read is dropped."""
        with closing(self._db.execute("SELECT req, body FROM outbox ORDER BY place")) as rows:
            kept = rows.fetchall()
        for req, body in kept:
            try:
                yield req, _commands.validate_json(body)
            except ValidationError:
                self.settle(req)

    def close(self) -> None:
        """Release the file."""
        self._db.close()
