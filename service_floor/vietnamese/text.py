"""Normalised form of every text that is parsed: composed letters, plain spaces, nothing invisible; and the folded form
for matching."""

import unicodedata
from typing import Final

# Letters that carry a stroke have no decomposition; ð and Ð are typed for đ and Đ by mistake.
_STROKED: Final = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})

# U+01A3 looks like ư: converters of old fonts leave it in official texts.
_LOOKALIKES: Final = str.maketrans({"ƣ": "ư", "Ƣ": "Ư"})


def nfc(text: str) -> str:
    """The text with each letter and its marks in one code point."""
    return unicodedata.normalize("NFC", text)


def unmarked(text: str) -> str:
    """The text without accents and strokes, in the case it has."""
    letters = unicodedata.normalize("NFD", text.translate(_STROKED))
    return "".join(char for char in letters if unicodedata.category(char) != "Mn")


def fold(text: str) -> str:
    """The text as it is compared: small letters without accents and strokes."""
    return unmarked(text).lower()


def clean(text: str) -> str:
    """Imported text on one line: composed, plain single spaces, no soft hyphen, zero-width or control character."""
    if not text.isascii():
        text = nfc(text.translate(_LOOKALIKES))
    # Printable text holds nothing invisible: the usual cell needs no look at each letter.
    if not text.isprintable():
        text = "".join(char for char in text if char.isspace() or not _is_invisible(char))
    return " ".join(text.split())


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"}
