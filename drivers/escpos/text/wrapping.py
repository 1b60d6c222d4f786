"""Line wrapping and sanitizing of text: no control character reaches the printer, and lines break between words.

A line begins with no dash and no closing punctuation, and ends with no opening bracket: those stay with the word beside them.
"""

import unicodedata
from collections.abc import Callable

_BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n") | {"\t": " "})
_STAY_BEHIND = frozenset(")]}>»”’!?.,:;%…/‰°-–—‑‐−")
_STAY_BEFORE = frozenset("([{<«“‘")
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
    for word in _words(line):
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
    least, most = max(map(measure, _words(line))), room
    while least < most:
        width = (least + most) // 2
        narrower = wrap(line, _within(measure, width))
        if len(narrower) == len(lines):
            lines, most = narrower, width
        else:
            least = width + 1
    return lines


def _words(line: str) -> list[str]:
    """The words of a line, each with the signs that stay with it."""
    words: list[str] = []
    for word in filter(None, line.split(" ")):
        if words and (word[0] in _STAY_BEHIND or words[-1][-1] in _STAY_BEFORE):
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _within(measure: Callable[[str], int], width: int) -> Callable[[str], bool]:
    return lambda part: measure(part) <= width


def _cut(word: str, fits: Callable[[str], bool]) -> list[str]:
    """Cut a word longer than a line into pieces that fit; a piece has at least one character."""
    pieces = []
    while len(word) > 1 and not fits(word):
        end = 1
        while end < len(word) and fits(word[: end + 1]):
            end += 1
        end = _good_end(word, end)
        pieces.append(word[:end].rstrip(" "))
        word = word[end:].lstrip(" ")
    return [*pieces, word] if word else pieces


def _good_end(word: str, end: int) -> int:
    """Where to cut at `end` or before it, so that no piece begins with a sign that stays behind a letter."""
    good = end
    while good > 1 and _begins_badly(word[good:]):
        good -= 1
    return end if _begins_badly(word[good:]) else good


def _begins_badly(rest: str) -> bool:
    return rest.lstrip(" ")[:1] in _STAY_BEHIND


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in _INVISIBLE
