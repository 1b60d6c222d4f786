"""CSV parser for dossier registers as one-stop software exports them: text in, dossiers and problems out."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from service_floor.dossiers.cells import LONGEST_CELL, BadCellError, RowFault, read_cells
from service_floor.dossiers.model import Dossier
from service_floor.vietnamese.text import clean, fold

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

_REQUIRED: Final = ("code", "status")
_LONGEST_FOUND: Final = 200
# Excel reads the delimiter from this line and leaves it in the file.
_SEPARATOR_LINE: Final = re.compile(r"sep=([,;\t])\r?\n")
_NUL: Final = "\0"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that was not taken: its line, the column, what was found, why, and what is allowed."""

    line: int
    column: str
    found: str
    code: RowFault
    allowed: tuple[str, ...] = ()


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
                yield read_cells(_cells(fields, row))
        except StopIteration:
            return
        except csv.Error as error:
            found = str(error)
            yield RowProblem(line, "", found, RowFault.UNREADABLE_ROW)
        except BadCellError as bad:
            yield RowProblem(line, bad.column, bad.found, bad.code, bad.allowed)


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _cells(fields: Sequence[str | None], row: Sequence[str]) -> dict[str, str]:
    """The cells by their fields; of two columns for one field the first that is not empty counts."""
    cells: dict[str, str] = {}
    for field, cell in zip(fields, row, strict=False):
        if field is not None and not cells.get(field):
            cells[field] = clean(cell[:LONGEST_CELL])
    return cells
