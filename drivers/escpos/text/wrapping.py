"""Line wrapping and sanitizing of text: no control character reaches the printer, and lines break between words."""

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


def balanced(line: str, measure: Callable[[str], int], room: int) -> list[str]:
    """Break `line` into as few lines as fit, each about as long as the others: a heading without an orphan."""
    lines = wrap(line, _within(measure, room))
    if len(lines) == 1:
        return lines
    least, most = max(measure(word) for word in line.split(" ")), room
    while least < most:
        width = (least + most) // 2
        narrower = wrap(line, _within(measure, width))
        if len(narrower) == len(lines):
            lines, most = narrower, width
        else:
            least = width + 1
    return lines


def _within(measure: Callable[[str], int], width: int) -> Callable[[str], bool]:
    return lambda part: measure(part) <= width


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
