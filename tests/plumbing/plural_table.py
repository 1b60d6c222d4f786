"""Writes plumbing/plurals.toml from Babel's CLDR data: `python tests/plumbing/plural_table.py`."""

import sys
from functools import cache
from itertools import chain
from pathlib import Path

from babel.localedata import load, locale_identifiers
from babel.plural import PluralRule

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


@cache
def rule_of(language: str) -> PluralRule:
    """Babel's rule of a language. What it inherits has no rule, and to merge it takes ten times as long."""
    rule: PluralRule = load(language, merge_inherited=False).get("plural_form", PluralRule({}))
    return rule


@cache
def used_categories(rules: frozenset[tuple[str, str]]) -> tuple[str, ...]:
    """The categories that whole numbers have by these rules, which many languages share."""
    form = PluralRule(dict(rules))
    met = {form(number) for number in NUMBERS}
    return tuple(name for name in CATEGORIES if name in met)


def table() -> str:
    """The whole file."""
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for language in languages():
        rules = rule_of(language).rules
        used = tuple(
            (name, rules.get(name, "")) for name in used_categories(frozenset(rules.items()))
        )
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
