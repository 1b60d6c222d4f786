"""Every sentence of the kiosk, by language. `vi` is the house language, `en` is complete."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final

LANGUAGES: Final = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Texts:
    """The sentences of one language by dotted key."""

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


def load_texts(language: str) -> Texts:
    """Read the sentences of a language from the package."""
    source = resources.files(__package__).joinpath(f"{language}.toml").read_text("utf-8")
    return Texts(language, _flat(tomllib.loads(source)))


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    entries: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            entries |= _flat(value, f"{prefix}{key}.")
        else:
            entries[f"{prefix}{key}"] = str(value)
    return entries
