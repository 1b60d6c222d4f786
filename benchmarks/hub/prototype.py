"""What is left of a hub without its rules: websockets, JSON, and the same rows in grouped commits of bare SQLite.

`python -m benchmarks.hub.prototype SOURCE DATABASE KIND` copies the schema and one command's rows from SOURCE, which a hub
has written, and prints `floor ADDRESS`. It answers every command with that command's answer after the commit, and sends
it to all clients. It has no rules, authorization, views, hashes or retries: this is the floor of a press over the wire.
"""

import asyncio
import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final

from websockets.asyncio.server import ServerConnection, broadcast, serve

from benchmarks.place import BenchFailedError
from hub.database.answers import microseconds, unpack_answer

Row = dict[str, Any]
Press = tuple[ServerConnection, str]
Done = list[tuple[ServerConnection, str]]

_SNAPSHOT: Final = '{"t":"snapshot"}'


@dataclass(frozen=True, slots=True)
class Pattern:
    """One command as the hub wrote it: the schema, a row for each table, and the answer."""

    schema: tuple[str, ...]
    journal: Row
    request: Row
    number: Row | None
    answer: Row

    @classmethod
    def of(cls, source: Path, kind: str) -> "Pattern":
        """Read the last event of this kind with its request, and with its number where it gave one."""
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as store:
            store.row_factory = sqlite3.Row
            statements = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
            schema = tuple(sql for (sql,) in store.execute(statements))
            event = _row(store, "journal WHERE kind = ? ORDER BY seq DESC", kind)
            at = microseconds(datetime.fromisoformat(event["at"]))
            request = _row(store, "requests WHERE at = ? AND device = ?", at, event["device"])
            answer = unpack_answer(request["answer"], request["req"], at)
            number = None
            if kind == "ticket_issued":
                number = _row(store, "ticket_numbers WHERE day = ?", event["day"])
        return cls(schema, event, request, number, json.loads(answer))


class Prototype:
    """Lives as long as the process."""

    def __init__(self, pattern: Pattern, database: Path) -> None:
        self.intake: SimpleQueue[Press] = SimpleQueue()
        self.wires: set[ServerConnection] = set()
        self._pattern = pattern
        self._database = database
        self._written = 0
        self._steps = 0

    async def attend(self, wire: ServerConnection) -> None:
        """One client, from its hello on."""
        await wire.recv()
        broadcast([wire], _SNAPSHOT)
        self.wires.add(wire)
        try:
            async for text in wire:
                self.intake.put((wire, json.loads(text)["req"]))
        finally:
            self.wires.discard(wire)

    def write(self, deliver: Callable[[Done], None]) -> None:
        """Take the whole queue into one commit, and again; in a thread of its own."""
        with closing(sqlite3.connect(self._database, isolation_level=None)) as store:
            store.execute("PRAGMA journal_mode=WAL")
            store.execute("PRAGMA synchronous=FULL")
            for statement in self._pattern.schema:
                store.execute(statement)
            while True:
                deliver(self._commit(store, self._gather()))

    def tell(self, done: Done) -> None:
        """News for all, then the answers; on the event loop."""
        self._steps += 1
        puts = [self._pattern.answer["result"]] * len(done)
        broadcast(self.wires, json.dumps({"t": "delta", "seq": self._steps, "puts": puts}))
        for wire, text in done:
            broadcast([wire], text)

    def _gather(self) -> list[Press]:
        group = [self.intake.get()]
        with suppress(Empty):
            while True:
                group.append(self.intake.get_nowait())
        return group

    def _commit(self, store: sqlite3.Connection, group: list[Press]) -> Done:
        done: Done = []
        entries, requests, numbers = list[Row](), list[Row](), list[Row]()
        for wire, req in group:
            self._written += 1
            text = json.dumps(self._pattern.answer | {"req": req})
            entries.append(self._pattern.journal | {"seq": self._written})
            requests.append(self._pattern.request | {"nr": None, "key": self._written, "req": req})
            if self._pattern.number is not None:
                numbers.append(self._pattern.number | {"number": f"A{self._written:05}"})
            done.append((wire, text))
        store.execute("BEGIN IMMEDIATE")
        for table, rows in (("journal", entries), ("requests", requests), ("ticket_numbers", numbers)):  # fmt: skip
            if rows:
                places = ",".join(f":{column}" for column in rows[0])
                store.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
        store.execute("COMMIT")
        return done


def _row(store: sqlite3.Connection, where: str, *values: str | int) -> Row:
    found = store.execute(f"SELECT * FROM {where} LIMIT 1", values).fetchone()
    if found is None:
        raise BenchFailedError(f"the hub has not written any {where}: {values}")
    return dict(found)


async def main(source: Path, database: Path, kind: str) -> None:
    """Serve until the process is ended."""
    prototype = Prototype(Pattern.of(source, kind), database)
    loop = asyncio.get_running_loop()

    def deliver(done: Done) -> None:
        loop.call_soon_threadsafe(prototype.tell, done)

    Thread(target=prototype.write, args=(deliver,), daemon=True).start()
    async with serve(prototype.attend, "127.0.0.1", 0, compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        print(f"floor ws://127.0.0.1:{port}", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
