"""Mark of the last acknowledged row, in a folder beside the data folder: it shows at the next start whether rows are lost.

It is written with each commit, before the answers, without waiting for the disk: that survives the end of the process.
Each second it is synced to disk: a power cut loses at most the last second of it. Two slots are written in turn, each
with a checksum, so that one is whole whatever happens to the other.
"""

import logging
import os
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from hub.clock.floor_clock import ClockStamp
from hub.errors import HubError, HubProblem

log = logging.getLogger("hub")

NAME: Final = "last-row"
_HEAD: Final = "centerfloor-mark-1"
_SLOT: Final = 512
_RUNNING, _ENDED = "running", "ended"
_NO_BOOT: Final = "-"
_FIELDS: Final = 10


class MarkRecord(NamedTuple):
    """Content of a mark: the journal's identity, its last acknowledged row, and the clocks at that moment.

    `ended`: the hub ended cleanly after this row. `held`: the wall clock was not believed. Without `boot_id` the boot
    clock is unknown.
    """

    journal: str
    seq: int
    hash: str
    at: datetime
    boot: float = 0.0
    boot_id: str = ""
    ended: bool = False
    held: bool = False
    turn: int = 0


def mark_folder(data_dir: Path) -> Path:
    """The default place: a folder beside the data folder, with its name and `.mark` behind it. A symbolic link is not
    followed: where it leads may be the disk that is missing."""
    absolute = Path(os.path.abspath(data_dir))
    return absolute.with_name(f"{absolute.name}.mark")


def read_mark(folder: Path) -> MarkRecord | None:
    """The newer of the slots that are whole; None without a mark. Raises HubError if none of them can be read."""
    file = folder / NAME
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise HubError(
            HubProblem.MARK_UNREADABLE, {"file": str(file), "reason": reason}
        ) from problem
    records = [_parsed(content[start : start + _SLOT]) for start in (0, _SLOT)]
    whole = [record for record in records if record is not None]
    if not whole:
        raise HubError(HubProblem.MARK_UNREADABLE, {"file": str(file), "reason": "checksum"})
    return max(whole, key=lambda record: record.turn)


def set_mark(folder: Path, record: MarkRecord) -> None:
    """Write a mark that replaces every earlier one, durable on return. Raises OSError."""
    state = _ENDED if record.ended else _RUNNING
    slot = _sealed(
        f"{record.turn} {record.journal} {record.seq} {record.hash} {record.at.isoformat()} {record.boot!r} "
        f"{record.boot_id or _NO_BOOT} {state} {record.held:d}"
    )
    _replace(folder, slot)


def _replace(folder: Path, slot: bytes) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f"{NAME}.new"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, slot * 2)
        os.fsync(handle)
    finally:
        os.close(handle)
    fresh.replace(folder / NAME)
    _sync_folder(folder)


class Mark:
    """Made at the start of the hub, once the journal is found to hold what the mark says; used by the writer's thread.

    A disk that does not take the mark stops nothing: it is logged once.
    """

    def __init__(self, folder: Path, journal: str, stamp: Callable[[], ClockStamp]) -> None:
        self._folder = folder
        self._journal = journal
        self._stamp = stamp
        self._handle: int | None = None
        self._turn = 0
        self._is_dirty = False

    def open(self, seq: int, last_hash: str) -> None:
        """Begin a run of the hub at this row."""
        try:
            self._turn += 1
            _replace(self._folder, self._slot(seq, last_hash))
            self._handle = os.open(self._folder / NAME, os.O_WRONLY)
        except OSError as problem:
            self._give_up(problem)

    def keep(self, seq: int, last_hash: str) -> None:
        """A row is committed; its answer goes out when this returns."""
        if self._handle is not None:
            self._turn += 1
            try:
                self._write(self._handle, self._slot(seq, last_hash))
            except OSError as problem:
                self._give_up(problem)

    def sync(self) -> None:
        """Wait until the disk has what was kept; nothing to do where nothing was."""
        if self._handle is not None and self._is_dirty:
            self._is_dirty = False
            try:
                os.fdatasync(self._handle)
            except OSError as problem:
                self._give_up(problem)

    def end(self, seq: int, last_hash: str) -> None:
        """The hub ends cleanly at this row."""
        if self._handle is None:
            return
        try:
            self._turn += 1
            self._write(self._handle, self._slot(seq, last_hash, _ENDED))
        except OSError as problem:
            self._give_up(problem)
        self.sync()
        self.close()

    def close(self) -> None:
        """Close the file as it is."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _slot(self, seq: int, last_hash: str, state: str = _RUNNING) -> bytes:
        at, boot, boot_id, held = self._stamp()
        return _sealed(
            f"{self._turn} {self._journal} {seq} {last_hash} {at.isoformat()} {boot!r} "
            f"{boot_id or _NO_BOOT} {state} {held:d}"
        )

    def _write(self, handle: int, slot: bytes) -> None:
        os.pwrite(handle, slot, _SLOT * (self._turn % 2))
        self._is_dirty = True

    def _give_up(self, problem: OSError) -> None:
        log.error(
            "the mark of the last row cannot be written in %s (%s): a loss of rows will not be noticed at the next "
            "start; let the hub's user write there, or choose another folder with --mark",
            self._folder,
            problem.strerror or type(problem).__name__,
        )
        self.close()


def _sealed(fields: str) -> bytes:
    """A slot: head, fields and checksum, padded to its length."""
    text = f"{_HEAD} {fields}".encode("ascii")
    return (b"%s %08x" % (text, zlib.crc32(text))).ljust(_SLOT - 1) + b"\n"


def _parsed(slot: bytes) -> MarkRecord | None:
    text, _, checksum = slot.strip().rpartition(b" ")
    try:
        if int(checksum, 16) != zlib.crc32(text):
            return None
        head, *fields = text.decode("ascii").split(" ")
        if head != _HEAD or len(fields) != _FIELDS - 1:
            return None
        turn, journal, seq, last_hash, at, boot, boot_id, state, held = fields
        return MarkRecord(
            journal,
            int(seq),
            last_hash,
            datetime.fromisoformat(at),
            float(boot),
            "" if boot_id == _NO_BOOT else boot_id,
            state == _ENDED,
            held == "1",
            int(turn),
        )
    except ValueError:
        return None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
