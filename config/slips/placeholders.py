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
    """What is filled in: its meaning in English and an example.

    It is empty wherever one of `instead_of` is not; `is_seldom` is whether most slips go without it.
    """

    meaning: str
    sample: str
    instead_of: tuple[str, ...] = ()
    is_seldom: bool = False


Named = Mapping[str, Placeholder]


@dataclass(frozen=True, slots=True)
class SlipContents:
    """The contents that a slip may have: single values, and lists with the values of their entries."""

    values: Named
    lists: Mapping[str, Named]

    def samples(self) -> dict[str, str]:
        """An example of every single value."""
        return {name: placeholder.sample for name, placeholder in self.values.items()}

    def example(self) -> dict[str, str]:
        """What one slip has: of placeholders that exclude each other the usual one."""
        return _usual(self.values)

    def example_lists(self) -> dict[str, list[dict[str, str]]]:
        """Every list with an entry for each kind of it."""
        return {
            name: [_usual(entry), *(_other(entry, key) for key in entry if entry[key].instead_of)]
            for name, entry in self.lists.items()
        }

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


def _named(table: Mapping[str, Mapping[str, Any]]) -> Named:
    return {
        name: Placeholder(
            entry["is"],
            entry["sample"],
            tuple(entry.get("instead_of", ())),
            entry.get("seldom", False),
        )
        for name, entry in table.items()
    }


def _usual(named: Named) -> dict[str, str]:
    return {
        name: "" if each.instead_of or each.is_seldom else each.sample
        for name, each in named.items()
    }


def _other(named: Named, chosen: str) -> dict[str, str]:
    """An entry of the other kind: this placeholder and nothing beside it."""
    return {name: each.sample if name == chosen else "" for name, each in named.items()}
