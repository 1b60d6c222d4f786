"""Rows of a dossier register as one-stop software exports them: CSV text in, dossiers and problems out."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from service_floor.dossiers.codes import parse_dossier_code
from service_floor.dossiers.model import Dossier, DossierStatus
from service_floor.queue.hours import ZONE
from service_floor.vietnamese.text import clean, fold

_LONGEST_CELL: Final = 2_000

# Folded column heads, Vietnamese as exported and English, to the field that they mean. Columns of persons are not read.
_HEADS: Final[Mapping[str, str]] = {
    "ma ho so": "code", "code": "code", "dossier": "code",
    "ma thu tuc": "procedure", "ma tthc": "procedure", "procedure": "procedure",
    "ten thu tuc": "procedure_name", "thu tuc": "procedure_name", "ten ho so": "procedure_name",
    "procedure name": "procedure_name",
    "co quan": "agency", "co quan giai quyet": "agency", "don vi": "agency", "agency": "agency",
    "trang thai": "status", "tinh trang": "status", "status": "status",
    "ngay nhan": "received_at", "ngay tiep nhan": "received_at", "received": "received_at",
    "ngay hen tra": "due_at", "hen tra": "due_at", "han tra": "due_at", "due": "due_at",
    "ngay tra": "finished_at", "ngay hoan thanh": "finished_at", "finished": "finished_at",
    "ghi chu": "note", "note": "note",
    "phien ban": "version", "version": "version",
}  # fmt: skip

_STATUSES: Final[Mapping[str, DossierStatus]] = {
    "moi dang ky": DossierStatus.NEWLY_REGISTERED,
    "duoc tiep nhan": DossierStatus.ACCEPTED,
    "khong duoc tiep nhan": DossierStatus.NOT_ACCEPTED,
    "dang xu ly": DossierStatus.IN_PROGRESS,
    "yeu cau bo sung giay to": DossierStatus.SUPPLEMENT_REQUIRED,
    "yeu cau thuc hien nghia vu tai chinh": DossierStatus.PAYMENT_REQUIRED,
    "cong dan yeu cau rut ho so": DossierStatus.WITHDRAWN,
    "dung xu ly": DossierStatus.STOPPED,
    "da xu ly xong": DossierStatus.COMPLETED,
    "da tra ket qua": DossierStatus.RETURNED,
} | {status.code: status for status in DossierStatus}

_MOMENTS: Final = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%Y-%m-%d")
_REQUIRED: Final = ("code", "status")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that was not taken: its line in the file, the column, what was found, and a code for the sentence."""

    line: int
    column: str
    found: str
    code: str


def read_rows(text: str) -> Iterator[Dossier | RowProblem]:
    """Read a register with a head line; delimiter comma, semicolon or tab. A bad row does not stop the next one."""
    text = text.removeprefix("\ufeff")
    rows = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    head = next(rows, [])
    fields = [_HEADS.get(fold(clean(cell))) for cell in head]
    missing = [field for field in _REQUIRED if field not in fields]
    if missing:
        yield from (
            RowProblem(1, field, ", ".join(head)[:200], "missing_column") for field in missing
        )
        return
    for row in rows:
        if any(cell.strip() for cell in row):
            yield _read_row(rows.line_num, fields, row)


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _read_row(line: int, fields: list[str | None], row: list[str]) -> Dossier | RowProblem:
    cells = {
        field: clean(cell[:_LONGEST_CELL])
        for field, cell in zip(fields, row, strict=False)
        if field is not None
    }
    code = parse_dossier_code(cells.get("code", ""))
    if code is None:
        return RowProblem(line, "code", cells.get("code", ""), "bad_dossier_code")
    status = _status(cells.get("status", ""))
    if status is None:
        return RowProblem(line, "status", cells.get("status", ""), "unknown_status")
    moments: dict[str, datetime | None] = {}
    for field in ("received_at", "due_at", "finished_at"):
        found = cells.get(field, "")
        moments[field] = _moment(found, end_of_day=field == "due_at")
        if found and moments[field] is None:
            return RowProblem(line, field, found, "bad_date")
    version = cells.get("version", "") or "1"
    if not version.isdecimal() or len(version) > 9:
        return RowProblem(line, "version", version, "bad_version")
    return Dossier(
        code=code.text,
        procedure=cells.get("procedure", ""),
        procedure_name=cells.get("procedure_name", ""),
        agency=cells.get("agency", ""),
        status=status,
        received_at=moments["received_at"],
        due_at=moments["due_at"],
        finished_at=moments["finished_at"],
        note=cells.get("note", ""),
        version=int(version),
    )


def _status(found: str) -> DossierStatus | None:
    if found.isdecimal():
        return next((s for s in DossierStatus if str(s.value) == found), None)
    return _STATUSES.get(fold(found))


def _moment(found: str, *, end_of_day: bool) -> datetime | None:
    """A date or time as written in Vietnam, or ISO 8601; a date alone as a deadline means the end of its day."""
    for pattern in _MOMENTS:
        try:
            moment = datetime.strptime(found, pattern).replace(tzinfo=ZONE)
        except ValueError:
            continue
        bare = "%H" not in pattern
        return (
            datetime.combine(moment, time(23, 59), ZONE) if bare and end_of_day else moment
        )
    try:
        moment = datetime.fromisoformat(found)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
