"""Journals that lose rows while no hub runs: files removed, emptied or cut after a kill, and power cuts. A loss must be
refused, or reported."""

import random
import shutil
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from hub.clock.floor_clock import MachineClock
from hub.database.storage import close_store, database_in, open_store
from hub.database.tables import journal, ticket_numbers
from hub.errors import HubError
from hub.journal.codec import read_moment
from hub.journal.mark import mark_folder, read_mark, set_mark
from hub.opening import JournalPlace, open_journal
from service_floor.wall_clock import ClockLimits

Fault = Callable[[Path, random.Random], None]

_WAL: Final = "floor.db-wal"
_SECOND: Final = timedelta(seconds=1)


def _remove_log(data: Path, _chance: random.Random) -> None:
    (data / _WAL).unlink(missing_ok=True)


def _cut_log(data: Path, chance: random.Random) -> None:
    log = data / _WAL
    if log.exists():
        content = log.read_bytes()
        log.write_bytes(content[: chance.randrange(len(content) + 1)])


def _empty_database(data: Path, _chance: random.Random) -> None:
    (data / "floor.db").write_bytes(b"")
    (data / _WAL).unlink(missing_ok=True)


def _cut_database(data: Path, chance: random.Random) -> None:
    file = data / "floor.db"
    content = file.read_bytes()
    file.write_bytes(content[: chance.randrange(len(content))])


def _empty_folder(data: Path, _chance: random.Random) -> None:
    shutil.rmtree(data)
    data.mkdir()


def _no_folder(data: Path, _chance: random.Random) -> None:
    shutil.rmtree(data)


def _nothing(_data: Path, _chance: random.Random) -> None:
    """The kill alone."""


FAULTS: Final[Mapping[str, Fault]] = {
    "kill alone": _nothing,
    "log removed": _remove_log,
    "log cut": _cut_log,
    "database empty": _empty_database,
    "database cut": _cut_database,
    "folder empty": _empty_folder,
    "folder gone": _no_folder,
}


@dataclass(slots=True)
class Losses:
    """What became of so many starts: rows that were missing without a word, good journals that were refused, and for power
    cuts the longest time lost and how many were not reported."""

    starts: int = 0
    refused: int = 0
    silent: int = 0
    wrongly_refused: int = 0
    power_cuts: int = 0
    unreported: int = 0
    longest: float = 0.0


async def note_fault(left: Path, fault: Fault, chance: random.Random, losses: Losses) -> None:
    """Start on a copy of what a kill has left, after a fault."""
    data = _copied(left)
    expected = read_mark(mark_folder(data))
    assert expected is not None
    fault(data, chance)
    losses.starts += 1
    try:
        rows, _ = await _rows_at_start(data, MachineClock())
    except (HubError, SQLAlchemyError):
        losses.refused += 1
        losses.wrongly_refused += fault is _nothing
        return
    losses.silent += rows < expected.seq


async def note_power_cut(left: Path, chance: random.Random, losses: Losses) -> None:
    """Start on a copy of which the disk has kept neither the mark nor the rows of up to the last second."""
    data = _copied(left)
    folder = mark_folder(data)
    record = read_mark(folder)
    assert record is not None
    engine = open_store(database_in(data))
    with engine.begin() as connection:
        lost_from = record.at - _SECOND * chance.random()
        rows = connection.execute(select(journal.c.seq, journal.c.at, journal.c.hash)).all()
        kept = [row for row in rows if read_moment(row.at) < lost_from] or rows[:1]
        connection.execute(delete(journal).where(journal.c.seq > kept[-1].seq))
        connection.execute(delete(ticket_numbers))
    close_store(engine)
    last = read_moment(kept[-1].at)
    stale = record._replace(seq=kept[-1].seq, hash=kept[-1].hash, at=last, boot_id="before-the-cut")
    set_mark(folder, stale)
    losses.power_cuts += 1
    lost = [read_moment(row.at) for row in rows[len(kept) :]]
    losses.longest = max(losses.longest, (record.at - lost[0]).total_seconds() if lost else 0.0)
    found, reported = await _rows_at_start(data, MachineClock())
    losses.unreported += not reported or found < stale.seq


async def _rows_at_start(data: Path, machine: MachineClock) -> tuple[int, bool]:
    """The rows of a journal that opens, and whether a loss is reported. Raises HubError where it does not open."""
    async with AsyncExitStack() as stack:
        opened = open_journal(stack, JournalPlace(data), None, machine, ClockLimits())
        for _ in opened.journal.replay():
            pass
        return opened.journal.seq, opened.loss.report() is not None


def _copied(left: Path) -> Path:
    copy = left.with_name(f"{left.name}-copy")
    for source, target in ((left, copy), (mark_folder(left), mark_folder(copy))):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
    return copy
