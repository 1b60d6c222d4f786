"""Syntax errors of TOML as codes of ours: what tomllib found wrong, with the key or the character that it is about."""

import re
from typing import Final

from config.checks.characters import named
from config.errors import Mistake, MistakeCode
from config.lines import keys_of

_PLACE: Final = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)")
_CHARACTER: Final = re.compile(r"character (['\"])(?P<text>.+)\1$")
_KINDS: Final = (
    (r"overwrite a value|twice|redefine namespace|mutate immutable|Duplicate inline", "twice"),
    (r"Unterminated string|character '\\n'|Expected (\"'+\"|'\"+')", "open_quote"),
    (r"Unclosed array", "open_list"),
    (r"Unclosed inline table", "open_table"),
    (r"Expected newline", "after_value"),
    (r"Expected '='", "equals"),
    (r"Expected '\]", "header"),
    (r"date", "date"),
    (r"Unescaped|hex value|scalar value", "backslash"),
    (r"key part", "key"),
    (r"Invalid value", "value"),
    (r"[Cc]haracter", "character"),
    (r"Invalid statement", "statement"),
    (r"integer string conversion", "number"),
    (r"recursion", "nested"),
)


def syntax_mistake(text: str, error: Exception) -> Mistake:
    """The mistake of a file that does not parse; `allowed` holds the kind, `found` its key or character."""
    said = str(error)
    place = _PLACE.search(said)
    line = int(place["line"]) if place and place["line"] else max(len(text.splitlines()), 1)
    message = said[: place.start()] if place else said
    kind = next((kind for pattern, kind in _KINDS if re.search(pattern, message)), "other")
    found, other = "", ""
    if kind == "twice":
        found, line, first = _doubled(text, line, message)
        other = str(first) if first else ""
        kind = "twice" if other else "twice_somewhere"
    elif kind == "character" and (letter := _CHARACTER.search(message)):
        found = _letter(letter["text"])
    return Mistake("", MistakeCode.SYNTAX, found, (kind,), other=other, line=line)


def _letter(text: str) -> str:
    """The character of a message, which has it as Python would write it."""
    plain = text.encode("ascii", "backslashreplace").decode("unicode_escape")
    letter = plain[:1]
    return letter if letter.isprintable() else named(letter)


def _doubled(text: str, line: int, message: str) -> tuple[str, int, int | None]:
    """The key that stands twice, with its line and the line of the first one where it is known."""
    keys = [(number, key) for number, key in keys_of(text) if number <= line]
    seen: dict[str, int] = {}
    for number, key in keys:
        if key in seen and number >= line - 1:
            return key, number, seen[key]
        seen.setdefault(key, number)
    inline = re.search(r"key '([^']*)'", message)
    return inline[1] if inline else next((key for _, key in reversed(keys)), "?"), line, None
