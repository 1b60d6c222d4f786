"""Finds a business day in the journal and reads it row by row against the hash chain. Only reads; the hub may be
writing."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from hub.database.storage import unusable
from hub.database.tables import journal
from hub.errors import HubError
from hub.journal.chain import FIRST, ChainBrokenError, ChainRow, Flaw, unbroken
from hub.journal.codec import GENESIS, read_event, read_moment
from hub.journal.journal import Recorded, broken
from hub.journal.rows import entries

_OPENED: Final = "day_opened"


class DaySpan(NamedTuple):
    """The rows of a day. `over`: a later day has begun, so no rows are added any more. `closing_hash` is that of the
    last row."""

    day: date
    first: int
    last: int
    over: bool
    closing_hash: str


def find_day(engine: Engine, day: date) -> DaySpan | None:
    """Where a day stands in the journal, as far as it has been written; None for a day without rows."""
    try:
        with engine.connect() as connection:
            return _find(connection, day)
    except SQLAlchemyError as problem:
        raise _unusable(engine, problem) from problem


def read_day(engine: Engine, span: DaySpan) -> Iterator[Recorded]:
    """An iterator over the day's events. Raises HubError at a row that is not as it was written, and at a missing
    one."""
    # The row before is read too: the day begins where it ended.
    begin = max(span.first - 1, FIRST)
    rows = unbroken(
        entries(engine, begin - 1, span.last), begin, GENESIS if begin == FIRST else None
    )
    seq = begin - 1
    try:
        for entry in rows:
            seq = entry.seq
            if seq >= span.first:
                yield _recorded(entry)
    except ChainBrokenError as problem:
        raise broken(problem.seq, problem.flaw) from problem
    except SQLAlchemyError as problem:
        raise _unusable(engine, problem) from problem
    if seq < span.last:
        raise broken(seq + 1, Flaw.REMOVED)


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


def _recorded(entry: ChainRow) -> Recorded:
    try:
        return Recorded(read_event(entry.body), read_moment(entry.at))
    except ValueError as problem:
        raise broken(entry.seq, Flaw.UNREADABLE) from problem


def _unusable(engine: Engine, problem: SQLAlchemyError) -> HubError:
    return unusable(engine.url.render_as_string(), problem)
