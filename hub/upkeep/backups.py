"""Backups of the database: made while the hub writes, verified before they replace an older one, and restored."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.exc import SQLAlchemyError

from hub.accounts.audit_log import AuditAction
from hub.database.storage import close_store, open_store, unusable
from hub.errors import HubError, HubProblem
from hub.journal.chain import ChainBrokenError
from hub.journal.mark import MarkRecord
from hub.journal.rows import entries
from hub.upkeep.data_lock import lock_data_dir
from hub.upkeep.database_files import (
    NAME,
    database_file,
    fsync_path,
    opened_read_only,
    remove,
    swap_in,
    write_errors,
)
from hub.upkeep.deeds import Deed, noted, put_mark
from hub.upkeep.exporting import last_seq
from hub.upkeep.verification import Verdict, verify

_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where the previous journal is kept."""

    verdict: Verdict
    aside: Path | None


def back_up(data_dir: Path, file: Path) -> Verdict:
    """Copy the database as it stands at one moment, verify the copy, and only then give it its name.

    A copy with a broken chain is saved as `FILE.unproven` and does not replace an older backup.
    """
    source = database_file(data_dir)
    part = file.with_name(f"{file.name}.part")
    with write_errors(part):
        _make_empty(part)
        _copy(source, part)
        verdict = _proven(part)
        fsync_path(part)
        kept_as = file.with_name(f"{file.name}.unproven") if verdict.broken else file
        os.replace(part, kept_as)
        fsync_path(kept_as.absolute().parent)
    return verdict


def restore(file: Path, data_dir: Path, deed: Deed, may_lose: bool) -> Restored:
    """Verify a backup and put it in place of the folder's database, which is kept beside it; set the mark to its end.

    Raises HubError, and changes nothing, if the backup fails its verification, or if the folder holds rows that the
    backup does not have and `may_lose` is false.
    """
    if not file.is_file():
        raise HubError(HubProblem.NO_JOURNAL, {"folder": str(file)})
    with lock_data_dir(data_dir):
        part = data_dir / f"{NAME}.part"
        with write_errors(part):
            _make_empty(part)
            try:
                verdict, mark = _brought_in(file, part, deed)
                more = 0 if may_lose else _rows_only_in(data_dir / NAME, verdict)
                if more:
                    data: dict[str, str | int] = {"folder": str(data_dir), "file": str(file)}
                    raise HubError(HubProblem.JOURNAL_NEWER, data | {"rows": more})
                aside = swap_in(part, data_dir, deed.now)
            finally:
                remove(part)
        put_mark(mark, data_dir, deed)
    return Restored(verdict, aside)


def _brought_in(file: Path, part: Path, deed: Deed) -> tuple[Verdict, MarkRecord]:
    """A verified copy of the backup, its schema migrated to this version and the deed recorded, and its mark."""
    _copy(file, part)
    store = open_store(f"sqlite:///{part}")
    try:
        verdict = verify(store)
        if verdict.broken:
            seq, flaw = verdict.broken
            data: dict[str, str | int] = {"file": str(file), "seq": seq, "flaw": flaw}
            raise HubError(HubProblem.COPY_NOT_PROVEN, data)
        mark = noted(store, AuditAction.JOURNAL_RESTORED, deed, verdict)
    finally:
        close_store(store)
    fsync_path(part)
    return verdict, mark


def _make_empty(file: Path) -> None:
    """Create an empty file with mode 0600, like the database's."""
    remove(file)
    file.touch(mode=0o600)


def _copy(source: Path, target: Path) -> None:
    """Copy all pages in one step: the copy is of one moment, and the hub goes on writing."""
    origin = sqlite3.connect(f"file:{quote(str(source.absolute()))}?mode=rw", uri=True)
    try:
        copy = sqlite3.connect(target)
        try:
            origin.backup(copy)
            # One file without a log beside it; the copied database may have been in another mode.
            copy.execute("PRAGMA journal_mode=DELETE").close()
        finally:
            copy.close()
    except sqlite3.Error as problem:
        remove(target)
        if getattr(problem, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            data = {"file": str(target), "reason": str(problem)}
            raise HubError(HubProblem.FILE_UNWRITABLE, data) from problem
        raise unusable(f"sqlite:///{source}", problem) from problem
    finally:
        origin.close()


def _proven(file: Path) -> Verdict:
    with opened_read_only(file) as engine:
        return verify(engine)


def _rows_only_in(present: Path, backup: Verdict) -> int:
    """How many rows a database has that the backup has not; 0 for one that cannot be read."""
    try:
        with present.open("rb") as start:
            if start.read(len(_MAGIC)) != _MAGIC:
                # It is not even opened: SQLite would delete the write-ahead log of a file that it cannot parse.
                return 0
        with opened_read_only(present) as engine:
            last = last_seq(engine)
            at_end = next(entries(engine, backup.rows - 1, backup.rows), None)
    except (FileNotFoundError, HubError, SQLAlchemyError, ChainBrokenError):
        return 0
    same = backup.rows == 0 or (at_end is not None and at_end.hash == backup.last_hash)
    return max(0, last - backup.rows) if same else last
