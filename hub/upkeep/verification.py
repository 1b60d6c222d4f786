"""Verification of the journal's hash chain, row by row from the first, and the closing hash of a day. Only reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from hub.database.storage import unusable
from hub.database.tables import ticket_numbers
from hub.journal.chain import ChainBrokenError, ChainRow, Flaw, unbroken
from hub.journal.codec import GENESIS
from hub.journal.rows import entries

_ISSUED = "ticket_issued"


class ChainBreak(NamedTuple):
    """The first row that is wrong."""

    seq: int
    flaw: Flaw


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a check: the rows that are proven, and where the chain breaks, if it does.

    `printed` is the row of the hash that was searched for, if it is among them.
    """

    rows: int
    days: int
    last_hash: str
    broken: ChainBreak | None = None
    printed: ChainRow | None = None


@dataclass(frozen=True, slots=True)
class DayClosing:
    """A day in the chain. Once it is `over` no rows are added: `hash` is the one on its printed report."""

    day: date
    first: int
    last: int
    hash: str
    over: bool


class _Tally:
    """Counts along the chain."""

    def __init__(self) -> None:
        self.rows = self.days = self.issued = 0
        self.day = ""
        self.last_hash = GENESIS

    def take(self, entry: ChainRow) -> None:
        self.rows += 1
        self.issued += entry.kind == _ISSUED
        if entry.day != self.day:
            self.days += 1
            self.day = entry.day
        self.last_hash = entry.hash


def verify(engine: Engine, printed: str = "", last: int | None = None) -> Verdict:
    """Verify the chain from its first row to `last`, by default to its end: any row removed, altered, moved or inserted
    breaks it.

    `printed` is a hash that was kept elsewhere, or the beginning of one.
    """
    tally, broken, found = _Tally(), None, None
    try:
        for entry in unbroken(entries(engine, last=last)):
            tally.take(entry)
            if printed and entry.hash.startswith(printed):
                found = entry
        if last is None:
            _count_numbers(engine, tally)
    except ChainBrokenError as problem:
        broken = ChainBreak(problem.seq, problem.flaw)
    except SQLAlchemyError as problem:
        raise unusable(engine.url.render_as_string(), problem) from problem
    return Verdict(tally.rows, tally.days, tally.last_hash, broken, found)


def _count_numbers(engine: Engine, tally: _Tally) -> None:
    """More numbers than rows that issued them show that rows are missing at the end."""
    with engine.connect() as connection:
        query = select(func.count()).select_from(ticket_numbers)
        given_out = connection.execute(query).scalar_one()
    if given_out > tally.issued:
        raise ChainBrokenError(tally.rows + 1, Flaw.REMOVED)


def closing(engine: Engine, day: date) -> DayClosing | None:
    """The closing hash of a day, proven from the first row of the journal; None if the day has no row.

    Raises ChainBrokenError if a row up to then is not as it was written.
    """
    first: ChainRow | None = None
    last: ChainRow | None = None
    over = False
    for entry in _up_to(engine, day.isoformat()):
        if entry.day == day.isoformat():
            first, last = first or entry, entry
        else:
            over = last is not None
    if first is None or last is None:
        return None
    return DayClosing(day, first.seq, last.seq, last.hash, over)


def _up_to(engine: Engine, day: str) -> Iterator[ChainRow]:
    """The proven rows to the end of a day and one more."""
    for entry in unbroken(entries(engine)):
        yield entry
        if entry.day > day:
            return
