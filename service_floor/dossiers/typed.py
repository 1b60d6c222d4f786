"""The code that a scanner typed into a window, undoing what Telex or VNI made of it where only one code can be meant."""

from collections.abc import Iterable
from typing import Final

from service_floor.dossiers.scans import ScanKind, classify
from service_floor.vietnamese.retyped import meant
from service_floor.vietnamese.text import unmarked

_UNCHANGED: Final = frozenset("0123456789bc")
_SHORTEST: Final = 8
_LONGEST: Final = 17  # a key that takes a sign back stays as a letter
_WHOLE: Final = 16
_LEAST_OF_PLAIN: Final = 13  # shorter ones may be a passport
_LEAST_OF_SIGNED: Final = 10
_HEXADECIMAL: Final = frozenset("0123456789abcdef")


def typed_by_scanner(text: str, tickets: Iterable[str] = ()) -> str | None:
    """The code that a scanner typed, undoing what an input method made of it; None where it may have been several, or
    where nothing whole came.

    `tickets` are the ids of today: one that Telex has changed is found among them. A short number is not accepted as a
    code here: an input method may have swallowed one of its digits.
    """
    kind = classify(text).kind
    if kind is ScanKind.IDENTITY_CARD or (text.isascii() and kind is not ScanKind.UNKNOWN):
        return text
    found = None if text.isascii() else meant(text, _sure_code)
    return found or ticket_of(text, tickets) or (text if text.isascii() and text else None)


def changed_ticket(text: str) -> str | None:
    """The part of a text that may be a hexadecimal ticket id after Telex has changed it; where the tickets of today are
    known, `ticket_of` finds it. None where it is something else."""
    last = text.strip().rsplit("/", 1)[-1]
    letters = frozenset(unmarked(last).lower())
    if not letters <= _HEXADECIMAL or "".join(letters).isdigit() or len(last) > _LONGEST:
        return None
    least = _LEAST_OF_PLAIN if last.isascii() else _LEAST_OF_SIGNED
    is_whole = last.isascii() and len(last) == _WHOLE
    return None if is_whole or len(last) < least else last


def ticket_of(text: str, tickets: Iterable[str]) -> str | None:
    """The one hexadecimal id of which Telex leaves what this text ends with."""
    last = text.rsplit("/", 1)[-1]
    left = _left_by_telex(last)
    if not _SHORTEST <= len(last) <= _LONGEST:
        return None
    found = [each for each in tickets if _left_by_telex(each) == left and len(each) == _WHOLE]
    return found[0] if len(found) == 1 else None


def _left_by_telex(text: str) -> str:
    """The digits, and the letters that neither are vowels nor put signs on vowels; what Telex leaves as it is."""
    return "".join(sign for sign in text.lower() if sign in _UNCHANGED)


def _sure_code(text: str) -> str | None:
    scan = classify(text)
    return None if scan.kind is ScanKind.TICKET_NUMBER else scan.code or None
