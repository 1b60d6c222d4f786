"""Parser of places inside a configuration file, such as `services[2].agency`, and overrides of values at a place."""

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any

from config.errors import Mistake, MistakeCode

Step = str | int

_STEP = re.compile(r"([A-Za-z0-9_-]+)|\[(\d+)\]")


def written(steps: Iterable[Step]) -> str:
    """The steps as people write them."""
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def steps_of(path: str) -> tuple[Step, ...]:
    """The steps of a written path."""
    return tuple(m[1] if m[1] else int(m[2]) for m in _STEP.finditer(path))


def at(data: object, steps: Iterable[Step]) -> Any:
    """What stands at the steps; raises LookupError where nothing stands."""
    place = data
    for step in steps:
        match place, step:
            case dict(), str():
                place = place[step]
            case list(), int():
                place = place[step]
            case _:
                raise LookupError(step)
    return place


def within(inner: str, outer: str) -> bool:
    """Whether one place is the other or lies inside it."""
    return inner == outer or inner.startswith((f"{outer}.", f"{outer}["))


def replaced(
    data: Mapping[str, Any], overrides: Mapping[str, object]
) -> tuple[dict[str, Any], tuple[Mistake, ...]]:
    """A copy of the data with each override put in its place, and the overrides that have no place."""
    changed = copy.deepcopy(dict(data))
    mistakes = []
    for path, value in overrides.items():
        try:
            _put(changed, path, value)
        except LookupError:
            mistakes.append(Mistake(path, MistakeCode.NO_SUCH_PLACE))
    return changed, tuple(mistakes)


def _put(data: dict[str, Any], path: str, value: object) -> None:
    steps = steps_of(path)
    if not steps or written(steps) != path:
        raise LookupError(path)
    way, last = steps[:-1], steps[-1]
    match at(data, way), last:
        case dict() as table, str():
            table[last] = value
        case list() as elements, int() if last < len(elements):
            elements[last] = value
        case _:
            raise LookupError(path)
