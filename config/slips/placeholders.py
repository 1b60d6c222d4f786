"""Placeholders of each slip, with an example of each, parsed from `placeholders.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from config.model.slips import SlipName


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What is filled in: its meaning in English and an example."""

    meaning: str
    sample: str


Named = Mapping[str, Placeholder]


@dataclass(frozen=True, slots=True)
class SlipContents:
    """The contents that a slip may have: single values, and lists with the values of their entries."""

    values: Named
    lists: Mapping[str, Named]

    def samples(self) -> dict[str, str]:
        """An example of every single value."""
        return {name: placeholder.sample for name, placeholder in self.values.items()}

    def sample_lists(self) -> dict[str, list[dict[str, str]]]:
        """Every list with one example of an entry."""
        return {
            name: [{key: placeholder.sample for key, placeholder in entry.items()}]
            for name, entry in self.lists.items()
        }


@cache
def contents() -> Mapping[SlipName, SlipContents]:
    """The contents of each slip, cached after the first call."""
    source = resources.files("config.slips").joinpath("placeholders.toml").read_text("utf-8")
    tables: dict[str, Any] = tomllib.loads(source)
    every = _named(tables.pop("every"))
    return {name: _contents(table, every) for name, table in tables.items()}  # type: ignore[misc]  # a test compares the names with SlipName


def _contents(table: dict[str, Any], every: Named) -> SlipContents:
    lists = table.pop("lists", {})
    return SlipContents(
        {**every, **_named(table)}, {name: _named(entry) for name, entry in lists.items()}
    )


def _named(table: Mapping[str, Mapping[str, str]]) -> Named:
    return {name: Placeholder(entry["is"], entry["sample"]) for name, entry in table.items()}
