"""Lenient parser of a mistaken file: it keeps the valid values, so that names can still be checked against each other.

A draft is never handed out: it only serves to name further mistakes in the same letter.
"""

from datetime import date, time
from typing import Annotated, Any, TypeVar, cast, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from config.anatomy import choices_of, is_list, tables_of
from config.model.base import Declared
from config.shape import as_json

T = TypeVar("T", bound=Declared)


def draft(table: type[T], raw: object) -> T:
    """The table with each value that is right, and something empty where a value is wrong."""
    values = raw if isinstance(raw, dict) else {}
    fields = {name: _value(field, values, name) for name, field in table.model_fields.items()}
    return cast("T", table.model_construct(**fields))


def _value(field: FieldInfo, values: dict[str, Any], name: str) -> Any:
    if name not in values and not field.is_required():
        return field.get_default(call_default_factory=True)
    raw = values.get(name)
    kind: Any = Annotated[field.annotation, field]
    try:
        return TypeAdapter[Any](kind).validate_json(as_json(raw), strict=True)
    except ValidationError:
        return _repaired(field, raw)


def _repaired(field: FieldInfo, raw: object) -> Any:
    tables = tables_of(field.annotation)
    if tables and is_list(field.annotation) and isinstance(raw, list):
        return tuple(draft(_meant(tables, element), element) for element in raw)
    if tables and not is_list(field.annotation) and isinstance(raw, dict):
        return draft(_meant(tables, raw), raw)
    if not field.is_required():
        return field.get_default(call_default_factory=True)
    return draft(tables[0], {}) if tables and not is_list(field.annotation) else _empty(field)


def _meant(tables: tuple[type[Declared], ...], raw: object) -> type[Declared]:
    """The table with the tag of the raw one, else the first."""
    words = {v for v in raw.values() if isinstance(v, str)} if isinstance(raw, dict) else set()
    for table in tables:
        tags = {
            c
            for f in table.model_fields.values()
            if f.is_required()
            for c in choices_of(f.annotation)
        }
        if tags & words:
            return table
    return tables[0]


def _empty(field: FieldInfo) -> Any:
    """An empty value in the type of the field; the checks ignore an empty name."""
    kind = field.annotation
    if get_origin(kind) is tuple:
        return ()
    blanks: dict[object, Any] = {int: 0, time: time(0), date: date.min}
    return blanks.get(kind, "")
