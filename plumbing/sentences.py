"""The sentences of a package in one language: `texts/<language>.toml` read into dotted keys with placeholders."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

LANGUAGES: Final = ("vi", "en")
"""The house language first; every other one is complete too."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """What a program says to people, by dotted key."""

    language: str
    entries: Mapping[str, str]

    def say(self, key: str, **data: object) -> str:
        """The sentence with its placeholders filled."""
        return self.entries[key].format_map(data)

    def say_code(self, area: str, code: str, data: Mapping[str, str | int]) -> str:
        """The sentence for a code from outside; an unknown code, or one without its data, gets the area's `other`."""
        sentence = self.entries.get(f"{area}.{code}")
        if sentence is not None:
            try:
                return sentence.format_map(data)
            except KeyError:
                pass
        return self.entries[f"{area}.other"].format_map({"code": code})

    def has(self, key: str) -> bool:
        """Whether there is a sentence of this key."""
        return key in self.entries


@cache
def load_sentences(package: str, language: str) -> Sentences:
    """Read `texts/<language>.toml` of a package, once for a process."""
    source = resources.files(package).joinpath("texts", f"{language}.toml").read_text("utf-8")
    return Sentences(language, _flat(tomllib.loads(source)))


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    entries: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            entries |= _flat(value, f"{prefix}{key}.")
        else:
            entries[f"{prefix}{key}"] = str(value)
    return entries
