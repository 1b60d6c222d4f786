"""Makes text fit for paper: nothing in it can command a printer, and lines break between words, never off the edge."""

import unicodedata
from collections.abc import Callable

_BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n") | {"\t": " "})
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(text: str) -> list[str]:
    """Return the lines of `text` in NFC, without control, formatting, surrogate and unassigned characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS).split("\n")
    return [unicodedata.normalize("NFC", "".join(filter(_is_visible, line))) for line in lines]


def wrap(line: str, fits: Callable[[str], bool]) -> list[str]:
    """Break `line` into lines that fit, between words where it can be; a no-break space never breaks."""
    if fits(line):
        return [line]
    lines: list[str] = []
    rest = ""
    for word in filter(None, line.split(" ")):
        longer = f"{rest} {word}" if rest else word
        if fits(longer):
            rest = longer
            continue
        if rest:
            lines.append(rest)
        *full, rest = _cut(word, fits)
        lines += full
    return [*lines, rest] if rest or not lines else lines


def _cut(word: str, fits: Callable[[str], bool]) -> list[str]:
    """Cut a word longer than a line into pieces that fit; a piece has at least one character."""
    pieces = []
    while len(word) > 1 and not fits(word):
        end = 1
        while fits(word[: end + 1]):
            end += 1
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in _INVISIBLE
