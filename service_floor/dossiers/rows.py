"""Rows of a dossier register as one-stop software exports them: CSV text in, dossiers and problems out."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Final

from service_floor.dossiers.codes import parse_dossier_code
from service_floor.dossiers.model import Dossier, DossierStatus
from service_floor.queue.hours import ZONE
from service_floor.vietnamese.text import clean, fold

_LONGEST_CELL: Final = 2_000
_YEARS: Final = range(1900, 2200)
"""A dossier of another year is a slip, and the first and last years of all cannot be told in every time zone."""
_END_OF_DAY: Final = time(23, 59)

# Folded column heads, Vietnamese as exported and English, to the field that they mean. Columns of persons are not read.
_HEADS: Final[Mapping[str, str]] = {
    "ma ho so": "code", "ma so ho so": "code", "so ho so": "code", "code": "code", "dossier": "code",
    "ma thu tuc": "procedure", "ma tthc": "procedure", "procedure": "procedure",
    "ten thu tuc": "procedure_name", "ten tthc": "procedure_name", "thu tuc": "procedure_name",
    "ten thu tuc hanh chinh": "procedure_name", "ten ho so": "procedure_name",
    "procedure name": "procedure_name",
    "co quan": "agency", "co quan giai quyet": "agency", "don vi": "agency",
    "don vi giai quyet": "agency", "agency": "agency",
    "trang thai": "status", "tinh trang": "status", "trang thai ho so": "status", "status": "status",
    "ngay nhan": "received_at", "ngay tiep nhan": "received_at", "received": "received_at",
    "received at": "received_at",
    "ngay hen tra": "due_at", "ngay hen tra ket qua": "due_at", "hen tra": "due_at",
    "han tra": "due_at", "due": "due_at", "due at": "due_at",
    "ngay tra": "finished_at", "ngay tra ket qua": "finished_at", "ngay hoan thanh": "finished_at",
    "finished": "finished_at", "finished at": "finished_at",
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

_MOMENTS: Final = (
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%H:%M:%S %d/%m/%Y",
    "%H:%M %d/%m/%Y",
)
_DATES: Final = ("%d/%m/%Y", "%Y-%m-%d")
_SHOWN_MOMENTS: Final = ("dd/MM/yyyy", "dd/MM/yyyy HH:mm", "yyyy-MM-dd", "ISO 8601")
_REQUIRED: Final = ("code", "status")
_LONGEST_FOUND: Final = 200
# Excel reads the delimiter from this line and leaves it in the file.
_SEPARATOR_LINE: Final = re.compile(r"sep=([,;\t])\r?\n")
_NUL: Final = "\0"


class RowFault(StrEnum):
    """Why a row was not taken."""

    MISSING_COLUMN = "missing_column"
    UNREADABLE_ROW = "unreadable_row"
    BAD_DOSSIER_CODE = "bad_dossier_code"
    UNKNOWN_STATUS = "unknown_status"
    BAD_DATE = "bad_date"
    BAD_VERSION = "bad_version"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that was not taken: its line, the column, what was found, why, and what is allowed."""

    line: int
    column: str
    found: str
    code: RowFault
    allowed: tuple[str, ...] = ()


class _SpoiltRowError(Exception):
    """A cell that spoils its row: column, what was found, why, what is allowed."""

    def problem(self, line: int) -> RowProblem:
        column, found, code, allowed = self.args
        return RowProblem(line, column, found[:_LONGEST_FOUND], code, allowed)


def read_rows(text: str) -> Iterator[Dossier | RowProblem]:
    """Read a register with a head line; delimiter comma, semicolon or tab. A bad row does not stop the next one."""
    text = text.removeprefix("\ufeff").replace(_NUL, "")
    separator = _SEPARATOR_LINE.match(text)
    skipped = 1 if separator else 0
    text = text[separator.end() :] if separator else text
    delimiter = separator[1] if separator else _delimiter(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        head = next(rows, [])
    except csv.Error as error:
        yield RowProblem(1 + skipped, "", str(error), RowFault.UNREADABLE_ROW)
        return
    fields = [_HEADS.get(fold(clean(cell.replace("_", " ")))) for cell in head]
    missing = [field for field in _REQUIRED if field not in fields]
    if missing:
        found = ", ".join(head)[:_LONGEST_FOUND]
        for field in missing:
            allowed = tuple(name for name, meant in _HEADS.items() if meant == field)
            yield RowProblem(1 + skipped, field, found, RowFault.MISSING_COLUMN, allowed)
        return
    while True:
        # A quote that is never closed takes all lines that follow into its row: the first one is where to look.
        line = rows.line_num + 1 + skipped
        try:
            row = next(rows)
            if any(cell.strip() for cell in row):
                yield _dossier(_cells(fields, row))
        except StopIteration:
            return
        except csv.Error as error:
            found = str(error)
            yield RowProblem(line, "", found, RowFault.UNREADABLE_ROW)
        except _SpoiltRowError as spoilt:
            yield spoilt.problem(line)


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _cells(fields: Sequence[str | None], row: Sequence[str]) -> dict[str, str]:
    """The cells by their fields; of two columns for one field the first that says something counts."""
    cells: dict[str, str] = {}
    for field, cell in zip(fields, row, strict=False):
        if field is not None and not cells.get(field):
            cells[field] = clean(cell[:_LONGEST_CELL])
    return cells


def _dossier(cells: Mapping[str, str]) -> Dossier:
    """The dossier of a row; raises _SpoiltRowError."""
    code = parse_dossier_code(cells.get("code", ""))
    if code is None:
        allowed = ("H56.14-240823-0001", "000.17.22.H56-210531-0001")
        raise _SpoiltRowError("code", cells.get("code", ""), RowFault.BAD_DOSSIER_CODE, allowed)
    return Dossier(
        code=code.text,
        procedure=cells.get("procedure", ""),
        procedure_name=cells.get("procedure_name", ""),
        agency=cells.get("agency", ""),
        status=_status(cells.get("status", "")),
        received_at=_moment(cells, "received_at", time.min),
        due_at=_moment(cells, "due_at", _END_OF_DAY),
        finished_at=_moment(cells, "finished_at", time.min),
        note=cells.get("note", ""),
        version=_version(cells.get("version", "")),
    )


def _status(found: str) -> DossierStatus:
    for status in DossierStatus:
        if found == str(status.value):
            return status
    if fold(found) not in _STATUSES:
        allowed = tuple(f"{status.value} {status.code}" for status in DossierStatus)
        raise _SpoiltRowError("status", found, RowFault.UNKNOWN_STATUS, allowed)
    return _STATUSES[fold(found)]


def _version(found: str) -> int:
    if not found:
        return 1
    if not found.isdecimal() or len(found) > 9:
        raise _SpoiltRowError("version", found, RowFault.BAD_VERSION, ("0 – 999999999",))
    return int(found)


def _moment(cells: Mapping[str, str], column: str, at: time) -> datetime | None:
    """A date or moment as written in Vietnam or in ISO 8601; a date alone means the given time of its day."""
    found = cells.get(column, "")
    if not found:
        return None
    moment = _read_moment(found, at)
    if moment is None or moment.year not in _YEARS:
        raise _SpoiltRowError(column, found, RowFault.BAD_DATE, _SHOWN_MOMENTS)
    return moment


def _read_moment(found: str, at: time) -> datetime | None:
    for pattern in (*_DATES, *_MOMENTS):
        with suppress(ValueError):
            moment = datetime.strptime(found, pattern)
            return datetime.combine(moment, at if pattern in _DATES else moment.time(), ZONE)
    with suppress(ValueError):
        moment = datetime.fromisoformat(found)
        return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
    return None
