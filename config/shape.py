"""Validation of a file's data against the model: keys, types, limits; every error comes with a code of ours."""

import json
import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from pydantic import ValidationError

from config.anatomy import choices_of, table_at
from config.errors import Mistake, MistakeCode
from config.findings import code_of, mistake_at, shown
from config.model import Installation
from config.model.base import Declared
from config.model.names import SHORT_FORMS, Named
from config.paths import Step, at, written

_SECRETS = ("token", "key")


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
    from rapidfuzz import fuzz, process  # only a mistake needs it

    best = process.extractOne(word, allowed, scorer=fuzz.ratio, score_cutoff=60)
    return best[0] if best else ""


def _mistake(detail: dict[str, Any], data: Mapping[str, Any]) -> Mistake | None:
    steps = _steps_in(data, detail["loc"])
    context = detail.get("ctx", {})
    code = code_of(detail["type"])
    if code is MistakeCode.UNKNOWN_KEY:
        table = table_at(detail["loc"][:-1])
        key = str(steps[-1])
        known = (*table.model_fields, *_short_forms(table, key))
        return Mistake(written(steps), code, key, known, nearest(key, known))
    if code is MistakeCode.MISSING:
        tag = (context["discriminator"].strip("'"),) if "discriminator" in context else ()
        return Mistake(written((*steps, *tag)), code)
    if code is MistakeCode.NOT_A_CHOICE:
        return _choice(steps, detail, data)
    secret = bool(steps) and steps[-1] in _SECRETS
    return mistake_at(written(steps), detail, _value_at(data, steps), secret=secret)


def _short_forms(table: type[Declared], key: str) -> tuple[str, ...]:
    """The keys that may stand beside the fields of a table; one that is unknown stands beside `names` itself."""
    if not issubclass(table, Named):
        return ()
    return tuple(short for short in SHORT_FORMS if short != key)


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
    """The location without the tags of choices, which pydantic adds and no file contains."""
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
