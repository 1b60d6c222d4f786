"""The plural categories of whole numbers, held against Babel's."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import plural_table

from plumbing.plurals import CATEGORIES, plural_categories, plural_category

NUMBERS = (*range(202), 1_000, 1_001, 100_000, 1_000_000)


@pytest.mark.slow
def test_the_table_is_the_one_that_babel_gives_today() -> None:
    assert plural_table.TABLE.read_text("utf-8") == plural_table.table()


@pytest.mark.slow
def test_every_language_has_babels_categories() -> None:
    babels: dict[frozenset[tuple[str, str]], list[str]] = {}
    for language in plural_table.languages():
        form = plural_table.rule_of(language)
        rules = frozenset(form.rules.items())
        # Many languages share their rules: Babel need not be asked again.
        if rules not in babels:
            babels[rules] = [form(n) for n in NUMBERS]
        assert [plural_category(language, n) for n in NUMBERS] == babels[rules], language


def test_the_categories_stand_in_the_order_of_cldr() -> None:
    assert plural_categories("en") == ("one", "other")
    assert plural_categories("pl") == ("one", "few", "many")
    assert plural_categories("ar") == CATEGORIES


def test_a_language_without_a_rule_has_one_form() -> None:
    assert plural_categories("x-none") == ("other",)
    assert plural_category("x-none", 1) == "other"


def test_a_negative_number_counts_like_its_amount() -> None:
    assert plural_category("en", -1) == "one"
