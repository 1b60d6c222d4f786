"""Repair of a journal by keeping its proven beginning: a new database is built beside the old one, which is kept."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, Table, func, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from hub.accounts.audit_log import AuditAction
from hub.database.answers import moment_of, unpack_answer
from hub.database.storage import close_store, open_store, unusable
from hub.database.tables import journal, metadata, requests, ticket_numbers
from hub.errors import HubError, HubProblem
from hub.journal.chain import FIRST, ChainRow
from hub.journal.codec import moment_text
from hub.journal.rows import entries, is_damage
from hub.upkeep.database_files import NAME, fsync_path, remove, swap_in, write_errors
from hub.upkeep.deeds import Deed, noted, put_mark
from hub.upkeep.exporting import Exported, last_seq, readable, write
from hub.upkeep.verification import Verdict, verify
from plumbing.private_files import open_private

_AT_ONCE: Final = 2_000
_AFTER_ALL: Final = "9"
_ISSUED: Final = "ticket_issued"
_DERIVED: Final = {journal.name, requests.name, ticket_numbers.name}


@dataclass(frozen=True, slots=True)
class Cut:
    """Plan of a repair: keep the rows up to `to`, and write those behind it to `file`."""

    to: int
    last: int
    file: Path


@dataclass(frozen=True, slots=True)
class Repaired:
    """The result of a repair. The tables in `lost` could be read only in part."""

    verdict: Verdict
    cut_off: Exported
    requests_dropped: int
    lost: tuple[str, ...]
    aside: Path | None


def plan_cut(engine: Engine, to: int, file: Path) -> Cut:
    """Plan a repair that keeps the rows up to `to`; raises HubError if not all of them are as they were written."""
    verdict = verify(engine)
    proven = verdict.rows if verdict.broken is None else max(0, verdict.broken.seq - 1)
    if not 0 <= to <= proven:
        raise HubError(HubProblem.CUT_OUT_OF_REACH, {"to": to, "last": proven})
    return Cut(to, max(to, last_seq(engine)), file)


def last_before(engine: Engine, moment: datetime) -> int:
    """The last row before the first one that was written at `moment` or later, by the hub's clock of then. Rows behind
    that are cut off too, whatever their time: they were decided on what it says."""
    at = moment_text(moment)
    try:
        with engine.connect() as connection:
            first = connection.execute(select(func.min(journal.c.seq)).where(journal.c.at >= at))
            found = first.scalar()
    except SQLAlchemyError as problem:
        raise unusable(engine.url.render_as_string(), problem) from problem
    return last_seq(engine) if found is None else int(found) - 1


def repair(engine: Engine, data_dir: Path, cut: Cut, deed: Deed) -> Repaired:
    """Write out what is cut off, build a database of the rest, verify it, swap it in, and set the mark to its end.

    `engine` reads the old one, which is kept. What is derived from rows – the numbers of a day, the answers to
    requests – is derived again from those that are kept.
    """
    part = data_dir / f"{NAME}.part"
    try:
        with write_errors(cut.file):
            cut_off = _write_out(engine, cut)
        with write_errors(part):
            remove(part)
            store = open_store(f"sqlite:///{part}")
            try:
                kept = _copy_rows(engine, store, cut.to)
                lost: list[str] = []
                dropped = _copy_requests(engine, store, kept, lost)
                _copy_others(engine, store, lost)
                verdict = verify(store)
                mark = noted(store, AuditAction.JOURNAL_REPAIRED, deed, verdict)
            finally:
                close_store(store)
            fsync_path(part)
            aside = swap_in(part, data_dir, deed.now)
        put_mark(mark, data_dir, deed)
    except SQLAlchemyError as problem:
        raise unusable(f"sqlite:///{part}", problem) from problem
    finally:
        remove(part)
    return Repaired(verdict, cut_off, dropped, tuple(lost), aside)


class _Kept:
    """What requests of the last days are checked against: moments and tickets of the rows that are kept."""

    def __init__(self, since: str) -> None:
        self.end = ""
        self._since = since[:10]
        self._moments: set[int] = set()
        self._tickets: set[str] = set()

    def note(self, row: ChainRow, ticket: str | None) -> None:
        self.end = row.at
        if row.day >= self._since:
            # The hash of the pair, not the pair: a week has hundreds of thousands.
            self._moments.add(hash((row.device, row.at)))
            if ticket is not None:
                self._tickets.add(ticket)

    def stands(self, request: Mapping[str, Any]) -> bool:
        """Whether the rows that the answer is about are kept. A refusal has none: its moment decides."""
        device, at = request["device"], request["at"]
        try:
            answer = json.loads(unpack_answer(request["answer"], request["req"], at))
        except ValueError:
            return False
        moment = _text_of(at)
        if not answer["ok"]:
            return moment <= self.end
        ticket = answer["result"].get("ticket")
        return hash((device, moment)) in self._moments and (
            ticket is None or ticket["id"] in self._tickets
        )


def _write_out(engine: Engine, cut: Cut) -> Exported:
    exported = Exported()
    if cut.last > cut.to:
        with open_private(cut.file, "x") as lines:
            write(lines, readable(engine, exported, cut.to + 1, cut.last), exported)
        fsync_path(cut.file)
    return exported


def _copy_rows(engine: Engine, store: Engine, to: int) -> _Kept:
    """Copy the rows that are kept, and the numbers that they issued."""
    kept = _Kept(_oldest_request(engine))
    for some in _pieces(entries(engine, FIRST - 1, to)):
        numbers = []
        for row in some:
            ticket = _ticket_of(row)
            kept.note(row, ticket["ticket"] if ticket else None)
            if ticket:
                numbers.append({"day": row.day, **ticket})
        _insert(store, journal, [row._asdict() for row in some])
        _insert(store, ticket_numbers, numbers)
    return kept


def _ticket_of(row: ChainRow) -> dict[str, str] | None:
    """The number and the ticket that a row issued."""
    if row.kind != _ISSUED:
        return None
    event = json.loads(row.body)
    return {"number": event["number"], "ticket": event["ticket"]}


def _oldest_request(engine: Engine) -> str:
    """The time of the oldest request; if that cannot be read, before all rows."""
    try:
        with engine.connect() as connection:
            oldest = connection.execute(select(func.min(requests.c.at))).scalar()
    except SQLAlchemyError as problem:
        if not is_damage(problem):
            raise
        return ""
    return _text_of(oldest) if isinstance(oldest, int) else _AFTER_ALL


def _text_of(at: int) -> str:
    """The moment of a request as the rows of the journal have it."""
    return moment_text(moment_of(at))


def _copy_requests(engine: Engine, store: Engine, kept: _Kept, lost: list[str]) -> int:
    """Copy the requests with answers that still hold; the number of those that do not."""
    dropped = 0
    for some in _salvaged(engine, requests, lost):
        standing = [row for row in some if kept.stands(row)]
        _insert(store, requests, standing)
        dropped += len(some) - len(standing)
    return dropped


def _copy_others(engine: Engine, store: Engine, lost: list[str]) -> None:
    """Copy all other tables."""
    for table in metadata.sorted_tables:
        if table.name not in _DERIVED:
            for some in _salvaged(engine, table, lost):
                _insert(store, table, some)


def _salvaged(engine: Engine, table: Table, lost: list[str]) -> Iterator[list[dict[str, Any]]]:
    """An iterator over the rows of a table in batches, up to one that cannot be read; then the table is noted.

    A table that an earlier version did not have holds nothing.
    """
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(table.name):
                return
            found = {column["name"] for column in inspect(connection).get_columns(table.name)}
            if not found.issuperset(column.name for column in table.c):
                lost.append(table.name)
                return
            for some in _pieces(connection.execute(select(table))):
                yield [row._asdict() for row in some]
    except SQLAlchemyError as problem:
        if not is_damage(problem):
            raise
        lost.append(table.name)


def _pieces(rows: Iterable[Any]) -> Iterator[list[Any]]:
    stream = iter(rows)
    while some := list(islice(stream, _AT_ONCE)):
        yield some


def _insert(store: Engine, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        with store.begin() as connection:
            connection.execute(insert(table), rows)
