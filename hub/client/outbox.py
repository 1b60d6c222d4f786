"""Outbox: requests are kept on disk before they are sent and until they are answered, so a press survives a crash."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from hub.client.outbox_file import SCHEMA
from plumbing.durable_files import open_durable
from service_floor.queue.commands import Command

log = logging.getLogger("hub.client")

_commands: TypeAdapter[Command] = TypeAdapter(Command)


class Outbox:
    """A small durable queue of unanswered commands, in the order in which they were given. Opened and closed by its link.

    Raises NewerFileError if a later version wrote the file. If the disk fails, only `keep` raises (sqlite3.Error): a command
    that is not on disk must not be sent. A row that could not be removed is sent again one day, and the hub answers it as it
    did before.
    """

    def __init__(self, path: Path) -> None:
        self._db = open_durable(path, SCHEMA, log)

    def keep(self, req: str, command: Command) -> None:
        """Make the request durable; only then may it be sent."""
        self._db.execute(
            "INSERT INTO outbox (req, body) VALUES (?, ?)", (req, _commands.dump_json(command))
        )

    @property
    def database(self) -> sqlite3.Connection:
        """The file's one connection, for what must be written in one transaction with requests."""
        return self._db

    def replace(self, old: str, req: str, command: Command) -> None:
        """Keep a request instead of another, within a transaction of the caller's."""
        self._db.execute("DELETE FROM outbox WHERE req = ?", (old,))
        self.keep(req, command)

    def settle(self, req: str) -> None:
        """Remove a request that has its answer."""
        try:
            self._db.execute("DELETE FROM outbox WHERE req = ?", (req,))
        except sqlite3.Error as problem:
            log.warning("an answered request stays in the outbox: %s", problem)

    def find(self, req: str) -> Command | None:
        """The unanswered command of this id; None if it is not here."""
        for _, body in self._read("SELECT req, body FROM outbox WHERE req = ?", req):
            with suppress(ValidationError):
                return _commands.validate_json(body)
        return None

    def pending(self) -> Iterator[tuple[str, Command]]:
        """Unanswered requests, oldest first; a row that this version cannot parse is logged and dropped."""
        for req, body in self._read("SELECT req, body FROM outbox ORDER BY place"):
            try:
                yield req, _commands.validate_json(body)
            except ValidationError:
                log.error("request %s is of a kind that this version does not know; dropped", req)
                self.settle(req)

    def _read(self, query: str, *values: str) -> list[tuple[str, bytes]]:
        try:
            with closing(self._db.execute(query, values)) as rows:
                return rows.fetchall()
        except sqlite3.Error as problem:
            log.error("the outbox cannot be read: %s", problem)
            return []

    def close(self) -> None:
        """Close the file."""
        self._db.close()
