"""Iterator over the rows of the journal in order, read in pieces: at any length, memory and open transactions stay
small."""

import sqlite3
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from hub.database.tables import journal
from hub.journal.chain import FIRST, ChainBrokenError, ChainRow, Flaw

_AT_ONCE: Final = 2_000
_BEFORE_ALL: Final = -(2**63)
_DAMAGE: Final = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_CORRUPT_INDEX,
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
}


def entries(
    engine: Engine, after: int = _BEFORE_ALL, last: int | None = None, at_once: int = _AT_ONCE
) -> Iterator[ChainRow]:
    """The rows behind number `after`, up to `last`.

    A row that the disk does not give back is named by ChainBrokenError.
    """
    while last is None or after < last:
        try:
            piece = _piece(engine, after, last, at_once)
        except SQLAlchemyError as problem:
            if not is_damage(problem):
                raise
            if at_once == 1:
                seq = max(after + 1, FIRST)
                raise ChainBrokenError(seq, Flaw.UNREADABLE) from problem
            # Row by row up to the bad one.
            at_once = 1
            continue
        yield from piece
        if len(piece) < at_once:
            return
        after = piece[-1].seq


def _piece(engine: Engine, after: int, last: int | None, at_once: int) -> list[ChainRow]:
    query = select(journal).where(journal.c.seq > after).order_by(journal.c.seq).limit(at_once)
    if last is not None:
        query = query.where(journal.c.seq <= last)
    with engine.connect() as connection:
        return [ChainRow._make(row) for row in connection.execute(query)]


def is_damage(problem: SQLAlchemyError) -> bool:
    """Whether the content is bad, not the way to it. Text that is not UTF-8 comes without a code of SQLite."""
    if not isinstance(problem, DBAPIError) or not isinstance(problem.orig, sqlite3.Error):
        return False
    code = getattr(problem.orig, "sqlite_errorcode", None)
    return code is None or code in _DAMAGE
