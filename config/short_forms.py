"""Short forms of a file (`name`, `name_en`) parsed into the tables of the model, and places of mistakes written back.

Works on the data of the file, before it is validated: a validator inside the model would lose that the data is JSON.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from config.anatomy import tables_of
from config.errors import Mistake
from config.model import Installation
from config.model.base import Declared
from config.model.names import SHORT_FORMS, Named
from config.paths import at, steps_of, written


def without_short_forms(
    data: Mapping[str, Any], table: type[Declared] = Installation
) -> dict[str, Any]:
    """The data with `names` wherever a table has `name` or `name_en` in its place."""
    plain = {
        key: _inside(value, tables_of(table.model_fields[key].annotation))
        if key in table.model_fields
        else value
        for key, value in data.items()
    }
    return _with_names(plain) if issubclass(table, Named) else plain


def as_written(mistake: Mistake, data: Mapping[str, Any]) -> Mistake:
    """The mistake with the keys that stand in the file: `services[2].name` for `services[2].names.vi`."""
    path, other = _place_as_written(mistake.path, data), _place_as_written(mistake.other, data)
    return replace(mistake, path=path, other=other)


def _place_as_written(place: str, data: Mapping[str, Any]) -> str:
    steps = steps_of(place)
    if steps[-2:-1] != ("names",) or written(steps) != place:
        return place
    try:
        table = at(data, steps[:-2])
    except LookupError:
        return place
    short = next((key for key, language in SHORT_FORMS.items() if language == steps[-1]), None)
    if short is None or not isinstance(table, dict) or "names" in table:
        return place
    return written((*steps[:-2], short))


def _inside(value: object, tables: tuple[type[Declared], ...]) -> object:
    """What stands in a field; a field that may hold several tables has no names in them."""
    if len(tables) != 1:
        return value
    if isinstance(value, dict):
        return without_short_forms(value, tables[0])
    if isinstance(value, list):
        return [_inside(element, tables) for element in value]
    return value


def _with_names(values: dict[str, Any]) -> dict[str, Any]:
    """A table that writes `names` keeps its short forms: they are unknown keys there."""
    if "names" in values or not SHORT_FORMS.keys() & values.keys():
        return values
    names = {language: values[key] for key, language in SHORT_FORMS.items() if key in values}
    rest = {key: value for key, value in values.items() if key not in SHORT_FORMS}
    return {"names": names} | rest
