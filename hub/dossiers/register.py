"""The register of dossiers: filled by the one-stop software, in exports or row by row, asked by code. Holds no owner's name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from importlib import import_module
from itertools import islice
from pathlib import Path
from time import sleep
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Dialect, Engine, RowMapping, func, select
from sqlalchemy import text as sql
from sqlalchemy.exc import SQLAlchemyError

from hub.database.storage import unusable
from hub.database.tables import dossiers
from hub.errors import HubError, HubProblem
from hub.journal.codec import moment_text, read_moment
from hub.messages import DossierView
from service_floor.dossiers.codes import find_dossier_code
from service_floor.dossiers.model import Dossier, DossierStatus, When, standing
from service_floor.dossiers.rows import RowProblem, read_rows

_AT_ONCE: Final = 500
"""Rows in one transaction of an import: the floor's writer never waits longer than for these."""
_PUSHED_AT_ONCE: Final = 100
_BREATH: Final = 0.02
"""Seconds. SQLite asks for a lock again after up to so long: less, and whoever waits may be passed over."""
_MOST_PROBLEMS: Final = 1_000
MOST_BYTES: Final = 128 * 2**20
"""A million dossiers and more; a larger export comes in parts."""
_FIELDS: Final = tuple(field.name for field in fields(Dossier))
_MOMENTS: Final = ("received_at", "due_at", "finished_at")
_COLUMNS: Final = tuple(dossiers.c[name] for name in _FIELDS)
# What keeps every other connection from taking dossiers until the transaction ends.
_HOLD: Final = {
    "sqlite": sql("UPDATE dossiers SET change = change WHERE code = ''"),
    "postgresql": sql("LOCK TABLE dossiers IN SHARE ROW EXCLUSIVE MODE"),
}


class TakeOutcome(StrEnum):
    """What became of a dossier that was offered."""

    TAKEN = "taken"
    UNCHANGED = "unchanged"
    STALE = "stale"
    CONFLICT = "conflict"


class RegisterChange(NamedTuple):
    """A dossier with the number of its last change."""

    number: int
    dossier: Dossier


class RegisterChanges(NamedTuple):
    """Changes in their order; `last` is the number of the register's last one."""

    some: tuple[RegisterChange, ...]
    last: int


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
        query = select(*_COLUMNS).where(dossiers.c.code == code)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else _dossier(row)

    def changes(self, after: int, most: int) -> RegisterChanges:
        """What has changed since the change of this number; of a dossier only the last change counts."""
        query = (
            select(dossiers.c.change, *_COLUMNS)
            .where(dossiers.c.change > after)
            .order_by(dossiers.c.change)
            .limit(most)
        )
        with self._engine.connect() as connection:
            last = _last_change(connection)
            rows = connection.execute(query).mappings().all()
        return RegisterChanges(
            tuple(RegisterChange(row["change"], _dossier(row)) for row in rows), last
        )

    def view(self, scanned: str, now: datetime) -> DossierView | None:
        """What may be said about the dossier whose code is in a scanned or typed text."""
        code = find_dossier_code(scanned)
        dossier = self.find(code) if code else None
        return None if dossier is None else view_of(dossier, now)

    def count(self) -> int:
        """How many dossiers are known."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(dossiers)).scalar_one()

    def put(self, some: Iterable[Dossier]) -> int:
        """Take dossiers of an export, each unless a higher version of it is known; how many were offered.

        An export without versions counts each row as version 1: equal versions replace, so that the last export holds.
        """
        offered, rest = 0, iter(some)
        while part := list(islice(rest, _AT_ONCE)):
            self._take(part, replacing=True)
            offered += len(part)
        return offered

    def take(self, some: Sequence[Dossier]) -> list[TakeOutcome]:
        """Take dossiers and tell of each what became of it; equal versions must be equal.

        In pieces, each durable for itself, with a breath between them in which the floor's writer gets the database.
        """
        outcomes: list[TakeOutcome] = []
        rest = iter(some)
        while part := list(islice(rest, _PUSHED_AT_ONCE)):
            if outcomes:
                sleep(_BREATH)
            outcomes += self._take(part, replacing=False)
        return outcomes

    def _take(self, some: Sequence[Dossier], *, replacing: bool) -> list[TakeOutcome]:
        offered = [_row(dossier) for dossier in some]
        with self._engine.connect() as connection, connection.begin() as transaction:
            connection.execute(_HOLD[connection.dialect.name])
            last = _last_change(connection)
            known = _known(connection, {row["code"] for row in offered})
            outcomes, changed = _weigh(offered, known, replacing=replacing)
            if not changed:
                transaction.rollback()
                return outcomes
            for number, row in enumerate(changed, last + 1):
                row["change"] = number
            connection.execute(_upsert(connection.dialect), changed)
        return outcomes

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


def _last_change(connection: Connection) -> int:
    last = connection.execute(select(func.max(dossiers.c.change))).scalar()
    return int(last or 0)


def _known(connection: Connection, codes: Iterable[str]) -> dict[str, dict[str, Any]]:
    query = select(*_COLUMNS).where(dossiers.c.code.in_(codes))
    return {row["code"]: dict(row) for row in connection.execute(query).mappings()}


def _weigh(
    offered: Iterable[dict[str, Any]], known: dict[str, dict[str, Any]], *, replacing: bool
) -> tuple[list[TakeOutcome], list[dict[str, Any]]]:
    """What becomes of each row, and the rows to write: of one dossier that is offered twice, the later that is taken."""
    outcomes: list[TakeOutcome] = []
    changed: dict[str, dict[str, Any]] = {}
    for row in offered:
        code, stands = row["code"], known.get(row["code"])
        if stands is None or row["version"] > stands["version"]:
            outcome = TakeOutcome.TAKEN
        elif row["version"] < stands["version"]:
            outcome = TakeOutcome.STALE
        elif row == stands:
            outcome = TakeOutcome.UNCHANGED
        else:
            outcome = TakeOutcome.TAKEN if replacing else TakeOutcome.CONFLICT
        if outcome is TakeOutcome.TAKEN:
            changed.pop(code, None)
            changed[code], known[code] = dict(row), row
        outcomes.append(outcome)
    return outcomes, list(changed.values())


def _upsert(dialect: Dialect) -> Any:
    """`INSERT … ON CONFLICT`, which each dialect has for itself; that of the other one is not imported."""
    make = import_module(f"sqlalchemy.dialects.{dialect.name}").insert
    insert = make(dossiers)
    changed = {c.name: insert.excluded[c.name] for c in dossiers.c if not c.primary_key}
    return insert.on_conflict_do_update(index_elements=[dossiers.c.code], set_=changed)


def _row(dossier: Dossier) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(dossier, name) for name in _FIELDS}
    row["status"] = dossier.status.value
    for name in _MOMENTS:
        row[name] = _when_text(row[name]) if row[name] else None
    return row


def _dossier(row: RowMapping) -> Dossier:
    values: dict[str, Any] = {name: row[name] for name in _FIELDS}
    values["status"] = DossierStatus(row["status"])
    for name in _MOMENTS:
        values[name] = _read_when(values[name]) if values[name] else None
    return Dossier(**values)


def _when_text(when: When) -> str:
    return moment_text(when) if isinstance(when, datetime) else when.isoformat()


def _read_when(text: str) -> When:
    return read_moment(text) if "T" in text else date.fromisoformat(text)


def view_of(dossier: Dossier, now: datetime) -> DossierView:
    """What may be said about a dossier."""
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
