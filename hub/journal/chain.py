"""Validation of the hash chain of the journal's rows: where it breaks, and what was done to it there.

Pure: rows are arguments.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from hub.journal.codec import GENESIS, row_hash

FIRST: Final = 1
"""The number of the first row."""


class ChainRow(NamedTuple):
    """A row as it stands in the table, columns in their order."""

    seq: int
    day: str
    at: str
    kind: str
    body: str
    device: str
    prev_hash: str
    hash: str


class Flaw(StrEnum):
    """What is wrong with a row."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    MOVED = "moved"
    UNREADABLE = "unreadable"
    IMPOSSIBLE = "impossible"


class ChainBrokenError(Exception):
    """Row `seq` is the first that is not as it was written; all before it are.

    Example scenarios: a row was edited by hand; a page of the disk went bad.
    """

    def __init__(self, seq: int, flaw: Flaw) -> None:
        super().__init__(f"row {seq}: {flaw}")
        self.seq = seq
        self.flaw = flaw


def unbroken(
    entries: Iterable[ChainRow], seq: int = FIRST, prev_hash: str | None = GENESIS
) -> Iterator[ChainRow]:
    """Yield the entries while the hash chain holds; then raise ChainBrokenError.

    They begin with row `seq`. Without `prev_hash` the first row's own `prev_hash` is trusted.
    An altered row that was hashed again is noticed at the next one, after it has been given out.
    """
    before: str | None = None
    for entry, following in _with_next(entries):
        last_hash = entry.prev_hash if prev_hash is None else prev_hash
        if entry.seq != seq or entry.prev_hash != last_hash or not _says(entry, seq):
            raise ChainBrokenError(*_finding(entry, following, seq, last_hash, before))
        yield entry
        before, prev_hash = last_hash, entry.hash
        seq += 1


def _finding(
    entry: ChainRow, following: ChainRow | None, seq: int, last_hash: str, before: str | None
) -> tuple[int, Flaw]:
    """Which row is wrong, and how, where `entry` does not go on as row `seq` after `last_hash`."""
    if entry.seq != seq:
        return (seq, Flaw.REMOVED) if entry.seq > seq else (entry.seq, Flaw.INSERTED)
    if not all(isinstance(cell, str) for cell in entry[1:]):
        return seq, Flaw.UNREADABLE
    if before is not None and _says(entry, seq):
        # The row agrees with itself: it is the one before it that is another than when this one was written.
        return seq - 1, Flaw.ALTERED
    if entry.prev_hash == before and _says(entry, seq - 1):
        return seq - 1, Flaw.INSERTED
    was_next = _says(entry, seq + 1)
    comes_later = (
        following is not None and following.prev_hash == last_hash and _says(following, seq)
    )
    if comes_later:
        return seq, Flaw.MOVED if was_next else Flaw.INSERTED
    return seq, Flaw.REMOVED if was_next else Flaw.ALTERED


def _says(entry: ChainRow, seq: int) -> bool:
    """Whether the row was written as number `seq`, by its own hash."""
    told = (entry.day, entry.at, entry.kind, entry.device, entry.body)
    try:
        return row_hash(entry.prev_hash, seq, *told) == entry.hash
    except TypeError:
        return False


def _with_next(entries: Iterable[ChainRow]) -> Iterator[tuple[ChainRow, ChainRow | None]]:
    """Each entry with the one after it, also before a row that cannot be read."""
    waiting: ChainRow | None = None
    try:
        for entry in entries:
            if waiting is not None:
                yield waiting, entry
            waiting = entry
    except ChainBrokenError:
        if waiting is not None:
            yield waiting, None
        raise
    if waiting is not None:
        yield waiting, None
