"""Normalisation of scanned text: one line with plain hyphens, digits and letters, whatever keyboard or program wrote it."""

import re
import unicodedata
from typing import Final

from service_floor.vietnamese.text import clean

LONGEST: Final = 8_000
"""Characters that are looked at; the largest QR code holds 7,089."""

# Signs of a code as addresses escape them: %2E, %2D; %252D where an address was escaped twice.
_ESCAPED: Final = re.compile(r"%([2-7][0-9A-Fa-f])")
_ESCAPED_AT_MOST: Final = 3
_FULL_WIDTH: Final = range(0xFF01, 0xFF5F)
_TO_ASCII: Final = 0xFF01 - ord("!")
_MINUS: Final = "\u2212"
_HYPHEN_BULLET: Final = "\u2043"
_SLASHES: Final = frozenset("\u2044\u2215")
# Fields are separated by control characters in some codes (ISO/IEC 15434); `clean` would join what stands around them.
_CONTROLS: Final = re.compile(r"[\x01-\x1f\x7f]+")
# The AIM identifier before the text of a scanner that types: ]Q3, ]C0, ]d2.
_SYMBOLOGY: Final = re.compile(r"\s*\][A-Za-z][0-9]")


def plain(text: str) -> str:
    """The text on one line, bounded: every dash as `-`, full-width signs and the digits of other scripts as ASCII."""
    return plain_signs(clean(_CONTROLS.sub(" ", text[:LONGEST])))


def plain_signs(line: str) -> str:
    """The line with plain signs, each where it stood: as many as before."""
    return line if line.isascii() else "".join(map(_plain_sign, line))


def without_symbology(text: str) -> str:
    """The text without the AIM identifier that a scanner may put before it."""
    found = _SYMBOLOGY.match(text)
    return text[found.end() :] if found else text


def unescaped(text: str) -> str:
    """A line of `plain` text with the signs that addresses escape."""
    for _ in range(_ESCAPED_AT_MOST):
        if not _ESCAPED.search(text):
            break
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign
    if ord(sign) in _FULL_WIDTH:
        return chr(ord(sign) - _TO_ASCII)
    if sign in {_MINUS, _HYPHEN_BULLET} or unicodedata.category(sign) == "Pd":
        return "-"
    if sign in _SLASHES:
        return "/"
    # Of the numerals only decimal digits: a raised ² is a footnote, and not a 2 of the number before it.
    return str(unicodedata.decimal(sign, sign))
