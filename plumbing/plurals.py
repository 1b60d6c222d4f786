"""Plural categories of whole numbers (CLDR): one, few, other …, by a table that is generated from Babel's data.

`plurals.toml` is written by `python tests/plumbing/plural_table.py`; the product itself does not import Babel. Source:
Unicode CLDR, supplemental/plurals.xml, and UTS #35 part 3, "Language Plural Rules".
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")
"""All that CLDR knows, in the order in which sentences list their forms."""

_RELATION: Final = re.compile(r"([a-z])(?: mod (\d+))?( not)? in ([\d.,]+)")


def plural_categories(language: str) -> tuple[str, ...]:
    """The categories that whole numbers have in a language; a language without a rule has only `other`."""
    return tuple(_rules(language))


@cache
def plural_category(language: str, number: int) -> str:
    """The category of a whole number."""
    rules = _rules(language)
    matching = (name for name, rule in rules.items() if rule and _holds(rule, abs(number)))
    return next(matching, "other")


def _holds(rule: str, number: int) -> bool:
    return any(
        all(_relates(relation, number) for relation in alternative.split(" and "))
        for alternative in rule.split(" or ")
    )


def _relates(relation: str, number: int) -> bool:
    """Whether one relation such as `i mod 10 in 2..4` holds. Operands of decimals are 0: numbers here are whole."""
    match = _RELATION.fullmatch(relation)
    if match is None:
        raise ValueError(relation)
    operand, modulus, negated, ranges = match.groups()
    value = number if operand in "ni" else 0
    if modulus:
        value %= int(modulus)
    return _is_in(value, ranges) != bool(negated)


def _is_in(value: int, ranges: str) -> bool:
    bounds = (part.split("..") for part in ranges.split(","))
    return any(int(bound[0]) <= value <= int(bound[-1]) for bound in bounds)


@cache
def _rules(language: str) -> Mapping[str, str]:
    """The rule of each category of a language, in the order of CATEGORIES; `other` has an empty one."""
    for group in _groups():
        if language in group["languages"]:
            return {name: group[name] for name in CATEGORIES if name in group}
    return {"other": ""}


@cache
def _groups() -> list[dict[str, Any]]:
    """Languages that share their rules."""
    source = resources.files("plumbing").joinpath("plurals.toml").read_text("utf-8")
    groups: list[dict[str, Any]] = tomllib.loads(source)["groups"]
    return groups
