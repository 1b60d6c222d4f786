"""Writes plumbing/plurals.toml from Babel's CLDR data: `python tests/plumbing/plural_table.py`."""

import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from babel import Locale
from babel.localedata import locale_identifiers

TABLE = Path(__file__).parents[2] / "plumbing" / "plurals.toml"
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
NUMBERS = tuple(chain(range(1_100), range(10_000, 101_000, 1_000), (1_000_000, 2_000_000)))
"""Enough whole numbers to meet every category of every language."""

HEAD = """\
# Plural categories of whole numbers by language, from CLDR. Written by tests/plumbing/plural_table.py; do not edit.
# A category that only decimals have is left out. Languages that are not here have one form, `other`.
"""


def languages() -> list[str]:
    """Every language that Babel knows, without territories and scripts."""
    return sorted(name for name in locale_identifiers() if "_" not in name)


def used_categories(language: str, numbers: Iterable[int] = NUMBERS) -> tuple[str, ...]:
    """The categories that whole numbers have in a language."""
    form = Locale(language).plural_form
    met = {form(number) for number in numbers}
    return tuple(name for name in CATEGORIES if name in met)


def table() -> str:
    """The whole file."""
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for language in languages():
        rules = Locale(language).plural_form.rules
        used = tuple((name, rules.get(name, "")) for name in used_categories(language))
        if used != (("other", ""),):
            groups.setdefault(used, []).append(language)
    return "\n".join([HEAD, *(_group(*each) for each in sorted(groups.items()))])


def _group(rules: tuple[tuple[str, str], ...], names: list[str]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    lines = [
        "[[groups]]",
        f"languages = [{listed}]",
        *(f'{name} = "{rule}"' for name, rule in rules),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
    sys.stdout.write(f"{TABLE}\n")
