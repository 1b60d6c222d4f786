"""Telex input method for a keyboard without Vietnamese keys: the buffer before the cursor and a key give the buffer
after it.

A sign key may come anywhere behind its vowel (`dangwf`, `nhatas`); pressing it again takes the sign back and leaves
the letter. Only what can be a Vietnamese syllable is changed, so other words pass as typed. Tones sit as in `hòa`.
"""

import re
import unicodedata
from functools import reduce
from typing import Final, NamedTuple

from service_floor.vietnamese.text import nfc, unmarked

_TONES: Final = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_ROOFED: Final = {"a": "â", "e": "ê", "o": "ô"}
_VOWELS: Final = "aăâeêioôơuưy"
_SYLLABLE: Final = re.compile(rf"([^{_VOWELS}]*)([{_VOWELS}]+)([^{_VOWELS}]*)")

_ONSETS: Final = frozenset((
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh",
    "p", "ph", "q", "qu", "r", "s", "t", "th", "tr", "v", "x",
))  # fmt: skip
_CODAS: Final = frozenset(("", "c", "ch", "m", "n", "ng", "nh", "p", "t"))
_NUCLEI: Final = frozenset((
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu",
    "ây", "eo", "êu", "ia", "iê", "iu", "oa", "oă", "oe", "oi", "oo", "ôi", "ơi", "ua", "uâ",
    "uê", "ui", "uô", "uơ", "uy", "ưa", "ưi", "ươ", "ưu", "yê", "oai", "oao", "oay", "oeo", "iêu",
    "yêu", "uây", "uôi", "uya", "uyê", "uyu", "ươi", "ươu",
))  # fmt: skip
# A syllable is typed letter by letter: what will be a nucleus is met without its signs first.
_UNSIGNED_NUCLEI: Final = frozenset(unmarked(nucleus) for nucleus in _NUCLEI)

# What the key w makes of a group of vowels.
_HOOKS: Final = {
    "a": "ă", "o": "ơ", "u": "ư", "oa": "oă", "oi": "ơi", "ua": "ưa", "ui": "ưi", "uo": "ươ",
    "uu": "ưu", "uoi": "ươi", "uou": "ươu",
}  # fmt: skip
_OPEN_HOOKS: Final = frozenset({"ua"})
# Behind these an open uo is the uơ of `huơ` and `thuở`; it turns to ươ when the syllable goes on.
_UO_STAYS: Final = frozenset({"h", "kh", "th"})


class _Syllable(NamedTuple):
    onset: str
    nucleus: str
    coda: str


def press(text: str, key: str) -> str:
    """The text after one key; what is not a letter, and keys that change nothing, are appended."""
    whole = nfc(text)
    start = len(whole)
    while start and whole[start - 1].isalpha():
        start -= 1
    head, last = whole[:start], whole[start:]
    if key.lower() == "d":
        return head + _stroke(last, key)
    if key.lower() == "w":
        return head + _hook(last, key)
    if key.lower() in _ROOFED:
        return head + _roof(last, key)
    if key.lower() in _TONES or key.lower() == "z":
        return head + _tone(last, key)
    return head + _append(last, key)


def compose(keys: str) -> str:
    """What a row of keys writes."""
    return reduce(press, keys, "")


def _tone(word: str, key: str) -> str:
    plain, tone = _apart(word)
    wanted = _TONES.get(key.lower(), "")
    if _parse(plain) is None:
        return word + key
    if tone == wanted:
        return plain + key
    return _toned(plain, wanted)


def _stroke(word: str, key: str) -> str:
    place = _stroke_place(word)
    if place is None:
        return _append(word, key)
    before, letter, behind = word[:place], word[place], word[place + 1 :]
    if letter.lower() == "đ":
        return before + _like("d", letter) + behind + key
    return before + _like("đ", letter) + behind


def _stroke_place(word: str) -> int | None:
    """Where đ can be: at the beginning of a syllable, or at the end of an abbreviation such as QĐ."""
    low = word.lower()
    if low[:1] in {"d", "đ"} and _parse(_apart(word)[0]) is not None:
        return 0
    abbreviation = not set(unmarked(low)) & set(_VOWELS)
    if low[-1:] in {"d", "đ"} and abbreviation and low[-2:-1] not in {"d", "đ"}:
        return len(word) - 1
    return None


def _roof(word: str, key: str) -> str:
    plain, tone = _apart(word)
    syllable = _parse(plain)
    low = key.lower()
    if syllable is None or low not in unmarked(syllable.nucleus):
        return _append(word, key)
    seat = unmarked(syllable.nucleus).rindex(low)
    nucleus = syllable.nucleus
    if nucleus[seat] == _ROOFED[low]:
        return _toned(_renucleated(plain, syllable, _put(nucleus, seat, low)), tone) + key
    for left in (nucleus, unmarked(nucleus)):
        roofed = _put(left, seat, _ROOFED[low])
        if roofed in _NUCLEI:
            return _toned(_renucleated(plain, syllable, roofed), tone)
    return _append(word, key)


def _hook(word: str, key: str) -> str:
    plain, tone = _apart(word)
    syllable = _parse(plain)
    if syllable is None:
        return word + (_like("ư", key) if plain.lower() in _ONSETS else key)
    nucleus, vowels = syllable.nucleus, unmarked(syllable.nucleus)
    hooked = _HOOKS.get(vowels, "")
    if nucleus == "uơ" or nucleus == hooked:
        return _unhooked(plain, syllable, tone, key)
    if not hooked or (vowels in _OPEN_HOOKS and syllable.coda):
        return word + key
    if nucleus == "uo" and not syllable.coda and syllable.onset in _UO_STAYS:
        hooked = "uơ"
    return _toned(_renucleated(plain, syllable, hooked), tone)


def _unhooked(plain: str, syllable: _Syllable, tone: str, key: str) -> str:
    """The signs of w taken back. A lone ư at the end is taken for a w that was meant as a letter."""
    if syllable.nucleus == "ư" and not syllable.coda and not tone:
        return plain[:-1] + key
    return _toned(_renucleated(plain, syllable, unmarked(syllable.nucleus)), tone) + key


def _append(word: str, key: str) -> str:
    """The key as a letter; the tone moves to where it sits in the longer syllable."""
    plain, tone = _apart(word)
    longer = plain + key
    syllable = _parse(longer)
    if syllable is None:
        return word + key
    if syllable.nucleus.startswith("uơ") and len(longer) > len(syllable.onset) + 2:
        longer = _renucleated(longer, syllable, "ươ" + syllable.nucleus[2:])
    return _toned(longer, tone)


def _parse(plain: str) -> _Syllable | None:
    """The parts of a word without tone, in small letters; None where it is not a Vietnamese syllable."""
    match = _SYLLABLE.fullmatch(plain.lower())
    if match is None:
        return None
    onset, nucleus, coda = match.groups()
    if len(nucleus) > 1 and onset + nucleus[0] in ("gi", "qu"):
        onset, nucleus = onset + nucleus[0], nucleus[1:]
    known = onset in _ONSETS and unmarked(nucleus) in _UNSIGNED_NUCLEI and coda in _CODAS
    return _Syllable(onset, nucleus, coda) if known else None


def _toned(plain: str, tone: str) -> str:
    """The word with the tone on the vowel that carries it."""
    syllable = _parse(plain)
    if not tone or syllable is None:
        return plain
    seat = len(syllable.onset) + _seat(syllable)
    return nfc(plain[: seat + 1] + tone + plain[seat + 1 :])


def _seat(syllable: _Syllable) -> int:
    nucleus = syllable.nucleus
    signed = [place for place, vowel in enumerate(nucleus) if vowel not in "aeiouy"]
    if signed:
        return signed[-1]
    if len(nucleus) == 1:
        return 0
    return 1 if syllable.coda or len(nucleus) == 3 else 0


def _apart(word: str) -> tuple[str, str]:
    """The word without its tone, and the tone."""
    marks = unicodedata.normalize("NFD", word)
    tone = next((mark for mark in marks if mark in _TONES.values()), "")
    return nfc("".join(mark for mark in marks if mark not in _TONES.values())), tone


def _renucleated(plain: str, syllable: _Syllable, nucleus: str) -> str:
    """The word with other vowels of the same number, each in the case of the one it replaces."""
    start = len(syllable.onset)
    old = plain[start : start + len(nucleus)]
    vowels = "".join(_like(new, was) for new, was in zip(nucleus, old, strict=True))
    return plain[:start] + vowels + plain[start + len(nucleus) :]


def _put(text: str, place: int, char: str) -> str:
    return text[:place] + char + text[place + 1 :]


def _like(char: str, pattern: str) -> str:
    return char.upper() if pattern.isupper() else char
