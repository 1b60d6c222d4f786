"""Detection of lost rows at the start: the journal that is found is compared with the mark of the last acknowledged
row, and later with the rows that devices have seen."""

import logging
import secrets
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import SQLAlchemyError

from hub.database.storage import unusable
from hub.database.tables import journal, meta
from hub.errors import HubError, HubProblem
from hub.journal.codec import GENESIS, read_moment
from hub.journal.mark import MarkRecord

log = logging.getLogger("hub")

_IDENTITY: Final = "journal_id"


class LossReport(BaseModel):
    """What may be missing, for `/healthz` and the console: rows after `power_cut_after`, and the last rows that devices
    have seen where the journal ended before."""

    model_config = ConfigDict(frozen=True)

    power_cut_after: datetime | None = None
    rows_at_start: int = 0
    seen_by_devices: dict[str, int] = {}

    @property
    def rows(self) -> int:
        """How many rows are missing at least."""
        return max(self.seen_by_devices.values(), default=self.rows_at_start) - self.rows_at_start


class LossWatch:
    """One for a run of the hub, on its event loop: which rows devices have seen before it began."""

    def __init__(self, rows: int, power_cut_after: datetime | None = None) -> None:
        self._rows = rows
        self._power_cut_after = power_cut_after
        self._seen: dict[str, int] = {}

    def note_seen(self, device: str, rows: int) -> None:
        """A device of an earlier run comes back: the journal had this many rows when it last heard of it."""
        if rows <= max(self._rows, self._seen.get(device, 0)):
            return
        is_first = device not in self._seen
        self._seen[device] = rows
        if is_first:
            log.error(
                "%s has seen row %d of the journal, which ended with row %d at this start: %d rows are lost",
                device,
                rows,
                self._rows,
                rows - self._rows,
            )

    def report(self) -> LossReport | None:
        """What may be missing; None where nothing speaks for it."""
        if self._power_cut_after is None and not self._seen:
            return None
        return LossReport(
            power_cut_after=self._power_cut_after,
            rows_at_start=self._rows,
            seen_by_devices=dict(self._seen),
        )


def refuse_missing(mark: MarkRecord | None, file: Path) -> None:
    """Raise HubError if the mark tells of a journal and the file of its database is missing or empty."""
    if mark is None:
        return
    try:
        is_missing = file.stat().st_size == 0
    except FileNotFoundError:
        is_missing = True
    except OSError:
        # Whether it can be read is for the database to say.
        return
    if is_missing:
        raise HubError(HubProblem.JOURNAL_MISSING, _known(mark) | {"folder": str(file.parent)})


def refuse_loss(mark: MarkRecord | None, engine: Engine) -> None:
    """Raise HubError if the journal does not hold the row of the mark: it was cut, or is another one."""
    if mark is None:
        return
    try:
        with engine.connect() as connection:
            rows = select(journal.c.seq, journal.c.hash)
            last = connection.execute(rows.order_by(journal.c.seq.desc()).limit(1)).first()
            there = connection.execute(rows.where(journal.c.seq == mark.seq)).first()
            query = select(meta.c.value).where(meta.c.key == _IDENTITY)
            identity = connection.execute(query).scalar()
    except SQLAlchemyError as problem:
        raise unusable(engine.url.render_as_string(), problem) from problem
    found = 0 if last is None else last.seq
    data = _known(mark) | {"found": found}
    # A journal that was copied before it had an identity is known by its row.
    is_other = identity not in (None, mark.journal)
    if not is_other and found < mark.seq:
        raise HubError(HubProblem.JOURNAL_SHORT, data | {"missing": mark.seq - found})
    if is_other or (GENESIS if there is None else there.hash) != mark.hash:
        raise HubError(HubProblem.JOURNAL_OTHER, data)


def has_identity(engine: Engine) -> bool:
    """Whether a hub or a command that keeps marks has opened the journal before."""
    query = select(meta.c.value).where(meta.c.key == _IDENTITY)
    try:
        with engine.connect() as connection:
            return connection.execute(query).scalar() is not None
    except SQLAlchemyError as problem:
        raise unusable(engine.url.render_as_string(), problem) from problem


def identity_of(engine: Engine) -> str:
    """The journal's identity; a journal without one gets it now."""
    query = select(meta.c.value).where(meta.c.key == _IDENTITY)
    try:
        with engine.begin() as connection:
            known = connection.execute(query).scalar()
            if known is None:
                known = secrets.token_hex(16)
                connection.execute(insert(meta), {"key": _IDENTITY, "value": known})
    except SQLAlchemyError as problem:
        raise unusable(engine.url.render_as_string(), problem) from problem
    return str(known)


def last_moment(engine: Engine) -> datetime | None:
    """When the journal's last row was written; None without rows."""
    query = select(journal.c.at).order_by(journal.c.seq.desc()).limit(1)
    try:
        with engine.connect() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else read_moment(found)
    except SQLAlchemyError as problem:
        raise unusable(engine.url.render_as_string(), problem) from problem
    except (TypeError, ValueError):
        # A row that is not as it was written is named when the day is folded.
        return None


def _known(mark: MarkRecord) -> dict[str, str | int]:
    return {"rows": mark.seq, "time": mark.at.isoformat(sep=" ", timespec="seconds")[:19]}
