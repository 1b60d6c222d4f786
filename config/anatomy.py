"""Introspection of the model: which tables, lists and choices stand behind the annotation of a field."""

import types
from collections.abc import Sequence
from enum import Enum
from typing import Annotated, Any, Literal, get_args, get_origin

from config.model.base import Declared
from config.model.installation import Installation


def tables_of(annotation: object) -> tuple[type[Declared], ...]:
    """Every declared table that may stand where the annotation is written."""
    if isinstance(annotation, type) and issubclass(annotation, Declared):
        return (annotation,)
    if get_origin(annotation) is Literal:
        return ()
    found: list[type[Declared]] = []
    for part in _parts(annotation):
        found += tables_of(part)
    return tuple(dict.fromkeys(found))


def is_list(annotation: object) -> bool:
    """Whether a TOML array is written there."""
    return list_depth(annotation) > 0


def list_depth(annotation: object) -> int:
    """How many TOML arrays are written inside each other there."""
    if get_origin(annotation) is Literal:
        return 0
    inner = max((list_depth(part) for part in _parts(annotation)), default=0)
    return inner + 1 if get_origin(annotation) is tuple else inner


def choices_of(annotation: object) -> tuple[str, ...]:
    """The words or numbers of a choice; () where anything may stand."""
    if get_origin(annotation) is Literal:
        return tuple(str(choice) for choice in get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return tuple(f"{choice.value:g}" for choice in annotation)
    return tuple(choice for part in _parts(annotation) for choice in choices_of(part))


def plain_types_of(annotation: object) -> tuple[type, ...]:
    """The types of single values behind the annotation: numbers, text, times."""
    if isinstance(annotation, type) and not get_args(annotation):
        return () if annotation is types.NoneType else (annotation,)
    if get_origin(annotation) is Literal:
        return ()
    return tuple(dict.fromkeys(t for part in _parts(annotation) for t in plain_types_of(part)))


def table_at(location: Sequence[str | int], root: type[Declared] = Installation) -> type[Declared]:
    """The table in which a location of pydantic's validation errors ends; tags of choices are part of a location."""
    table = root
    candidates: tuple[type[Declared], ...] = (root,)
    for step in location:
        if isinstance(step, int):
            continue
        if step in table.model_fields:
            candidates = tables_of(table.model_fields[step].annotation)
        else:
            candidates = tuple(c for c in candidates if step in _tags(c))
        table = candidates[0] if candidates else table
    return table


def _tags(table: type[Declared]) -> tuple[str, ...]:
    fields = table.model_fields.values()
    return tuple(tag for field in fields for tag in choices_of(field.annotation))


def _parts(annotation: object) -> tuple[Any, ...]:
    parts = get_args(annotation)
    return parts[:1] if get_origin(annotation) is Annotated else parts
