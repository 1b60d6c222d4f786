"""File of a centre's own printer profiles beside the configuration: `printer_profiles` names it.

It has the form of `config/model/printers.toml`. What a profile leaves out comes from the one that it names by `like`, our
`generic-80` otherwise. Each printer with such a model is given all its facts.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from config.errors import ConfigurationError, Mistake, MistakeCode
from config.findings import code_of, mistake_at, shown
from config.lines import line_of, lines_of
from config.model.printer_profile import PrinterProfile
from config.model.printers import model_names, own_facts, profile_names
from config.shape import as_json, nearest

_OWNERS: Final = ("kiosks", "counter_terminals")
_FACT: Final = ("value", "source")


def with_profiles(
    config: Path,
    data: dict[str, Any],
    read: Callable[[Path], str],
    parse: Callable[[Path, str], dict[str, Any]],
) -> dict[str, Any]:
    """The data of the configuration with the facts of its own profiles filled in. Raises ConfigurationError about their file."""
    named = data.get("printer_profiles")
    if not isinstance(named, str) or not named:
        return data
    file = config.parent / named
    text = read(file)
    own = parse(file, text)
    mistakes = tuple(mistake for name in own for mistake in _mistakes(name, own))
    if mistakes:
        lines = lines_of(text)
        raise ConfigurationError(file, tuple(_placed(mistake, lines) for mistake in mistakes))
    filled = deepcopy(data)
    for printer in _printers(filled):
        model = printer.get("model", printer.get("profile"))
        if model in own and "facts" not in printer:
            printer["facts"] = as_json(own_facts(model, own))
    return filled


def _mistakes(name: str, own: Mapping[str, Any]) -> Iterator[Mistake]:
    table = own[name]
    if not isinstance(table, dict):
        yield Mistake(name, MistakeCode.WRONG_TYPE, shown(table), ("table",))
        return
    unknown = list(_unknown_names(name, own))
    yield from unknown
    if unknown:
        return
    facts = own_facts(name, own)
    try:
        PrinterProfile.model_validate_json(as_json(facts), strict=True)
    except ValidationError as error:
        places: set[str] = set()
        for detail in error.errors(include_url=False):
            mistake = _mistake(name, dict(detail), facts)
            if mistake is not None and mistake.path not in places:
                places.add(mistake.path)
                yield mistake


def _unknown_names(name: str, own: Mapping[str, Any]) -> Iterator[Mistake]:
    """A profile to fall back on, or a model of the database, that is not there; one must not fall back on itself."""
    like, model = own[name].get("like"), own[name].get("model")
    others = tuple(dict.fromkeys((*profile_names(), *(each for each in own if each != name))))
    if like is not None and (like not in others or _is_circle(name, own)):
        yield Mistake(
            f"{name}.like", MistakeCode.UNKNOWN_NAME, shown(like), others, _near(like, others)
        )
    listed = tuple(each for each in model_names() if each not in profile_names())
    if model is not None and model not in listed:
        yield Mistake(
            f"{name}.model", MistakeCode.UNKNOWN_NAME, shown(model), listed, _near(model, listed)
        )


def _is_circle(name: str, own: Mapping[str, Any]) -> bool:
    seen, at = {name}, own[name].get("like")
    if at == name:
        return name not in profile_names()
    while isinstance(at, str) and isinstance(own.get(at), dict):
        if at in seen:
            return True
        seen.add(at)
        at = own[at].get("like")
    return False


def _mistake(name: str, detail: dict[str, Any], facts: Mapping[str, Any]) -> Mistake | None:
    steps = [str(step) for step in detail["loc"][:2]]
    place = ".".join((name, *steps))
    if code_of(detail["type"]) is MistakeCode.UNKNOWN_KEY:
        known = tuple(PrinterProfile.model_fields) if len(steps) == 1 else _FACT
        return Mistake(place, MistakeCode.UNKNOWN_KEY, steps[-1], known, _near(steps[-1], known))
    value: Any = facts.get(steps[0]) if steps else facts
    if len(steps) > 1 and isinstance(value, dict):
        value = value.get(steps[1])
    return mistake_at(place, detail, value)


def _printers(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for key in _OWNERS:
        programs = data.get(key)
        for program in programs if isinstance(programs, list) else ():
            if isinstance(program, dict) and isinstance(program.get("printer"), dict):
                yield program["printer"]


def _placed(mistake: Mistake, lines: Mapping[str, int]) -> Mistake:
    return Mistake(
        mistake.path,
        mistake.code,
        mistake.found,
        mistake.allowed,
        mistake.suggestion,
        line=line_of(lines, mistake.path),
    )


def _near(word: object, allowed: tuple[str, ...]) -> str:
    return nearest(word, allowed) if isinstance(word, str) else ""
