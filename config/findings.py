"""Maps pydantic's validation errors to our own codes, for the configuration and the catalogue."""

import json
from collections.abc import Mapping
from typing import Any, Final

from config.errors import Mistake, MistakeCode

_CODES: Final = {
    "missing": MistakeCode.MISSING,
    "extra_forbidden": MistakeCode.UNKNOWN_KEY,
    "greater_than": MistakeCode.OUT_OF_RANGE,
    "greater_than_equal": MistakeCode.OUT_OF_RANGE,
    "less_than": MistakeCode.OUT_OF_RANGE,
    "less_than_equal": MistakeCode.OUT_OF_RANGE,
    "string_too_short": MistakeCode.TEXT_LENGTH,
    "string_too_long": MistakeCode.TEXT_LENGTH,
    "too_short": MistakeCode.LIST_LENGTH,
    "too_long": MistakeCode.LIST_LENGTH,
    "string_pattern_mismatch": MistakeCode.PATTERN,
    "enum": MistakeCode.NOT_A_CHOICE,
    "literal_error": MistakeCode.NOT_A_CHOICE,
    "union_tag_invalid": MistakeCode.NOT_A_CHOICE,
    "union_tag_not_found": MistakeCode.MISSING,
}
_TYPES: Final = {
    "int": "integer",
    "string": "text",
    "bool": "boolean",
    "tuple": "list",
    "list": "list",
    "model": "table",
    "dict": "table",
    "time": "time",
    "date": "date",
    "float": "number",
}
_LIMITS: Final = (
    ("gt", ">"),
    ("ge", "≥"),
    ("min_length", "≥"),
    ("lt", "<"),
    ("le", "≤"),
    ("max_length", "≤"),
)
_LONGEST: Final = 60


def code_of(kind: str) -> MistakeCode | None:
    """Our code for a type of pydantic's validation errors; None for a wrong type and for one without a code of ours."""
    return _CODES.get(kind)


def mistake_at(
    place: str, detail: Mapping[str, Any], value: object, *, secret: bool = False
) -> Mistake | None:
    """The mistake in the value at a place.

    None for a list that is called too short only because its elements are wrong: theirs are mistakes of their own.
    """
    kind, context = detail["type"], detail.get("ctx", {})
    code, found = code_of(kind), shown(value, secret=secret)
    if code is MistakeCode.LIST_LENGTH and not isinstance(value, list | tuple):
        code = MistakeCode.TEXT_LENGTH  # pydantic reports a secret text like this.
    if code is MistakeCode.LIST_LENGTH and isinstance(value, list | tuple):
        if len(value) != context["actual_length"]:
            return None
        found = str(len(value))
    if code is MistakeCode.MISSING:
        return Mistake(place, code)
    if code is MistakeCode.PATTERN:
        return Mistake(place, code, found, (context["pattern"],))
    if code is MistakeCode.NOT_A_CHOICE:
        return Mistake(place, code, found, (context["expected"],))
    if code is not None:
        limits = tuple(f"{sign} {context[key]}" for key, sign in _LIMITS if key in context)
        return Mistake(place, code, found, limits)
    if wanted := _TYPES.get(kind.split("_")[0]):
        return Mistake(place, MistakeCode.WRONG_TYPE, found, (wanted,))
    return Mistake(place, MistakeCode.INVALID, found, (kind,))


def shown(value: object, *, secret: bool = False) -> str:
    """A value as a letter may show it: no secret, no contents of a table or list."""
    if secret:
        return "•••"
    match value:
        case dict():
            return "{…}"
        case list() | tuple():
            return "[…]"
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(_short(value), ensure_ascii=False)
        case None:
            return "null"
        case _:
            return _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
