"""The register of dossiers: filled from the exports of the one-stop software, asked by code. Holds no owner's name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Dialect, Engine, RowMapping, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from hub.codec import moment_text, read_moment
from hub.errors import HubError, HubProblem
from hub.messages import DossierView
from hub.storage import unusable
from hub.tables import dossiers
from service_floor.dossiers.codes import find_dossier_code
from service_floor.dossiers.model import Dossier, DossierStatus, standing
from service_floor.dossiers.rows import RowProblem, read_rows

_AT_ONCE: Final = 500
"""Rows in one transaction of an import: the floor's writer never waits longer than for these."""
_MOST_PROBLEMS: Final = 1_000
MOST_BYTES: Final = 128 * 2**20
"""A million dossiers and more; a larger export comes in parts."""
_FIELDS: Final = tuple(field.name for field in fields(Dossier))
_MOMENTS: Final = ("received_at", "due_at", "finished_at")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import. Of very many problems only the first are told; `refused` counts all."""

    taken: int
    refused: int
    problems: tuple[RowProblem, ...]


class Register:
    """Reads and writes from any thread; shares the database with the journal."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, code: str) -> Dossier | None:
        """The dossier under exactly this code."""
        query = select(dossiers).where(dossiers.c.code == code)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else _dossier(row)

    def view(self, scanned: str, now: datetime) -> DossierView | None:
        """What may be said about the dossier whose code is in a scanned or typed text."""
        code = find_dossier_code(scanned)
        dossier = self.find(code) if code else None
        return None if dossier is None else _view(dossier, now)

    def count(self) -> int:
        """How many dossiers are known."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(dossiers)).scalar_one()

    def put(self, some: Iterable[Dossier]) -> int:
        """Take dossiers, each unless a higher version of it is known; how many were offered."""
        upsert = _upsert(self._engine.dialect)
        offered, rest = 0, iter(some)
        while rows := [_row(dossier) for dossier in islice(rest, _AT_ONCE)]:
            with self._engine.begin() as connection:
                connection.execute(upsert, rows)
            offered += len(rows)
        return offered

    def import_csv(self, text: str) -> ImportReport:
        """Take an export. A bad row is told and does not stop the next one."""
        problems: list[RowProblem] = []
        refused = 0

        def good_rows() -> Iterator[Dossier]:
            nonlocal refused
            for row in read_rows(text):
                if isinstance(row, Dossier):
                    yield row
                    continue
                refused += 1
                if len(problems) < _MOST_PROBLEMS:
                    problems.append(row)

        taken = self.put(good_rows())
        return ImportReport(taken, refused, tuple(problems))

    def import_file(self, path: Path) -> ImportReport:
        """Take an export from a UTF-8 file. What was taken before the database failed stays taken."""
        text = _text_of(path)
        try:
            return self.import_csv(text)
        except SQLAlchemyError as problem:
            raise unusable(str(self._engine.url), problem) from problem


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            data: dict[str, str | int] = {"file": str(path), "most": MOST_BYTES // 2**20}
            raise HubError(HubProblem.FILE_TOO_LARGE, data)
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        reason = (problem.strerror if isinstance(problem, OSError) else None) or "not UTF-8"
        data = {"file": str(path), "reason": reason}
        raise HubError(HubProblem.FILE_UNREADABLE, data) from problem


def _upsert(dialect: Dialect) -> Any:
    """An export without versions counts each row as version 1: equal versions replace, so that the last export holds."""
    make = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    insert = make(dossiers)
    changed = {c.name: insert.excluded[c.name] for c in dossiers.c if not c.primary_key}
    return insert.on_conflict_do_update(
        index_elements=[dossiers.c.code],
        set_=changed,
        where=insert.excluded.version >= dossiers.c.version,
    )


def _row(dossier: Dossier) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(dossier, name) for name in _FIELDS}
    row["status"] = dossier.status.value
    for name in _MOMENTS:
        row[name] = moment_text(row[name]) if row[name] else None
    return row


def _dossier(row: RowMapping) -> Dossier:
    values: dict[str, Any] = dict(row) | {"status": DossierStatus(row["status"])}
    for name in _MOMENTS:
        values[name] = read_moment(values[name]) if values[name] else None
    return Dossier(**values)


def _view(dossier: Dossier, now: datetime) -> DossierView:
    return DossierView(
        code=dossier.code,
        procedure=dossier.procedure_name or dossier.procedure,
        agency=dossier.agency,
        status=dossier.status.code,
        standing=standing(dossier, now).value,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        finished_at=dossier.finished_at,
        note=dossier.note,
    )
