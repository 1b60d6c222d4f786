"""Holds the data of a file against the declaration: keys, types, limits. Says every mistake, in our own codes."""

import json
import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from pydantic import ValidationError
from rapidfuzz import fuzz, process

from config.anatomy import choices_of, table_at
from config.errors import Mistake, MistakeCode
from config.model import Installation
from config.paths import Step, at, written

_CODES = {
    "missing": MistakeCode.MISSING,
    "extra_forbidden": MistakeCode.UNKNOWN_KEY,
    "greater_than_equal": MistakeCode.OUT_OF_RANGE,
    "less_than_equal": MistakeCode.OUT_OF_RANGE,
    "string_too_short": MistakeCode.TEXT_LENGTH,
    "string_too_long": MistakeCode.TEXT_LENGTH,
    "too_short": MistakeCode.LIST_LENGTH,
    "too_long": MistakeCode.LIST_LENGTH,
    "string_pattern_mismatch": MistakeCode.PATTERN,
    "literal_error": MistakeCode.NOT_A_CHOICE,
    "union_tag_invalid": MistakeCode.NOT_A_CHOICE,
    "union_tag_not_found": MistakeCode.MISSING,
}
_TYPES = {
    "int": "integer",
    "string": "text",
    "bool": "boolean",
    "tuple": "list",
    "model": "table",
    "dict": "table",
    "time": "time",
    "date": "date",
    "float": "number",
}
_LIMITS = (("ge", "≥"), ("min_length", "≥"), ("le", "≤"), ("max_length", "≤"))
_SECRET = "token"


def accept(data: Mapping[str, Any]) -> Installation:
    """The installation that the data describes; raises pydantic's ValidationError."""
    return Installation.model_validate_json(as_json(data), strict=True)


def as_json(data: object) -> str:
    """TOML values as JSON: strict validation of JSON takes lists, dates and times as TOML means them."""
    return json.dumps(data, default=_plain)


def mistakes_of(error: ValidationError, data: Mapping[str, Any]) -> tuple[Mistake, ...]:
    """Each of pydantic's findings as a mistake at a place of the file."""
    details = error.errors(include_url=False)
    mistakes = (_mistake(dict(detail), data) for detail in details)
    return tuple(m for m in mistakes if m is not None)


def nearest(word: str, allowed: tuple[str, ...]) -> str:
    """The allowed word that was probably meant, or nothing."""
    best = process.extractOne(word, allowed, scorer=fuzz.ratio, score_cutoff=60)
    return best[0] if best else ""


def shown(value: object, *, secret: bool = False) -> str:
    """What a letter may tell of a value: no secret, no contents of a table or list."""
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
            return json.dumps(value if len(value) <= 60 else value[:59] + "…", ensure_ascii=False)
        case _:
            return str(value)


def _mistake(detail: dict[str, Any], data: Mapping[str, Any]) -> Mistake | None:
    steps = _steps_in(data, detail["loc"])
    kind, context = detail["type"], detail.get("ctx", {})
    code = _CODES.get(kind)
    if code is MistakeCode.UNKNOWN_KEY:
        known = tuple(table_at(detail["loc"][:-1]).model_fields)
        key = str(steps[-1])
        return Mistake(written(steps), code, key, known, nearest(key, known))
    if code is MistakeCode.MISSING:
        tag = (context["discriminator"].strip("'"),) if "discriminator" in context else ()
        return Mistake(written((*steps, *tag)), code)
    if code is MistakeCode.NOT_A_CHOICE:
        return _choice(steps, detail, data)
    value = _value_at(data, steps)
    found = shown(value, secret=steps[-1:] == (_SECRET,))
    if code is MistakeCode.LIST_LENGTH and not isinstance(value, list):
        code = MistakeCode.TEXT_LENGTH  # pydantic speaks so of a secret text.
    if code is MistakeCode.LIST_LENGTH:
        if len(value) != context["actual_length"]:
            return None  # Elements are counted only when they are right; theirs are mistakes of their own.
        found = str(len(value))
    if code is MistakeCode.PATTERN:
        return Mistake(written(steps), code, found, (context["pattern"],))
    if code is not None:
        limits = tuple(f"{sign} {context[k]}" for k, sign in _LIMITS if k in context)
        return Mistake(written(steps), code, found, limits)
    wanted = _TYPES.get(kind.split("_")[0])
    if wanted:
        return Mistake(written(steps), MistakeCode.WRONG_TYPE, found, (wanted,))
    return Mistake(written(steps), MistakeCode.INVALID, found, (kind,))


def _choice(steps: tuple[Step, ...], detail: dict[str, Any], data: Mapping[str, Any]) -> Mistake:
    context = detail["ctx"]
    if "discriminator" in context:
        steps = (*steps, context["discriminator"].strip("'"))
        allowed = tuple(re.findall(r"'([^']*)'", context["expected_tags"]))
    else:
        table = table_at(detail["loc"])
        field = next(s for s in reversed(steps) if isinstance(s, str))
        allowed = choices_of(table.model_fields[field].annotation)
    value = _value_at(data, steps)
    guess = nearest(value, allowed) if isinstance(value, str) else ""
    return Mistake(written(steps), MistakeCode.NOT_A_CHOICE, shown(value), allowed, guess)


def _steps_in(data: Mapping[str, Any], location: tuple[Step, ...]) -> tuple[Step, ...]:
    """The location without the tags of choices that pydantic writes into it but nobody into a file."""
    steps: tuple[Step, ...] = ()
    place: Any = data
    for i, step in enumerate(location):
        inside = isinstance(place, dict) and step in place
        if isinstance(step, str) and not inside and i < len(location) - 1:
            continue
        steps = (*steps, step)
        place = _value_at(place, (step,))
    return steps


def _value_at(data: object, steps: tuple[Step, ...]) -> Any:
    try:
        return at(data, steps)
    except LookupError:
        return None


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | time) else str(value)
