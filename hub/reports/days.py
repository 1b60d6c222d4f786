"""Finds a business day in the journal and reads it, in pieces, holding every row against the chain. Only reads."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, Row, func, select
from sqlalchemy.exc import SQLAlchemyError

from hub.codec import GENESIS, read_event, read_moment, row_hash
from hub.errors import HubError, HubProblem
from hub.journal import Recorded
from hub.tables import journal

_AT_ONCE: Final = 2_000
"""Rows of one query. Between two, no transaction is open that would keep the hub's log from being folded away."""
_OPENED: Final = "day_opened"


class DaySpan(NamedTuple):
    """The rows of a day. `over`: a later day has begun, so nothing is added any more. `closing_hash` is of the last row."""

    day: date
    first: int
    last: int
    over: bool
    closing_hash: str


def find_day(engine: Engine, day: date) -> DaySpan | None:
    """Where a day stands in the journal, as far as it has been written; None for a day without any."""
    try:
        with engine.connect() as connection:
            return _find(connection, day)
    except SQLAlchemyError as problem:
        raise HubError(HubProblem.DATABASE_UNUSABLE, _unusable(engine, problem)) from problem


def read_day(engine: Engine, span: DaySpan) -> Iterator[Recorded]:
    """The events of the day in order. A row that was altered, added or removed, or that cannot be read, ends it with HubError."""
    before = _hash_of(engine, span.first - 1) if span.first > 1 else GENESIS
    seq = span.first - 1
    while seq < span.last:
        rows = _rows(engine, seq, min(seq + _AT_ONCE, span.last))
        if not rows:
            raise HubError(HubProblem.JOURNAL_UNREADABLE, {"seq": seq + 1})
        for row in rows:
            seq += 1
            if not _fits(row, seq, before):
                raise HubError(HubProblem.JOURNAL_UNREADABLE, {"seq": seq})
            before = row.hash
            yield _recorded(row)


def _find(connection: Connection, day: date) -> DaySpan | None:
    opened = select(func.min(journal.c.seq)).where(journal.c.kind == _OPENED)
    first = connection.execute(opened.where(journal.c.day == day.isoformat())).scalar()
    if first is None:
        return None
    following = connection.execute(opened.where(journal.c.seq > first)).scalar()
    last = select(journal.c.seq, journal.c.hash).order_by(journal.c.seq.desc()).limit(1)
    if following is not None:
        last = last.where(journal.c.seq < following)
    row = connection.execute(last).one()
    return DaySpan(day, first, row.seq, following is not None, row.hash)


def _rows(engine: Engine, after: int, last: int) -> list[Row[tuple[object, ...]]]:
    query = select(journal).where(journal.c.seq > after, journal.c.seq <= last)
    try:
        with engine.connect() as connection:
            return list(connection.execute(query.order_by(journal.c.seq)).all())
    except SQLAlchemyError as problem:
        raise HubError(HubProblem.DATABASE_UNUSABLE, _unusable(engine, problem)) from problem


def _hash_of(engine: Engine, seq: int) -> str:
    rows = _rows(engine, seq - 1, seq)
    if not rows:
        raise HubError(HubProblem.JOURNAL_UNREADABLE, {"seq": seq})
    return str(rows[0].hash)


def _fits(row: Row[tuple[object, ...]], seq: int, before: str) -> bool:
    told = (row.day, row.at, row.kind, row.device, row.body)
    stands = (row.seq, row.prev_hash, row.hash)
    return bool(stands == (seq, before, row_hash(before, seq, *told)))


def _recorded(row: Row[tuple[object, ...]]) -> Recorded:
    try:
        return Recorded(read_event(row.body), read_moment(row.at))
    except (ValidationError, ValueError) as problem:
        raise HubError(HubProblem.JOURNAL_UNREADABLE, {"seq": row.seq}) from problem


def _unusable(engine: Engine, problem: SQLAlchemyError) -> dict[str, str | int]:
    return {"database": engine.url.render_as_string(), "reason": str(problem)}
