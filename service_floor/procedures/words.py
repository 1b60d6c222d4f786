"""Text parsed into the words that procedures are found by: folded, one spelling of i and y; and how close two words
sound."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from service_floor.vietnamese.telex import compose
from service_floor.vietnamese.text import clean, fold

_WORD: Final = re.compile(r"[^\W_]+")
_VNI_DIGITS: Final = str.maketrans("", "", "0123456789")
# Kí and ký are one word: y and i are alike where nothing but a consonant stands before them.
_Y_ENDING: Final = re.compile(r"^([bcdhklmstv]|qu)y$")
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")

# Consonants that are mistaken for each other when one writes as one speaks; longer ones are tried first.
_SOUNDS: Final = (
    ("ch", "tr"), ("tr", "ch"), ("gi", "d"), ("s", "x"), ("x", "s"), ("d", "gi"), ("r", "d"),
    ("l", "n"), ("n", "l"), ("v", "d"), ("i", "y"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is matched, and how it was written: the same for hoà and hòa, empty where it has no accents."""

    folded: str
    written: str = ""


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in their order."""
    return tuple(_word(found) for found in _WORD.findall(clean(text).lower()))


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are matched."""
    return tuple(word.folded for word in words(text))


def retyped(word: Word) -> tuple[Word, ...]:
    """What a word means if its keys were typed where no input method listened: as Telex, as VNI."""
    if word.written:
        return ()
    telex = _word(compose(word.folded))
    vni = word.folded.translate(_VNI_DIGITS)
    return tuple(other for other in (telex, Word(vni)) if other.folded not in ("", word.folded))


def sounding_alike(folded: str) -> tuple[str, ...]:
    """Words with another first consonant that many people do not distinguish."""
    return tuple(other + folded[len(one) :] for one, other in _SOUNDS if folded.startswith(one))


@lru_cache(maxsize=16_384)
def _word(text: str) -> Word:
    folded = _Y_ENDING.sub(r"\1i", fold(text))
    return Word(folded, "" if text.isascii() else _written(text))


def _written(text: str) -> str:
    """The letters with their signs, then the tone: where the tone stands does not matter."""
    marks = unicodedata.normalize("NFD", _Y_ENDING.sub(r"\1i", text))
    tone = "".join(mark for mark in marks if mark in _TONES)
    return "".join(mark for mark in marks if mark not in _TONES) + tone
