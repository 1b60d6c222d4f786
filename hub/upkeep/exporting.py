"""Export of the journal as JSON lines, hashes included, so that it can be verified without this suite."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TextIO

from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from hub.database.storage import unusable
from hub.database.tables import journal
from hub.journal.chain import FIRST, ChainBrokenError, ChainRow
from hub.journal.rows import entries, is_damage


@dataclass(slots=True)
class Exported:
    """How many rows were written, and the numbers of those that cannot be read."""

    rows: int = 0
    unreadable: list[int] = field(default_factory=list)


def export(engine: Engine, lines: TextIO, day: date | None = None) -> Exported:
    """Write all rows, or those of a day, even of a broken journal; unreadable rows are left out and listed."""
    exported = Exported()
    try:
        first, last = _bounds(engine, day)
        write(lines, readable(engine, exported, first, last), exported)
    except SQLAlchemyError as problem:
        raise unusable(engine.url.render_as_string(), problem) from problem
    return exported


def write(lines: TextIO, rows: Iterable[ChainRow], exported: Exported) -> None:
    """One line for each row. A cell that is not text is written in hexadecimal."""
    for row in rows:
        line = json.dumps(row._asdict(), ensure_ascii=False, default=bytes.hex)
        lines.write(line + "\n")
        exported.rows += 1


def readable(
    engine: Engine, exported: Exported, first: int | None, last: int | None
) -> Iterator[ChainRow]:
    """An iterator over the readable rows between two numbers; the others are noted."""
    after = None if first is None else first - 1
    end = last_seq(engine) if last is None else last
    while after is None or after < end:
        try:
            rows = entries(engine, last=last) if after is None else entries(engine, after, last)
            for row in rows:
                yield row
                after = row.seq
            return
        except ChainBrokenError as problem:
            exported.unreadable.append(problem.seq)
            after = problem.seq


def last_seq(engine: Engine) -> int:
    """The number of the last row, 0 without rows. If its page is damaged, an index still has it."""
    for source in ("journal", "journal INDEXED BY journal_by_kind"):
        try:
            with engine.connect() as connection:
                found = connection.execute(text(f"SELECT max(seq) FROM {source}")).scalar()
                return int(found or 0)
        except SQLAlchemyError as problem:
            if not is_damage(problem):
                raise
    return 0


def _bounds(engine: Engine, day: date | None) -> tuple[int | None, int | None]:
    if day is None:
        return None, None
    ends = select(func.min(journal.c.seq), func.max(journal.c.seq))
    with engine.connect() as connection:
        first, last = connection.execute(ends.where(journal.c.day == day.isoformat())).one()
    return (FIRST, FIRST - 1) if first is None else (first, last)
