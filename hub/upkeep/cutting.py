"""Repairs a journal by keeping its proven beginning: a new database is built beside the old one, which is kept."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, Table, func, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from hub.database.answers import moment_of, unpack_answer
from hub.database.storage import close_store, open_store, unusable
from hub.database.tables import journal, metadata, requests, ticket_numbers
from hub.errors import HubError, HubProblem
from hub.journal.chain import FIRST, ChainRow
from hub.journal.codec import moment_text
from hub.journal.rows import entries, is_damage
from hub.upkeep.checking import Verdict, verify
from hub.upkeep.exporting import Exported, last_seq, readable, write
from hub.upkeep.files import NAME, make_sure, put_in_place, remove, unwritable

_AT_ONCE: Final = 2_000
_AFTER_ALL: Final = "9"
_ISSUED: Final = "ticket_issued"
_MADE_ANEW: Final = {journal.name, requests.name, ticket_numbers.name}


@dataclass(frozen=True, slots=True)
class Cut:
    """What a repair will do: keep the rows up to `to`, and write those behind it to `file`."""

    to: int
    last: int
    file: Path


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did. The tables in `lost` could be read only in part."""

    verdict: Verdict
    cut_off: Exported
    requests_dropped: int
    lost: tuple[str, ...]
    aside: Path | None


def plan_cut(engine: Engine, to: int, file: Path) -> Cut:
    """What keeping the rows up to `to` would mean; raises HubError where not all of them are as they were written."""
    verdict = verify(engine)
    proven = verdict.rows if verdict.broken is None else max(0, verdict.broken.seq - 1)
    if not 0 <= to <= proven:
        raise HubError(HubProblem.CUT_OUT_OF_REACH, {"to": to, "last": proven})
    return Cut(to, max(to, last_seq(engine)), file)


def repair(engine: Engine, data_dir: Path, cut: Cut, now: datetime) -> Repaired:
    """Write out what is cut off, build a database of the rest, prove it, and put it in place.

    `engine` reads the old one, which is kept beside. What is made of rows – the numbers of a day, the answers to
    requests – is made anew of those that are kept.
    """
    part = data_dir / f"{NAME}.part"
    try:
        with unwritable(cut.file):
            cut_off = _write_out(engine, cut)
        with unwritable(part):
            remove(part)
            store = open_store(f"sqlite:///{part}")
            try:
                kept = _copy_rows(engine, store, cut.to)
                lost: list[str] = []
                dropped = _copy_requests(engine, store, kept, lost)
                _copy_others(engine, store, lost)
                verdict = verify(store)
            finally:
                close_store(store)
            make_sure(part)
            aside = put_in_place(part, data_dir, now)
    except SQLAlchemyError as problem:
        raise unusable(f"sqlite:///{part}", problem) from problem
    finally:
        remove(part)
    return Repaired(verdict, cut_off, dropped, tuple(lost), aside)


class _Kept:
    """What requests of the last days are held against: moments and tickets of the rows that are kept."""

    def __init__(self, since: str) -> None:
        self.end = ""
        self._since = since[:10]
        self._moments: set[int] = set()
        self._tickets: set[str] = set()

    def note(self, row: ChainRow, ticket: str | None) -> None:
        self.end = row.at
        if row.day >= self._since:
            # The hash of the pair, and not the pair: a week has hundreds of thousands.
            self._moments.add(hash((row.device, row.at)))
            if ticket is not None:
                self._tickets.add(ticket)

    def stands(self, request: Mapping[str, Any]) -> bool:
        """Whether the rows that made an answer are kept. A refusal has none: it stands by its moment. An answer that
        cannot be read does not stand."""
        device, req, at = request["device"], request["req"], request["at"]
        try:
            answer = json.loads(unpack_answer(request["answer"], device, req, at))
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
        with cut.file.open("x", encoding="utf-8") as lines:
            write(lines, readable(engine, exported, cut.to + 1, cut.last), exported)
        make_sure(cut.file)
    return exported


def _copy_rows(engine: Engine, store: Engine, to: int) -> _Kept:
    """The rows that are kept, and of them the numbers that they gave out."""
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
    """The number and the ticket that a row gives out."""
    if row.kind != _ISSUED:
        return None
    event = json.loads(row.body)
    return {"number": event["number"], "ticket": event["ticket"]}


def _oldest_request(engine: Engine) -> str:
    """When the oldest request came; where that cannot be read, before all rows."""
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
    """The requests whose answers still hold; how many do not."""
    dropped = 0
    for some in _salvaged(engine, requests, lost):
        standing = [row for row in some if kept.stands(row)]
        _insert(store, requests, standing)
        dropped += len(some) - len(standing)
    return dropped


def _copy_others(engine: Engine, store: Engine, lost: list[str]) -> None:
    """Whatever else is kept in the database."""
    for table in metadata.sorted_tables:
        if table.name not in _MADE_ANEW:
            for some in _salvaged(engine, table, lost):
                _insert(store, table, some)


def _salvaged(engine: Engine, table: Table, lost: list[str]) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table in pieces, up to one that cannot be read; then the table is noted. So is one whose columns are
    those of an earlier schema step: no hub of this version has opened that database."""
    try:
        with engine.connect() as connection:
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
