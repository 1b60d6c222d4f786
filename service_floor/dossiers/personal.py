"""Personal data in scanned texts: identity cards, health insurance cards, and the masking of their numbers. Pure."""

import re
from dataclasses import dataclass
from typing import Final

from service_floor.dossiers.plain_signs import LONGEST, plain, plain_signs
from service_floor.vietnamese.text import clean, fold

# Twelve digits, the old number or nothing, the name, the date of birth … Newer cards have more fields, damaged reads
# fewer; nine digits were the number before. With a bar behind it, it is an identity card.
_BARRED: Final = re.compile(r"(\d{12}|\d{9}) ?\|(.*)", re.ASCII)
# Scanners and programs put other signs between the fields, or blanks in place of control characters.
_SEPARATED: Final = re.compile(r"(\d{12}|\d{9}) ?([^A-Za-z0-9|])(.*)", re.ASCII)
# However it is grouped: 038 090 001 234, 0380-9000-1234, 038.0.90.001234.
_GROUPED: Final = r"0(?:[ .-]?\d){2}[ .-]?[0-3](?:[ .-]?\d){8}"
_ALONE: Final = re.compile(_GROUPED, re.ASCII)
_NUMBER: Final = re.compile(r"(?<!\d)\d{12}(?!\d)", re.ASCII)
_LABELLED: Final = re.compile(
    r"cccd|cmnd|can cuoc|dinh danh|citizen|identity|id_?no|id_?number|ho ?va ?ten|ho[ _]?ten|ngay[ _]?sinh|birth|dob\b"
)
# The machine-readable zone of a card (ICAO 9303-5): document number, its check digit, the personal number.
_MACHINE_READABLE: Final = re.compile(r"I[A-Z<]VNM\d{9}[\d<](\d{12})", re.ASCII)
_DAY: Final = re.compile(r"(?:\d{2}[-/.]?\d{2}[-/.]?|0000)?((?:19|20)\d{2})", re.ASCII)
_WHOLE_DAY: Final = re.compile(r" ?[0-3]\d[01]\d(?:19|20)\d{2} ?", re.ASCII)
_FIELDS_BEFORE_SEX: Final = (
    3  # the old number, the name, the date of birth; the day of issue comes behind them
)

_HEALTH_NUMBER: Final = r"[A-Z]{2}[ .-]?[1-5](?:[ .-]?\d){12}"  # printed as GD 4 38 3820123456
_HEALTH: Final = re.compile(rf"{_HEALTH_NUMBER}(?:[ |].*)?", re.ASCII)
# Since 2021 the number has ten digits; name and address are written as hexadecimal bytes.
_HEALTH_NEW: Final = re.compile(r"\d{10}\|(?:[0-9A-F]{2})*\|(?:\d{2}/\d{2}/)?\d{4}\|.*", re.ASCII)
_HEALTH_LABELLED: Final = re.compile(
    rf"\b(?:bhyt|bhxh|bao hiem)\b\D{{0,20}}(?:(?<!\d)\d{{10}}|{_HEALTH_NUMBER})(?!\d)",
    re.ASCII | re.IGNORECASE,
)

_CARD: Final = re.compile(r"[2-69]\d{15}", re.ASCII)
# Bank cards as they are embossed, 16 to 19 digits by fours, or 15 by 4, 6 and 5.
_BANK_CARD: Final = r"\d{4}([ .-])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|\d{4}([ .-])\d{6}\2\d{5}"
# Longer runs of digits hold such a number with others, as in the machine-readable lines; 13 digits are goods.
_MASKED: Final = re.compile(
    rf"(?<!\d)(?:{_BANK_CARD}|\d{{14,}}|\d{{12}}|\d{{9}}|\d{{3}}([ .-])\d{{3}}\3\d{{3}}\3\d{{3}}|{_GROUPED})(?!\d)"
    rf"|(?<![A-Z]){_HEALTH_NUMBER}(?!\d)",
    re.ASCII | re.IGNORECASE,
)

_PROVINCES: Final = range(1, 97)
_CENTURIES: Final = {"0": 1900, "1": 1900, "2": 2000, "3": 2000}
_BORN: Final = range(1915, 2050)


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """All that is kept of an identity card: its masked number, as `0********123`, and the year of birth if it says so."""

    number: str
    born: int | None = None


def identity_card(text: str) -> IdentityCard | None:
    """What is kept of the identity card that this text comes from; None where it comes from something else."""
    line = plain(text)
    if found := _BARRED.fullmatch(line):
        return IdentityCard(masked_number(found[1]), _born(found[2], "|"))
    if found := _SEPARATED.fullmatch(line):
        number, separator, rest = found.groups()
        if _is_personal(number) or any(map(_WHOLE_DAY.fullmatch, rest.split(separator))):
            return IdentityCard(masked_number(number), _born(rest, separator))
    signs = re.sub(r"\d", "", line, flags=re.ASCII)
    if len(set(signs)) <= 1 and _ALONE.fullmatch(line) and _is_personal(number := _digits(line)):
        return IdentityCard(masked_number(number))
    if found := _MACHINE_READABLE.match(line.upper()):
        return IdentityCard(masked_number(found[1]))
    if _LABELLED.search(fold(line)):
        for each in _NUMBER.findall(line):
            if _is_personal(each):
                return IdentityCard(masked_number(each))
    return None


def is_health_card(text: str) -> bool:
    """Whether this text comes from a health insurance card."""
    line = plain(text).upper()
    if _HEALTH.fullmatch(line) or _HEALTH_NEW.fullmatch(line):
        return True
    return _HEALTH_LABELLED.search(fold(line)) is not None


def is_bank_card(number: str) -> bool:
    """Whether this is the number of a payment card: 16 digits of a payment network, with the check digit of ISO 7812."""
    if not _CARD.fullmatch(number):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(sum(divmod(each, 10)) for each in doubled) % 10 == 0


def mask_personal(text: str) -> str:
    """The text on one line, every number of twelve, nine or many digits, of a bank card and of health insurance, masked:
    they name a person. Its other signs stay as they are."""
    line = clean(text[:LONGEST])
    parts, at = [], 0
    for found in _MASKED.finditer(plain_signs(line)):
        parts += [line[at : found.start()], masked_number(found[0])]
        at = found.end()
    return "".join((*parts, line[at:]))


def masked_number(number: str) -> str:
    """The first and the last three digits, between them as many asterisks as there are signs."""
    return f"{number[0]}{'*' * (len(number) - 4)}{number[-3:]}"


def _digits(line: str) -> str:
    return re.sub(r"\D", "", line, flags=re.ASCII)


def _is_personal(number: str) -> bool:
    """Whether twelve digits can be a personal number: the province, the century with the sex, and a year of birth."""
    if len(number) != 12 or int(number[:3]) not in _PROVINCES:
        return False
    century = _CENTURIES.get(number[3])
    return century is not None and century + int(number[4:6]) in _BORN


def _born(rest: str, separator: str) -> int | None:
    """The year of the first field that is a day or a year and stands where the day of birth does."""
    for part in rest.split(separator)[:_FIELDS_BEFORE_SEX]:
        if found := _DAY.fullmatch(part.strip()):
            return int(found[1])
    return None
