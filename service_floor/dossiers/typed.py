"""The code that a scanner typed into a window, undoing what Telex or VNI made of it where only one code can be meant."""

from service_floor.dossiers.scans import ScanKind, classify
from service_floor.vietnamese.retyped import meant


def typed_by_scanner(text: str) -> str | None:
    """The code that a scanner typed, undoing what an input method made of it; None where it may have been several.

    A short number is not accepted as a code here: an input method may have swallowed one of its digits.
    """
    if text.isascii() or classify(text).kind is ScanKind.IDENTITY_CARD:
        return text
    return meant(text, _sure_code)


def _sure_code(text: str) -> str | None:
    scan = classify(text)
    return None if scan.kind is ScanKind.TICKET_NUMBER else scan.code or None
