"""Generator of the reference of every setting, docs/configuration.md, from the model: `python -m config.reference`."""

import re
import sys
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from config.anatomy import choices_of, is_list, list_depth, plain_types_of, tables_of
from config.model import Installation
from config.model.base import Declared
from plumbing.sentences import Sentences, load_sentences

_INTRODUCTION = """\
# Configuration

<!-- Written by `python -m config.reference` from config/model. Change the model, not this page. -->

One TOML file describes one installation. `config/examples/centre.toml` is a real hall,
`config/examples/demo.toml` a small one with simulated devices. `centerfloor config check FILE` reads a
file and answers with one letter that names all its mistakes.

* A setting without a default must be written. An unknown setting is a mistake.
* `services[]` means each `[[services]]` of the file; places are counted from 0 in letters: `services[2].agency`.
* A name is `names = { vi = "…", en = "…" }`; where a language is left out, the first one is shown. `name = "…"` and
  `name_en = "…"` are read as `names.vi` and `names.en`.
* Names in references (`agency = "justice"`) are the `id` or `name` given elsewhere in the file.
* Also held against each other: names given twice, references to nothing, number bands of one prefix that
  overlap, sessions that overlap, services that no counter takes, numbers too long for a sign, wires with two owners.
* A file that can be used may still get advice: published secrets, services that the catalogue lacks, slow pictures; and,
  for the machine on which it is checked, pictures of slips and files of `[hub.tls]` that are missing, cannot be read,
  are no picture, certificate or key, do not belong together, or have run out.
"""
_KINDS: dict[object, str] = {
    int: "whole number",
    str: "text",
    SecretStr: "secret text",
    bool: "true or false",
    time: "time",
    date: "date",
}
_LIMITS = (("ge", "min_length"), ("le", "max_length"), ("pattern",))


def reference() -> str:
    """The whole page."""
    words = load_sentences("config", "en")
    sections = [_section(table, places, words) for table, places in _places().items()]
    return "\n".join([_INTRODUCTION, *sections])


def _places() -> dict[type[Declared], list[str]]:
    """Every table of the model with the places where it may stand, from the outside in."""
    found: dict[type[Declared], list[str]] = {Installation: [""]}
    waiting: list[tuple[type[Declared], str]] = [(Installation, "")]
    while waiting:
        table, place = waiting.pop(0)
        for name, field in table.model_fields.items():
            inner = f"{place}.{name}" if place else name
            inner += "[]" if is_list(field.annotation) else ""
            for part in tables_of(field.annotation):
                found.setdefault(part, []).append(inner)
                waiting.append((part, inner))
    return dict(sorted(found.items(), key=lambda item: _rank(item[1][0])))


def _rank(place: str) -> tuple[int, str]:
    """Tables stand in the order of the file, inner ones after theirs."""
    outer = re.split(r"[.\[]", place)[0]
    order = list(Installation.model_fields)
    return (order.index(outer) + 1 if outer else 0, place)


def _section(table: type[Declared], places: list[str], words: Sentences) -> str:
    title = ", ".join(f"`{place}`" for place in places) if places[0] else "The file"
    title += "".join(f", {tag}" for tag in _tags(table))
    doc = " ".join((table.__doc__ or "").split())
    rows = [_row(name, field, words) for name, field in table.model_fields.items()]
    head = ["| Setting | Value | Default | Meaning |", "| --- | --- | --- | --- |"]
    return "\n".join([f"## {title}", "", doc, "", *head, *rows, ""])


def _row(name: str, field: FieldInfo, words: Sentences) -> str:
    value = "; ".join([_kind(field), *_limits(field, words)])
    return f"| `{name}` | {value} | {_default(field)} | {field.description or ''} |"


def _kind(field: FieldInfo) -> str:
    tables = tables_of(field.annotation)
    if tables:
        return "list of tables" if is_list(field.annotation) else "table"
    choices = choices_of(field.annotation)
    kind = ", ".join(f"`{choice}`" for choice in choices)
    kind = kind or " or ".join(_KINDS[t] for t in plain_types_of(field.annotation))
    return f"{'list of ' * list_depth(field.annotation)}{kind}"


def _limits(field: FieldInfo, words: Sentences) -> Iterator[str]:
    unit = "" if int in plain_types_of(field.annotation) else " entries"
    unit = unit if is_list(field.annotation) or not unit else " characters"
    least, most, pattern = (_limit(field, keys) for keys in _LIMITS)
    if least is not None and most is not None:
        yield f"{least} to {most}{unit}"
    elif least is not None:
        yield f"{least}{unit or ''} or more"
    elif most is not None:
        yield f"{most}{unit} at most"
    if pattern is not None:
        yield words.say(f"patterns.{pattern}")


def _limit(field: FieldInfo, keys: tuple[str, ...]) -> object:
    values = (getattr(limit, key, None) for limit in field.metadata for key in keys)
    return next((value for value in values if value is not None), None)


def _tags(table: type[Declared]) -> Iterator[str]:
    """The tags that distinguish this table from others in its place."""
    for name, field in table.model_fields.items():
        choices = choices_of(field.annotation)
        if field.is_required() and len(choices) == 1:
            yield f'`{name} = "{choices[0]}"`'


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, Declared):
        return "its defaults"
    return "none" if value is None else f"`{_toml(value)}`"


def _toml(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + value.replace("\r", "\\r").replace("\n", "\\n") + '"'
        case tuple():
            return "[" + ", ".join(_toml(part) for part in value) + "]"
        case _:
            return str(value)


if __name__ == "__main__":
    sys.stdout.write(reference())
