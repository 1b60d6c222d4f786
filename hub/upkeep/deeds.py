"""Setting of the last row's mark by a person: after a restore, a repair, or for a new journal, as an entry of the audit
log."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from hub.accounts.audit_log import THE_JOURNAL, AuditAction, record_entry
from hub.database.storage import close_store, make_folder, open_store, unusable
from hub.errors import HubError, HubProblem
from hub.journal.codec import GENESIS
from hub.journal.loss import identity_of, last_moment
from hub.journal.mark import NAME as MARK_NAME
from hub.journal.mark import MarkRecord, mark_folder, set_mark
from hub.upkeep.data_lock import lock_data_dir
from hub.upkeep.database_files import NAME, swap_in, write_errors
from hub.upkeep.verification import Verdict


@dataclass(frozen=True, slots=True)
class Deed:
    """Who changes a journal, when by the machine's clock, and the folder of its mark if that is not the default."""

    by: str
    now: datetime
    mark: Path | None = None

    def mark_dir(self, data_dir: Path) -> Path:
        """The folder of the mark."""
        return self.mark or mark_folder(data_dir)


def noted(engine: Engine, kind: AuditAction, deed: Deed, verdict: Verdict) -> MarkRecord:
    """Record the deed in a journal that is about to be put in place; the mark for it."""
    try:
        record_entry(engine, kind, THE_JOURNAL, deed.by, deed.now)
    except SQLAlchemyError as problem:
        raise unusable(engine.url.render_as_string(), problem) from problem
    at = max(deed.now, last_moment(engine) or deed.now)
    return MarkRecord(identity_of(engine), verdict.rows, verdict.last_hash, at, ended=True)


def put_mark(record: MarkRecord, data_dir: Path, deed: Deed) -> None:
    """Replace the mark. Raises HubError; the hub then refuses the journal until this is repeated."""
    folder = deed.mark_dir(data_dir)
    with write_errors(folder / MARK_NAME):
        set_mark(folder, record)


def begin_journal(data_dir: Path, deed: Deed) -> Path | None:
    """Make a new, empty journal with its mark; where an empty file of the database is kept aside, its path.

    Raises HubError if the folder holds a journal, or is in use.
    """
    make_folder(data_dir)
    with lock_data_dir(data_dir):
        file = data_dir / NAME
        if file.exists() and file.stat().st_size:
            raise HubError(HubProblem.JOURNAL_EXISTS, {"folder": str(data_dir)})
        part = data_dir / f"{NAME}.part"
        with write_errors(part):
            part.unlink(missing_ok=True)
            store = open_store(f"sqlite:///{part}")
            try:
                record = noted(store, AuditAction.JOURNAL_BEGUN, deed, Verdict(0, 0, GENESIS))
            finally:
                close_store(store)
            aside = swap_in(part, data_dir, deed.now)
        put_mark(record, data_dir, deed)
    return aside
