"""Dossier codes: agency, date of reception, number of the day (Circular 01/2018/TT-VPCP, article 19)."""

import re
from dataclasses import dataclass
from datetime import date

from service_floor.vietnamese.text import clean

# Old: 000.17.22.H56-210531-0001. Since Decision 20/2020/QĐ-TTg: H56.14-240823-0001.
_CODE = re.compile(
    r"(?<![A-Z0-9.])"
    r"(?P<agency>\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,4})"
    r"-(?P<yy>\d{2})(?P<mm>\d{2})(?P<dd>\d{2})-(?P<number>\d{4,8})"
    r"(?![A-Z0-9])"
)
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A dossier code taken apart."""

    text: str
    agency: str
    received_on: date
    number: int


def parse_dossier_code(text: str) -> DossierCode | None:
    """The code that `text` is, None where it is none."""
    said = clean(text).upper()
    found = _CODE.fullmatch(said)
    return None if found is None else _taken_apart(found)


def find_dossier_code(text: str) -> str | None:
    """The first dossier code in a text or portal address, as it is kept in the register; None where there is none."""
    said = clean(text[:_LONGEST]).upper()
    for found in _CODE.finditer(said):
        if (code := _taken_apart(found)) is not None:
            return code.text
    return None


def _taken_apart(found: re.Match[str]) -> DossierCode | None:
    try:
        day = date(2000 + int(found["yy"]), int(found["mm"]), int(found["dd"]))
    except ValueError:
        return None
    return DossierCode(found[0], found["agency"], day, int(found["number"]))
