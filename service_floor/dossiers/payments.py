"""Parser of payment QR codes (EMVCo merchant-presented mode, as VietQR uses it): the texts in their fields. Pure.

Nothing is paid or checked here; a fee's QR code may name the dossier that the fee is for.
"""

import re
from collections.abc import Iterator
from typing import Final

# Field 00 is the format "01"; field 63, a checksum of four signs, is the last.
_PAYMENT: Final = re.compile(r"\s*0002(?:01|02|03)\d{4}", re.ASCII)
_HEAD: Final = re.compile(r"\d{4}", re.ASCII)
_DEEPEST: Final = 3
LONGEST: Final = 1_000
"""Characters that are looked at; the standard allows 512."""


def is_payment(text: str) -> bool:
    """Whether a text begins as a payment QR code does."""
    return _PAYMENT.match(text) is not None


def payment_texts(text: str) -> tuple[str, ...]:
    """The texts of the fields of a payment QR code, in their order; empty where the text is something else.

    A code that breaks off gives the fields before the break.
    """
    return tuple(_fields(text[:LONGEST].strip(), 0)) if is_payment(text) else ()


def _fields(text: str, depth: int) -> Iterator[str]:
    at = 0
    while head := _HEAD.match(text, at):
        length = int(head[0][2:])
        value = text[head.end() : head.end() + length]
        if depth < _DEEPEST and _is_nested(value):
            yield from _fields(value, depth + 1)
        else:
            yield value
        at = head.end() + length


def _is_nested(value: str) -> bool:
    """Whether a value consists of fields from its beginning to its end."""
    at = 0
    while head := _HEAD.match(value, at):
        length = int(head[0][2:])
        at = head.end() + length
    return at == len(value) and at > 0
