"""The journal: hash-chained events, and the requests with their answers, for idempotent retries.

One writer thread; a page is one transaction.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from time import perf_counter
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Dialect, Engine, TextClause, delete, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from hub.database.answers import lookup_key, microseconds, pack_answer, unpack_answer
from hub.database.file_identity import FileIdentity
from hub.database.hashes import from_stored, to_stored
from hub.database.statements import Statement
from hub.database.storage import unusable
from hub.database.tables import journal, meta, requests, ticket_numbers
from hub.errors import HubError, HubProblem
from hub.journal.chain import FIRST, ChainBrokenError, ChainRow, Flaw, unbroken
from hub.journal.codec import (
    GENESIS,
    event_text,
    moment_text,
    read_event,
    read_moment,
    row_hash,
)
from hub.journal.commit_times import CommitTimes
from hub.journal.mark import Mark
from hub.journal.rows import entries
from service_floor.queue.events import TicketIssued
from service_floor.queue.floor import FloorEvent

_DAY_OPENED = "day_opened"
_PROBE = "probe"
_PROBE_CHARACTERS: Final = 65_536
"""So much room at least, for a disk to count as one that takes rows again."""


def _lookup(size: int) -> TextClause:
    """Finds `size` requests at once, by their keys."""
    keys = ", ".join(f":k{n}" for n in range(size))
    return text(f"SELECT device, req, body_hash, at, answer FROM requests WHERE key IN ({keys})")


# Few sizes, so that few statements are ever prepared; a smaller number of requests repeats its last.
_LOOKUPS: Final = {size: _lookup(size) for size in (1, 2, 4, 8, 16, 32, 64)}


class Statements:
    """What every page executes, in the words of its database."""

    def __init__(self, dialect: Dialect) -> None:
        self.add_entry = Statement(insert(journal), dialect)
        columns = [column.name for column in requests.c if not column.primary_key]
        self.add_request = Statement(insert(requests), dialect, columns)
        self.add_number = Statement(insert(ticket_numbers), dialect)
        self.lookups: Mapping[int, Statement] = {
            size: Statement(lookup, dialect) for size, lookup in _LOOKUPS.items()
        }


class Recorded(NamedTuple):
    """An event with its moment, as replay gives it back."""

    event: FloorEvent
    at: datetime


class RequestKey(NamedTuple):
    """A request is known by its device and the id that the device chose."""

    device: str
    req: str


class Kept(NamedTuple):
    """What was answered to a request."""

    body_hash: str
    answer: str


@dataclass(slots=True)
class Page:
    """What one transaction will write. Made by `Journal.page`; nothing of it is true before the page is committed."""

    connection: Connection
    statements: Statements
    seq: int
    last_hash: str
    _entries: list[dict[str, Any]] = field(default_factory=list)
    _requests: list[dict[str, Any]] = field(default_factory=list)
    _numbers: list[dict[str, Any]] = field(default_factory=list)
    _answered: dict[RequestKey, Kept] = field(default_factory=dict)

    def find(self, keys: Iterable[RequestKey]) -> None:
        """Read from the database which of the requests have been answered before."""
        wanted = list(keys)
        while wanted:
            size = next((size for size in _LOOKUPS if len(wanted) <= size), max(_LOOKUPS))
            some, wanted = wanted[:size], wanted[size:]
            some += some[-1:] * (size - len(some))
            places = {f"k{n}": lookup_key(*key) for n, key in enumerate(some)}
            rows = self.statements.lookups[size].execute(self.connection, (places,))
            for device, req, body_hash, at, packed in rows:
                key = RequestKey(device, req)
                if key in some:
                    answer = unpack_answer(packed, req, at)
                    self._answered[key] = Kept(from_stored(body_hash), answer)

    def answered(self, key: RequestKey) -> Kept | None:
        """The answer of a request that `find` has read, or that was kept on this page."""
        return self._answered.get(key)

    def record(self, event: FloorEvent, at: datetime, day: date, device: str) -> None:
        """Add an event to the chain; `day` is the business day it belongs to."""
        self.seq += 1
        told = (day.isoformat(), moment_text(at), event.kind, device, event_text(event))
        prev_hash, self.last_hash = self.last_hash, row_hash(self.last_hash, self.seq, *told)
        row = dict(zip(("day", "at", "kind", "device", "body"), told, strict=True))
        hashes = {"prev_hash": to_stored(prev_hash), "hash": to_stored(self.last_hash)}
        self._entries.append(row | {"seq": self.seq} | hashes)
        if isinstance(event, TicketIssued):
            self._numbers.append(
                {"day": row["day"], "number": event.number, "ticket": event.ticket}
            )

    def keep(self, key: RequestKey, kept: Kept, at: datetime) -> None:
        """Keep the answer of a request."""
        self._answered[key] = kept
        self._requests.append(
            {
                "key": lookup_key(*key),
                "device": key.device,
                "req": key.req,
                "body_hash": to_stored(kept.body_hash),
                "at": microseconds(at),
                "answer": pack_answer(kept.answer, key.req, at),
            }
        )

    def write(self) -> None:
        """Send the rows to the database, one statement for each table."""
        for statement, rows in (
            (self.statements.add_entry, self._entries),
            (self.statements.add_request, self._requests),
            (self.statements.add_number, self._numbers),
        ):
            if rows:
                statement.execute(self.connection, rows)


class Journal:
    """The hub's memory on disk.

    Created by the composition root; used by one thread at a time; closed with its writer.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._mark: Mark | None = None
        self._connection: Connection | None = None
        self._statements = Statements(engine.dialect)
        self.seq = 0
        self.replayed = 0
        self.commits = CommitTimes()
        self._last_hash = GENESIS
        self._whereabouts = FileIdentity(engine.url)
        self._whereabouts.missing()
        try:
            self.find_end()
        except SQLAlchemyError as problem:
            raise self.unusable(problem) from problem

    def find_end(self) -> None:
        """Learn the last row from the database, where the chain goes on."""
        query = select(journal.c.seq, journal.c.hash).order_by(journal.c.seq.desc()).limit(1)
        with self._engine.connect() as connection:
            last = connection.execute(query).first()
        self.seq, self._last_hash = (0, GENESIS) if last is None else (last.seq, last.hash)

    def replay(self) -> Iterator[Recorded]:
        """The events of the latest business day, from its opening on, each row held against the one before it.

        `replayed` is the row given out last. Raises HubError at a row that is not as it was written.
        """
        opened = select(func.max(journal.c.seq)).where(journal.c.kind == _DAY_OPENED)
        with self._engine.connect() as connection:
            start = connection.execute(opened).scalar() or FIRST
        # The row before is read too: today begins where it ended.
        begin = max(start - 1, FIRST)
        rows = unbroken(
            entries(self._engine, after=begin - 1), begin, GENESIS if begin == FIRST else None
        )
        try:
            yield from self._told(entry for entry in rows if entry.seq >= start)
        except ChainBrokenError as problem:
            raise broken(problem.seq, problem.flaw) from problem
        except ValueError as problem:
            raise broken(self.replayed, Flaw.UNREADABLE) from problem

    def _told(self, rows: Iterable[ChainRow]) -> Iterator[Recorded]:
        """Parse the rows of a day into events.

        Ticket numbers that no row has issued show that rows are missing at the end.
        """
        issued: Counter[str] = Counter()
        day = ""
        for entry in rows:
            self.replayed, day = entry.seq, entry.day
            event = read_event(entry.body)
            issued[day] += isinstance(event, TicketIssued)
            yield Recorded(event, read_moment(entry.at))
        numbers = select(func.count()).select_from(ticket_numbers)
        with self._engine.connect() as connection:
            given_out = connection.execute(numbers.where(ticket_numbers.c.day == day)).scalar_one()
        if given_out > issued[day]:
            raise ChainBrokenError(self.replayed + 1, Flaw.REMOVED)

    def probe(self) -> None:
        """Write something that means nothing; raises SQLAlchemyError or HubError as long as the disk takes no rows."""
        self._look_for_files()
        with self._engine.begin() as connection:
            connection.execute(delete(meta).where(meta.c.key == _PROBE))
            connection.execute(insert(meta), {"key": _PROBE, "value": "0" * _PROBE_CHARACTERS})
        with self._engine.begin() as connection:
            connection.execute(delete(meta).where(meta.c.key == _PROBE))

    @contextmanager
    def page(self) -> Iterator[Page]:
        """One transaction: committed and durable when the block is left, undone when it raises.

        Raises HubError where the database was removed or replaced: what is written to it then does not last.
        """
        self._look_for_files()
        if self._connection is None:
            self._connection = self._engine.connect()
        page = Page(self._connection, self._statements, self.seq, self._last_hash)
        try:
            with self._connection.begin():
                yield page
                began = perf_counter()
                page.write()
        except BaseException:
            # The next page begins on a fresh connection: the state of this one is unknown.
            self.close()
            raise
        if page.seq != self.seq and self._mark is not None:
            self._mark.keep(page.seq, page.last_hash)
        self.commits.note(perf_counter() - began)
        self.seq, self._last_hash = page.seq, page.last_hash

    def begin_mark(self, mark: Mark) -> None:
        """Keep this mark from now on, beginning with the last row."""
        self._mark = mark
        mark.open(self.seq, self._last_hash)

    def sync_mark(self) -> None:
        """Wait until the mark of the last row is on the disk."""
        if self._mark is not None:
            self._mark.sync()

    def end_mark(self) -> None:
        """Note in the mark that this run ended cleanly."""
        if self._mark is not None:
            self._mark.end(self.seq, self._last_hash)

    def _look_for_files(self) -> None:
        """While it is missing, the connection is held: only then is a file that comes back known as the same."""
        if self._connection is None:
            self._whereabouts.forget_log()
        missing = self._whereabouts.missing()
        if missing is not None:
            raise HubError(HubProblem.DATABASE_GONE, {"file": missing})

    def forget_requests(self, before: datetime) -> int:
        """Remove requests that no device repeats any more; their count.

        Only what is removed is read: rows lie in order.
        """
        young = requests.c.at >= microseconds(before)
        first = select(requests.c.nr).where(young).order_by(requests.c.nr).limit(1)
        with self._engine.begin() as connection:
            kept_from = connection.execute(first).scalar()
            old = delete(requests)
            if kept_from is not None:
                old = old.where(requests.c.nr < kept_from)
            gone = connection.execute(old)
        return gone.rowcount

    def unusable(self, problem: SQLAlchemyError) -> HubError:
        """The error of a database that cannot be used."""
        return unusable(self._engine.url.render_as_string(), problem)

    def close(self) -> None:
        """Release the writer's connection."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def broken(seq: int, flaw: Flaw) -> HubError:
    """The error of a journal in which row `seq` is the first that is wrong."""
    return HubError(HubProblem.JOURNAL_BROKEN, {"seq": seq, "flaw": flaw, "keep": seq - 1})
