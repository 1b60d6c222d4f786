"""Parser of scanned codes: a ticket, a dossier (Circular 01/2018/TT-VPCP, article 19), a procedure, an identity card …

A text is only validated against forms: an address in it is neither opened nor trusted for anything else in it.
"""

import re
from collections.abc import Collection
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
# The id that is on every slip, by itself or at the end of its page's address. Of lower case, as it is given out.
_TICKET = re.compile(r"(?:https?://[^\s?#]{1,200}/t/)?([0-9a-f]{16})")
# As `NumberSeries` writes it: letters and a number of up to six digits.
_NUMBER = re.compile(r"[A-HJ-NP-Z]{0,2}\d{1,6}")
# What a device shows that waits to be let in (docs/accounts.md): consonants, which make no words.
_ENROLMENT = re.compile(r"[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}")
# The QR of an identity card: twelve digits, the old number or nothing, the name, the date of birth … Newer cards have
# more fields, damaged reads fewer; nine digits were the number before. With a bar behind it, it is an identity card.
_IDENTITY_CARD = re.compile(r"(\d{12}|\d{9})\|(.*)", re.DOTALL)
_DAY = re.compile(r"(\d{2})(\d{2})((?:19|20)\d{2})")
# Signs of a code as addresses escape them: %2E, %2D.
_ESCAPED = re.compile(r"%([2-5][0-9A-Fa-f])")
_LONGEST = 400


class ScanKind(StrEnum):
    """What a scanned or typed text can be."""

    TICKET = "ticket"
    TICKET_NUMBER = "ticket_number"
    DOSSIER = "dossier"
    OTHER_CENTRE = "other_centre"
    PROCEDURE = "procedure"
    RESULT = "result"
    IDENTITY_CARD = "identity_card"
    ENROLMENT = "enrolment"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scan:
    """The kind of a text and the code in it. Of an unknown text nothing is kept.

    Of an identity card only the masked number, as `0********123`, and the year of birth, None where the code does not
    hold it.
    """

    kind: ScanKind
    code: str = ""
    born: int | None = None


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A dossier code taken apart."""

    text: str
    agency: str
    received_on: date
    number: int


def parse_dossier_code(text: str) -> DossierCode | None:
    """Parse `text` as a dossier code; None where it is not one."""
    said = clean(text).upper()
    found = _CODE.fullmatch(said)
    return None if found is None else _taken_apart(found)


def find_dossier_code(text: str) -> str | None:
    """The first dossier code in a text or portal address, as it is kept in the register; None where it holds no such
    code."""
    for found in _CODE.finditer(_readable(text)):
        if (code := _taken_apart(found)) is not None:
            return code.text
    return None


def classify(text: str, own: Collection[str] = ()) -> Scan:
    """What a scanned text is, and its code. A dossier is looked for first: its address may name a procedure too.

    `own` are the beginnings of this centre's dossier codes, such as `H56`; none named, every dossier is its own.
    """
    said = clean(text[:_LONGEST])
    if card := _IDENTITY_CARD.fullmatch(said):
        return Scan(ScanKind.IDENTITY_CARD, _masked(card[1]), _born(card[2]))
    if ticket := _TICKET.fullmatch(said):
        return Scan(ScanKind.TICKET, ticket[1])
    if dossier := find_dossier_code(text):
        ours = not own or any(_is_of(dossier, agency) for agency in own)
        return Scan(ScanKind.DOSSIER if ours else ScanKind.OTHER_CENTRE, dossier)
    return _other(_readable(text))


def _other(said: str) -> Scan:
    for kind, pattern in ((ScanKind.RESULT, _RESULT), (ScanKind.PROCEDURE, _PROCEDURE)):
        if found := pattern.search(said):
            return Scan(kind, found[0])
    for kind, pattern in ((ScanKind.ENROLMENT, _ENROLMENT), (ScanKind.TICKET_NUMBER, _NUMBER)):
        if pattern.fullmatch(said):
            return Scan(kind, said)
    return Scan(ScanKind.UNKNOWN)


def _is_of(dossier: str, agency: str) -> bool:
    """Whether a code begins with this agency; in codes of the old form the province stands at its end."""
    written = dossier.partition("-")[0]
    return written == agency or written.startswith(f"{agency}.") or written.endswith(f".{agency}")


def _masked(number: str) -> str:
    return f"{number[0]}{'*' * (len(number) - 4)}{number[-3:]}"


def _born(rest: str) -> int | None:
    """The year of the first field that is a day; the day of issue comes behind it."""
    for part in rest.split("|"):
        if found := _DAY.fullmatch(part.strip()):
            return int(found[3])
    return None


def _readable(text: str) -> str:
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text[:_LONGEST])
    return clean(plain).upper()


def _taken_apart(found: re.Match[str]) -> DossierCode | None:
    try:
        day = date(2000 + int(found["yy"]), int(found["mm"]), int(found["dd"]))
    except ValueError:
        return None
    return DossierCode(found[0], found["agency"], day, int(found["number"]))
