"""Validation of characters: control and bidirectional characters in any text, and dates where a text is meant.

Works on the data of the file: what stands there is checked whether the model knows its place or not.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any, Final

from config.anatomy import plain_types_of, table_at
from config.errors import Mistake, MistakeCode
from config.findings import shown
from config.paths import Step, written

_HIDDEN: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
"""Unicode categories: control, format (bidirectional marks are among them), line and paragraph separators."""
_FRAMES: Final = frozenset({"prefix", "suffix"})
"""What a scanner puts around a code: control characters are what it is for."""


def check_characters(data: Mapping[str, Any], steps: tuple[Step, ...] = ()) -> Iterator[Mistake]:
    """Every text with a character that is not seen, and every date that stands in place of a text."""
    for key, value in data.items():
        yield from _check(value, (*steps, key))


def _check(value: object, steps: tuple[Step, ...]) -> Iterator[Mistake]:
    if isinstance(value, dict):
        yield from check_characters(value, steps)
    elif isinstance(value, list):
        for place, element in enumerate(value):
            yield from _check(element, (*steps, place))
    elif isinstance(value, str):
        hidden = next((letter for letter in value if _is_hidden(letter, steps)), "")
        if hidden:
            yield Mistake(written(steps), MistakeCode.HIDDEN_CHARACTER, named(hidden))
    elif isinstance(value, date | time) and _is_text(steps):
        yield Mistake(written(steps), MistakeCode.WRONG_TYPE, shown(value), ("text",))


def named(letter: str) -> str:
    """A character that is not seen, as U+202E."""
    return f"U+{ord(letter):04X}"


def _is_hidden(letter: str, steps: tuple[Step, ...]) -> bool:
    category = unicodedata.category(letter)
    return category in _HIDDEN and not (category == "Cc" and steps[-1] in _FRAMES)


def _is_text(steps: tuple[Step, ...]) -> bool:
    """Whether the model has a text at the place."""
    last = max(place for place, step in enumerate(steps) if isinstance(step, str))
    field = table_at(steps[:last]).model_fields.get(str(steps[last]))
    return field is not None and plain_types_of(field.annotation) == (str,)
