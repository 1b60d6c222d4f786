"""Internationalisation (i18n): the sentences of a package in one language, with placeholders and plural forms.

`texts/<language>.toml` of the package is read into dotted keys. `{minutes}` is a placeholder; `{minutes:minute|minutes}`
chooses a form by the number, in the order of the language's plural categories (`plumbing.plurals`): in English `one|other`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Formatter
from typing import Final

from plumbing.plurals import plural_categories, plural_category

FORMS: Final = "|"
"""Between the plural forms of a placeholder."""
_THOUSANDS: Final = re.compile(r"[.,\u00a0](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one language by dotted key, as they stand in the file."""

    language: str
    entries: Mapping[str, str]

    def say(self, key: str, /, **data: object) -> str:
        """The sentence with its placeholders filled; raises KeyError for an unknown key and for missing data."""
        return self._filled(self.entries[key], data)

    def say_code(self, area: str, code: str, data: Mapping[str, str | int]) -> str:
        """The sentence for a code from outside; an unknown code, or one without its data, gets the area's `other`."""
        sentence = self.entries.get(f"{area}.{code}")
        if sentence is not None:
            try:
                return self._filled(sentence, data)
            except KeyError:
                pass
        return self._filled(self.entries[f"{area}.other"], {"code": code})

    def has(self, key: str) -> bool:
        """Whether there is a sentence of this key."""
        return key in self.entries

    def _filled(self, sentence: str, data: Mapping[str, object]) -> str:
        if FORMS not in sentence:
            return sentence.format_map(data)
        return _PluralFormatter(self.language).vformat(sentence, (), data)


class _PluralFormatter(Formatter):
    """Formatter of the standard library that takes a specification with `|` for plural forms."""

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: object, format_spec: str) -> str:
        if FORMS not in format_spec:
            return str(super().format_field(value, format_spec))
        forms = format_spec.split(FORMS)
        categories = plural_categories(self._language)
        number = _whole(value)
        category = categories[-1] if number is None else plural_category(self._language, number)
        return forms[min(categories.index(category), len(forms) - 1)]


def _whole(value: object) -> int | None:
    """The whole number that a value is or shows; None for anything else, which takes the last form."""
    if isinstance(value, int):
        return value
    digits = _THOUSANDS.sub("", str(value))
    return int(digits) if digits.isdecimal() else None


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
