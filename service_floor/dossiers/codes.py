"""Parser of dossier codes (Circular 01/2018/TT-VPCP, article 19), alone or in a text, an address or a bank's QR code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from service_floor.dossiers.payments import payment_texts
from service_floor.dossiers.plain_signs import plain, unescaped
from service_floor.vietnamese.text import clean

# Old: 000.17.22.H56-210531-0001. Since Decision 20/2020/QĐ-TTg: H56.14-240823-0001.
_CODE: Final = re.compile(
    r"(?P<agency>\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,4})"
    r"-(?P<yy>\d{2})(?P<mm>\d{2})(?P<dd>\d{2})-(?P<number>\d{4,8})",
    re.ASCII,
)
# As people and programs write it: blanks around its signs; strokes, slashes or blanks in place of the hyphens.
_WRITTEN: Final = re.compile(
    r"(?:(?<![A-Z0-9.\ufffd])|(?<=08\d\d))"  # field 08 of a payment is its purpose, and its length stands before it
    r"(?P<agency>\d{3} ?\. ?\d{2} ?\. ?\d{2} ?\. ?[A-Z]\d{2}|[A-Z]\d{2}(?: ?\. ?\d{1,3}){0,4})"
    r" ?(?P<sign>--?|[_/ ]) ?(?P<yy>\d{2})(?P<mm>\d{2})(?P<dd>\d{2}) ?(?P=sign) ?(?P<number>\d{4,8})"
    r"(?![A-Z0-9\ufffd])",  # U+FFFD stands for bytes that could not be read
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A dossier code taken apart."""

    text: str
    agency: str
    received_on: date
    number: int


def parse_dossier_code(text: str) -> DossierCode | None:
    """Parse `text` as a dossier code as registers keep it; None where it is not one."""
    found = _CODE.fullmatch(clean(text).upper())
    return None if found is None else _taken_apart(found)


def find_dossier_code(text: str) -> str | None:
    """The first dossier code in a text; None where it holds no such code."""
    return next(iter(find_dossier_codes(text)), None)


def find_dossier_codes(text: str) -> tuple[str, ...]:
    """The different dossier codes in a text, a portal address or the purpose of a payment, in their order and as they
    are kept in the register."""
    return tuple(dict.fromkeys(_codes(text)))


def _codes(text: str) -> Iterator[str]:
    line = plain(text)
    for part in (unescaped(line), *map(plain, payment_texts(text))):
        for found in _WRITTEN.finditer(part.upper()):
            if _is_ambiguous(found):
                continue
            if (code := _taken_apart(found)) is not None:
                yield code.text


def _is_ambiguous(found: re.Match[str]) -> bool:
    """Between blanks `A12 120526 0930` may be anything: only an agency with dots makes it a code."""
    return found["sign"] == " " and "." not in found["agency"]


def _taken_apart(found: re.Match[str]) -> DossierCode | None:
    try:
        day = date(2000 + int(found["yy"]), int(found["mm"]), int(found["dd"]))
    except ValueError:
        return None
    agency = found["agency"].replace(" ", "")
    text = f"{agency}-{found['yy']}{found['mm']}{found['dd']}-{found['number']}"
    return DossierCode(text, agency, day, int(found["number"]))
