"""Parsing and validation of the cells of one dossier, from a row of an export or from an interface: texts in, a dossier
out, or an exception that names the wrong cell."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Final

from service_floor.dossiers.codes import parse_dossier_code
from service_floor.dossiers.model import Dossier, DossierStatus, When
from service_floor.vietnamese.text import fold
from service_floor.zone import ZONE, local

LONGEST_CELL: Final = 2_000
HIGHEST_VERSION: Final = 999_999_999
_LONGEST_FOUND: Final = 200
_YEARS: Final = range(1900, 2200)
"""A dossier of another year is a slip, and the first and last years of all cannot be expressed in every time zone."""

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
_LAST_MINUTE: Final = time(23, 59)
_DATES: Final = ("%d/%m/%Y", "%Y-%m-%d")
_SHOWN_MOMENTS: Final = ("dd/MM/yyyy", "dd/MM/yyyy HH:mm", "yyyy-MM-dd", "ISO 8601")
# The form of nearly every date of an export; whatever is written otherwise takes the long way through the patterns.
_USUAL: Final = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})(?: (\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?", re.ASCII
)
_BY_NUMBER: Final = {str(status.value): status for status in DossierStatus}


class RowFault(StrEnum):
    """Why a row was not taken."""

    MISSING_COLUMN = "missing_column"
    UNREADABLE_ROW = "unreadable_row"
    BAD_DOSSIER_CODE = "bad_dossier_code"
    UNKNOWN_STATUS = "unknown_status"
    BAD_DATE = "bad_date"
    BAD_VERSION = "bad_version"
    UNKNOWN_FIELD = "unknown_field"
    MISSING_FIELD = "missing_field"
    BAD_VALUE = "bad_value"


class BadCellError(Exception):
    """A cell that spoils its dossier: column, what was found, why, what is allowed."""

    def __init__(
        self, column: str, found: str, code: RowFault, allowed: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{column}: {code}")
        self.column = column
        self.found = found[:_LONGEST_FOUND]
        self.code = code
        self.allowed = allowed


def read_cells(cells: Mapping[str, str]) -> Dossier:
    """Parse cleaned cells into a dossier; raises BadCellError."""
    code = parse_dossier_code(cells.get("code", ""))
    if code is None:
        allowed = ("H56.14-240823-0001", "000.17.22.H56-210531-0001")
        raise BadCellError("code", cells.get("code", ""), RowFault.BAD_DOSSIER_CODE, allowed)
    return Dossier(
        code=code.text,
        procedure=cells.get("procedure", ""),
        procedure_name=cells.get("procedure_name", ""),
        agency=cells.get("agency", ""),
        status=_status(cells.get("status", "")),
        received_at=_when(cells, "received_at"),
        due_at=_due(_when(cells, "due_at")),
        finished_at=_when(cells, "finished_at"),
        note=cells.get("note", ""),
        version=_version(cells.get("version", "")),
    )


def _status(found: str) -> DossierStatus:
    status = _BY_NUMBER.get(found) or _named_status(found)
    if status is None:
        allowed = tuple(f"{status.value} {status.code}" for status in DossierStatus)
        raise BadCellError("status", found, RowFault.UNKNOWN_STATUS, allowed)
    return status


@lru_cache(256)
def _named_status(found: str) -> DossierStatus | None:
    return _STATUSES.get(fold(found))


def _version(found: str) -> int:
    if not found:
        return 1
    if not found.isdecimal() or len(found) > 9:
        raise BadCellError("version", found, RowFault.BAD_VERSION, ("0 – 999999999",))
    return int(found)


def _due(due: When | None) -> When | None:
    """A deadline in the last minute of a day is a day: other software writes the end of the day where it has no time."""
    if isinstance(due, datetime) and local(due).time() >= _LAST_MINUTE:
        return local(due).date()
    return due


def _when(cells: Mapping[str, str], column: str) -> When | None:
    """A date or moment as written in Vietnam or in ISO 8601; midnight sharp is what exports write for a date alone."""
    found = cells.get(column, "")
    if not found:
        return None
    when = _read_when(found)
    if when is None or when.year not in _YEARS:
        raise BadCellError(column, found, RowFault.BAD_DATE, _SHOWN_MOMENTS)
    if isinstance(when, datetime) and local(when).time() == time.min:
        return local(when).date()
    return when


def _read_when(found: str) -> When | None:
    usual = _USUAL.fullmatch(found)
    if usual is not None:
        day, month, year, *clock = (int(part) for part in usual.groups() if part)
        with suppress(ValueError):
            if not clock:
                return date(year, month, day)
            hour, minute, second = (*clock, 0)[:3]
            return datetime(year, month, day, hour, minute, second, tzinfo=ZONE)
    # No pattern has a T: a moment as ISO 8601 writes it need not be held against them.
    for pattern in () if "T" in found else (*_DATES, *_MOMENTS):
        with suppress(ValueError):
            moment = datetime.strptime(found, pattern)
            return moment.date() if pattern in _DATES else moment.replace(tzinfo=ZONE)
    with suppress(ValueError):
        return date.fromisoformat(found)
    with suppress(ValueError):
        moment = datetime.fromisoformat(found)
        return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
    return None
