"""What a scanned code says: a dossier (Circular 01/2018/TT-VPCP, article 19), a procedure, a result, an identity card."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service_floor.vietnamese.text import clean

# Old: 000.17.22.H56-210531-0001. Since Decision 20/2020/QĐ-TTg: H56.14-240823-0001.
_CODE = re.compile(
    r"(?<![A-Z0-9.])"
    r"(?P<agency>\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,4})"
    r"-(?P<yy>\d{2})(?P<mm>\d{2})(?P<dd>\d{2})-(?P<number>\d{4,8})"
    r"(?![A-Z0-9])"
)
_PROCEDURE = re.compile(r"(?<![A-Z0-9.])\d\.\d{6}(?:\.[A-Z0-9]{2,3}){0,5}(?![A-Z0-9])")
_RESULT = re.compile(r"(?<![A-Z0-9.])KQ\.[A-Z]\d{2}\.\d{6}(?![A-Z0-9])")
# The QR of an identity card: twelve digits, the old number or nothing, the name, the date of birth …
_IDENTITY_CARD = re.compile(r"\d{12}\|\d{0,9}\|[^|]+\|\d{8}\|.*", re.DOTALL)
# Signs of a code as addresses escape them: %2E, %2D.
_ESCAPED = re.compile(r"%([2-5][0-9A-Fa-f])")
_LONGEST = 400


class ScanKind(StrEnum):
    """What a scanned or typed text can be."""

    DOSSIER = "dossier"
    PROCEDURE = "procedure"
    RESULT = "result"
    IDENTITY_CARD = "identity_card"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scan:
    """The kind of a text and the code in it. Nothing of an identity card or an unknown text is kept."""

    kind: ScanKind
    code: str = ""


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
    for found in _CODE.finditer(_readable(text)):
        if (code := _taken_apart(found)) is not None:
            return code.text
    return None


def classify(text: str) -> Scan:
    """What a scanned text is, and its code. A dossier is looked for first: its address may name a procedure too."""
    said = _readable(text)
    if _IDENTITY_CARD.fullmatch(said):
        return Scan(ScanKind.IDENTITY_CARD)
    if dossier := find_dossier_code(text):
        return Scan(ScanKind.DOSSIER, dossier)
    for kind, pattern in ((ScanKind.RESULT, _RESULT), (ScanKind.PROCEDURE, _PROCEDURE)):
        if found := pattern.search(said):
            return Scan(kind, found[0])
    return Scan(ScanKind.UNKNOWN)


def _readable(text: str) -> str:
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text[:_LONGEST])
    return clean(plain).upper()


def _taken_apart(found: re.Match[str]) -> DossierCode | None:
    try:
        day = date(2000 + int(found["yy"]), int(found["mm"]), int(found["dd"]))
    except ValueError:
        return None
    return DossierCode(found[0], found["agency"], day, int(found["number"]))
