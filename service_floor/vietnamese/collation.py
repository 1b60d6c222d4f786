"""The order of Vietnamese words and of people: letters first, then tones, then capitals; names by the given name."""

import unicodedata
from typing import Final

from service_floor.vietnamese.text import nfc

Weights = tuple[tuple[int, str], ...]
SortKey = tuple[Weights, tuple[int, ...], tuple[bool, ...]]
NameKey = tuple[SortKey, SortKey, SortKey]

# The 29 letters in their order; f, j, w and z stand where the Latin alphabet has them.
_ALPHABET: Final = {
    letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
}

# Ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES: Final = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SPACE, _SIGN, _DIGIT, _LETTER, _FOREIGN = range(5)


def sort_key(text: str) -> SortKey:
    """What Vietnamese texts are sorted by; spaces and signs come before digits, digits before letters."""
    weights: list[tuple[int, str]] = []
    tones: list[int] = []
    capitals: list[bool] = []
    for char in nfc(text):
        plain, tone = _without_tone(char)
        weights.append(_weight(plain.lower()))
        tones.append(tone)
        capitals.append(plain.isupper())
    return tuple(weights), tuple(tones), tuple(capitals)


def name_key(name: str) -> NameKey:
    """What people are sorted by: the given name, which is the last word, then the family name, then what is between."""
    words = name.split() or [""]
    family = words[0] if len(words) > 1 else ""
    return sort_key(words[-1]), sort_key(family), sort_key(" ".join(words[1:-1]))


def _without_tone(char: str) -> tuple[str, int]:
    marks = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), 0)
    return nfc("".join(mark for mark in marks if mark not in _TONES)), tone


def _weight(letter: str) -> tuple[int, str]:
    if letter in _ALPHABET:
        return _LETTER, f"{_ALPHABET[letter]:02}"
    if letter.isspace():
        return _SPACE, letter
    if letter.isdecimal():
        return _DIGIT, letter
    return (_FOREIGN if letter.isalpha() else _SIGN), letter
