"""Undoes what Telex or VNI made of a code that a scanner typed: the keys that became signs are put back as letters.

A tone key may stand anywhere behind its vowel in a run of letters, so one text may have several sources. Only where
all of them that are codes mean the same is it given back; a guess would open another citizen's dossier.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import prod
from typing import Final

from service_floor.vietnamese.text import nfc, unmarked

_MOST_SOURCES: Final = 5_000
"""A code of our own holds few vowels; a text with more sources is Vietnamese, and no code."""

_LONGEST: Final = 400

_TELEX, _VNI = 0, 1
_LETTERS: Final = re.compile(r"([\W\d_])")
"""Ends a run of letters: a sign never reaches over it."""

_TONES: Final = {"\u0301": "s1", "\u0300": "f2", "\u0309": "r3", "\u0303": "x4", "\u0323": "j5"}
"""Combining mark to its key in Telex and in VNI."""

_SHAPES: Final = {
    "â": "a6", "ê": "e6", "ô": "o6", "ă": "w8", "ơ": "w7", "ư": "w7", "đ": "d9",
}  # fmt: skip


def meant(text: str, read: Callable[[str], str | None]) -> str | None:
    """What `read` finds in the text itself, else the one thing that it finds in the text's sources; None where several.

    An input method may swallow a key for good (a tone that replaces another), so `read` must know its codes by their
    length: a short number such as A204 may have been A1204.
    """
    found = read(text)
    if found is not None:
        return found
    runs = _LETTERS.split(nfc(text[:_LONGEST]))
    if len(text) > _LONGEST or not 1 < prod(map(_ways, runs)) <= _MOST_SOURCES:
        return None
    meanings = {read(source) for source in _sources(runs)} - {None}
    return meanings.pop() if len(meanings) == 1 else None


def _sources(runs: Sequence[str]) -> Iterator[str]:
    """What may have been typed, by one input method at a time."""
    for method in (_TELEX, _VNI):
        yield from map("".join, product(*(_sources_of_run(run, method) for run in runs)))


def _ways(run: str) -> int:
    """At least as many as there are sources of this run; 1 where it has no signs."""
    ways, keys = 1, 0
    for place, character in enumerate(run):
        for _ in _apart(character, _TELEX)[1]:
            keys += 1
            ways *= len(run) - place + keys
    return ways


def _sources_of_run(run: str, method: int) -> set[str]:
    """Every order of letters and sign keys that can have made this run of letters."""
    letters = [_apart(character, method) for character in run]
    # A letter is distinguished from the keys behind it by its place, so that a key never comes to stand before its own letter.
    sources: set[tuple[tuple[str, int], ...]] = {
        tuple((base, place) for place, (base, _) in enumerate(letters))
    }
    for place, (base, keys) in enumerate(letters):
        for key in keys:
            sources = {
                (*source[:at], (key, -1), *source[at:])
                for source in sources
                for at in range(source.index((base, place)) + 1, len(source) + 1)
            }
    return {"".join(character for character, _ in source) for source in sources}


def _apart(character: str, method: int) -> tuple[str, str]:
    """The letter without signs, and the keys of its signs."""
    marks = unicodedata.normalize("NFD", character)
    tone = "".join(_TONES[mark][method] for mark in marks if mark in _TONES)
    shaped = nfc("".join(mark for mark in marks if mark not in _TONES))
    shape = _SHAPES.get(shaped.lower())
    keys = (shape[method] if shape else "") + tone
    return unmarked(shaped), keys.upper() if character.isupper() else keys
