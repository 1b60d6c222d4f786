"""Vietnamese letters: one normal form at every border, and the fold by which words are compared."""

import re
import unicodedata

_NO_WIDTH = re.compile("[\u200b-\u200f\u00ad\ufeff\u2060]")
_SPACES = re.compile(r"\s+")
# đ has no decomposition in Unicode, so stripping marks leaves it: it is folded by name.
_BARRED_D = str.maketrans({"đ": "d", "ð": "d"})


def nfc(text: str) -> str:
    """The composed form, in which all text is kept, compared and printed."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Text from outside: composed, without characters of no width, white space single and trimmed."""
    return _SPACES.sub(" ", _NO_WIDTH.sub("", nfc(text))).strip()


def fold(text: str) -> str:
    """Small letters without marks, for matching only: Hộ tịch → ho tich, Đất → dat."""
    apart = unicodedata.normalize("NFD", text.lower())
    bare = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
    return bare.translate(_BARRED_D)
