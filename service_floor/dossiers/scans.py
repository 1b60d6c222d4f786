"""Classification of scanned texts: a ticket, a dossier, a procedure, an identity card …

A text is only validated against forms: an address in it is neither opened nor trusted for anything else in it.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from service_floor.dossiers.codes import find_dossier_codes
from service_floor.dossiers.payments import is_payment
from service_floor.dossiers.personal import identity_card, is_bank_card, is_health_card
from service_floor.dossiers.plain_signs import plain, unescaped, without_symbology
from service_floor.vietnamese.text import unmarked

# The id that is on every slip, by itself or in its page's address, whose scheme a phone may leave out. Ids of earlier
# versions are hexadecimal.
_ID: Final = r"([0-9a-f]{16}|[0-9bhlmv]{16})"
_HOST: Final = r"(?:https?://)?(?:\[[0-9a-f:.]+\]|[^\s?#:/]+)(?::\d{1,5})?(?:/[^\s?#]*)?"
_TICKET: Final = re.compile(rf"(?:{_HOST}/t/)?{_ID}/?(?:[?#]\S*)?", re.ASCII)
# A message or another code around the page's address: then its scheme counts. `\\:` is how phones' bookmarks write it.
_TICKET_WITHIN: Final = re.compile(
    rf"(?<![a-z0-9])https?\\?://[^\s?#/]{{1,100}}(?:/[^\s?#]{{0,100}})?/t/{_ID}(?![0-9a-z])",
    re.ASCII,
)

# In the national catalogue the number behind the dot begins with 0 or 11.
_PROCEDURE_NUMBER: Final = r"[1-6]\.(?:0\d|11)\d{4}"
_PART: Final = r"(?:\.[A-Z0-9]{2,3})"
_PROCEDURE_FULL: Final = re.compile(
    rf"(?<![A-Z0-9.,\ufffd]){_PROCEDURE_NUMBER}{_PART}{{1,5}}(?![A-Z0-9\ufffd])", re.ASCII
)
# The short form is also the form of prices and coordinates: it counts alone, behind a word for it, or in an address.
_PROCEDURE: Final = re.compile(
    r"(?:^|(?<=[/=])|(?<=TUC )|(?<=TTHC )|(?<=TTHC: )|(?<=MA )|(?<=MA: )|(?<=TUC: ))"
    rf"{_PROCEDURE_NUMBER}(?=$|[/&?#;|]|[.,]?$|[,.;:]? \D)",
    re.ASCII,
)
_CURRENCY: Final = re.compile(r"^[^/=]*\d ?(?:D|VND|USD|EUR|[$€₫%])(?!\w)")
_RESULT: Final = re.compile(r"(?<![A-Z0-9.])KQ\.[A-Z]\d{2}\.\d{6}(?![A-Z0-9])", re.ASCII)
# As `NumberSeries` writes it: letters and a number of up to six digits; perhaps with the word before it.
_NUMBER: Final = re.compile(
    r"(?:(?:SO|STT|SO THU TU)[ :.]+)?(?:([A-HJ-NP-Z]{1,2})[ -]?)?(\d{1,6})", re.ASCII
)
# What a device shows that waits to be let in (docs/accounts.md): consonants, which make no words.
_ENROLMENT: Final = re.compile(r"[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}")
_VNEID: Final = re.compile(
    r"VNEID\b.*|(?:HTTPS?://)?(?:[A-Z0-9-]+\.)*VNEID\.(?:GOV\.)?VN(?:[/:?#].*)?"
)
_NAMED_AT_MOST: Final = 4

LONE_PART: Final = "structured-append:part"
"""What a scanner hands over in place of a QR code whose text goes on in other codes, which are not in sight."""


class ScanKind(StrEnum):
    """What a scanned or typed text can be."""

    TICKET = "ticket"
    TICKET_NUMBER = "ticket_number"
    DOSSIER = "dossier"
    OTHER_CENTRE = "other_centre"
    PROCEDURE = "procedure"
    RESULT = "result"
    IDENTITY_CARD = "identity_card"
    HEALTH_CARD = "health_card"
    PAYMENT = "payment"
    VNEID = "vneid"
    ENROLMENT = "enrolment"
    PART = "part"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scan:
    """The kind of a text and the code in it. Of an unknown text, a payment and a health insurance card nothing is kept.

    Of an identity card only the masked number, as `0********123`, and the year of birth, None where the code does not
    hold it. `others` are more dossiers that the text names as well as the first, such as a list of what was handed over.
    """

    kind: ScanKind
    code: str = ""
    born: int | None = None
    others: tuple[str, ...] = ()


def classify(text: str, own: Collection[str] = ()) -> Scan:
    """What a scanned text is, and its code. A dossier is looked for first: its address may name a procedure too.

    `own` are the beginnings of this centre's dossier codes, such as `H56`; none named, every dossier is its own.
    """
    if text == LONE_PART:
        return Scan(ScanKind.PART)
    text = without_symbology(text)
    line = plain(text)
    ticket = _TICKET.fullmatch(unescaped(line).lower())
    if ticket and (ticket.start(1) or not is_bank_card(ticket[1])):
        return Scan(ScanKind.TICKET, ticket[1])
    if dossiers := find_dossier_codes(text):
        return _dossier(dossiers, own)
    if ticket := _TICKET_WITHIN.search(unescaped(line).lower()):
        return Scan(ScanKind.TICKET, ticket[1])
    if is_payment(text):
        return Scan(ScanKind.PAYMENT)
    if card := identity_card(text):
        return Scan(ScanKind.IDENTITY_CARD, card.number, card.born)
    if is_health_card(text):
        return Scan(ScanKind.HEALTH_CARD)
    return _other(unmarked(unescaped(line)).upper())


def _dossier(codes: Sequence[str], own: Collection[str]) -> Scan:
    """Of several dossiers this centre's count, and of other centres' the first."""
    ours = [code for code in codes if not own or any(_is_of(code, agency) for agency in own)]
    if not ours:
        return Scan(ScanKind.OTHER_CENTRE, codes[0])
    return Scan(ScanKind.DOSSIER, ours[0], others=tuple(ours[1:_NAMED_AT_MOST]))


def _other(line: str) -> Scan:
    """Of what is left: `line` is in capitals, and without the signs of Vietnamese letters."""
    if _VNEID.fullmatch(line):
        return Scan(ScanKind.VNEID)
    if found := _RESULT.search(line):
        return Scan(ScanKind.RESULT, found[0])
    if found := _PROCEDURE_FULL.search(line) or _short_procedure(line):
        return Scan(ScanKind.PROCEDURE, found[0])
    if _ENROLMENT.fullmatch(line):
        return Scan(ScanKind.ENROLMENT, line)
    if found := _NUMBER.fullmatch(line):
        return Scan(ScanKind.TICKET_NUMBER, (found[1] or "") + found[2])
    return Scan(ScanKind.UNKNOWN)


def _short_procedure(line: str) -> re.Match[str] | None:
    return None if _CURRENCY.match(line) else _PROCEDURE.search(line)


def _is_of(dossier: str, agency: str) -> bool:
    """Whether a code begins with this agency; in codes of the old form the province stands at its end."""
    written = dossier.partition("-")[0]
    return written == agency or written.startswith(f"{agency}.") or written.endswith(f".{agency}")
