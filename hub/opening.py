"""Opening of the hub's journal at the start: lock, mark of the last row, database, clock.

Order of events: lock the data directory · compare its files with the mark, before anything is written · open the
database and run its migrations · compare its rows with the mark · judge the clock · begin a new mark.
"""

import logging
from collections import deque
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from hub.accounts.revocations import apply_revocations, keep_revocations
from hub.clock.floor_clock import FloorClock, GivenClock, MachineClock, TrustedClock
from hub.database.storage import close_store, database_in, make_folder, open_store, unusable
from hub.errors import HubError
from hub.journal.journal import Journal
from hub.journal.loss import (
    LossWatch,
    has_identity,
    identity_of,
    last_moment,
    refuse_loss,
    refuse_missing,
)
from hub.journal.mark import Mark, MarkRecord, mark_folder, read_mark
from hub.upkeep.data_lock import lock_data_dir
from hub.upkeep.database_files import NAME
from service_floor.wall_clock import ClockLimits, LastRun

log = logging.getLogger("hub")

_OF_ONE_COMMIT: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class JournalPlace:
    """Where a journal is: its folder, the folder of its mark (by default beside it), or the URL of a database."""

    data_dir: Path
    mark: Path | None = None
    database: str | None = None

    @property
    def mark_dir(self) -> Path:
        """The folder of the mark."""
        return self.mark or mark_folder(self.data_dir)


@dataclass(frozen=True, slots=True)
class OpenedJournal:
    """A journal that holds every row that its mark knows, and the clock that goes on from its last row."""

    engine: Engine
    journal: Journal
    clock: TrustedClock
    loss: LossWatch
    mark_dir: Path


def open_journal(
    stack: AsyncExitStack,
    place: JournalPlace,
    clock: Callable[[], datetime] | None,
    machine: MachineClock,
    limits: ClockLimits,
) -> OpenedJournal:
    """Open it for the time of the stack. Without `clock` the machine's is used, as far as it is plausible.

    Raises HubError if the directory is locked, the database cannot be used, or rows of the mark are missing.
    """
    make_folder(place.data_dir)
    stack.enter_context(lock_data_dir(place.data_dir))
    mark = _previous(place)
    engine = open_store(place.database or database_in(place.data_dir))
    stack.callback(close_store, engine)
    refuse_loss(mark, engine)
    journal = Journal(engine)
    _say_what_is_found(place, mark, journal)
    if not has_identity(engine):
        # Nothing is written to a journal that cannot be proven.
        deque(journal.replay(), maxlen=0)
    last = _last_run(mark, last_moment(engine), machine)
    trusted: TrustedClock = GivenClock(clock) if clock else FloorClock(machine, last, limits)
    journal.begin_mark(Mark(place.mark_dir, identity_of(engine), trusted.stamp))
    stack.callback(journal.end_mark)
    _carry_revocations(engine, place.mark_dir, trusted())
    loss = _watch(journal.seq, mark, machine)
    return OpenedJournal(engine, journal, trusted, loss, place.mark_dir)


def _say_what_is_found(place: JournalPlace, mark: MarkRecord | None, journal: Journal) -> None:
    if journal.seq == 0:
        log.warning("a new, empty journal begins in %s", place.data_dir)
    elif mark is None:
        log.warning(
            "no mark of the last row in %s: a loss before this start cannot be noticed",
            place.mark_dir,
        )


def _previous(place: JournalPlace) -> MarkRecord | None:
    """The mark of the run before, if its journal is there. A mark that cannot be read is logged where a journal is."""
    file = place.data_dir / NAME
    try:
        mark = read_mark(place.mark_dir)
    except HubError as problem:
        if place.database is None and (not file.exists() or file.stat().st_size == 0):
            raise
        log.error("%s: a loss of rows before this start cannot be noticed", problem)
        return None
    if place.database is None:
        refuse_missing(mark, file)
    return mark


def _last_run(
    mark: MarkRecord | None, last_at: datetime | None, machine: MachineClock
) -> LastRun | None:
    """The end of the run before. Without a mark of its last row it counts as clean: nothing speaks against it."""
    if mark is None or (last_at is not None and last_at - mark.at > _OF_ONE_COMMIT):
        # A version without marks, or a disk that did not take them.
        return None if last_at is None else LastRun(last_at, ended_cleanly=True)
    is_same_boot = mark.boot_id != "" and mark.boot_id == machine.boot_id()
    # In a container the count may begin again in one boot of the machine.
    is_same_boot = is_same_boot and mark.boot <= machine.read().boot
    at = mark.at if last_at is None else max(mark.at, last_at)
    return LastRun(at, mark.ended and not mark.held, mark.boot if is_same_boot else None)


def _watch(rows: int, mark: MarkRecord | None, machine: MachineClock) -> LossWatch:
    """After a power cut the mark itself may be a second old: what the devices have seen is the last word."""
    if mark is None or mark.ended:
        return LossWatch(rows)
    at = mark.at.isoformat(timespec="seconds")
    if mark.boot_id == machine.boot_id():
        log.info("the last run did not end cleanly; the journal holds row %d of %s, its last acknowledged one", mark.seq, at)  # fmt: skip
        return LossWatch(rows)
    log.warning(
        "after a power cut: the journal holds row %d of %s; up to one second of rows behind it may be missing, the "
        "devices are asked which rows they have seen",
        mark.seq,
        at,
    )
    return LossWatch(rows, mark.at)


def _carry_revocations(engine: Engine, folder: Path, now: datetime) -> None:
    try:
        revoked = apply_revocations(engine, folder, now)
        keep_revocations(engine, folder)
    except SQLAlchemyError as problem:
        raise unusable(engine.url.render_as_string(), problem) from problem
    if revoked:
        log.warning("revoked also on this journal: %s", ", ".join(revoked))
