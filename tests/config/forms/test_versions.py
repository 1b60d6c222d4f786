"""Which template is in force on a day."""

from datetime import date
from pathlib import Path

import pytest

from config.forms.versions import (
    FORMS,
    Template,
    shipped_templates,
    template_in_force,
    template_named,
)

OLD, NEW = date(2018, 11, 23), date(2025, 9, 15)


def test_every_form_comes_along_in_both_sets() -> None:
    assert {(each.form, each.since) for each in shipped_templates()} == {
        (form, since) for form in FORMS for since in (OLD, NEW)
    }


@pytest.mark.parametrize(
    ("day", "since"),
    [(date(2017, 1, 1), OLD), (OLD, OLD), (date(2025, 9, 14), OLD), (NEW, NEW), (date(2030, 1, 1), NEW)],
)  # fmt: skip
def test_a_form_counts_from_its_day_on(day, since) -> None:
    assert template_in_force("appointment", day).since == since


def test_the_newest_template_counts_and_of_one_day_the_centres_own() -> None:
    own = [Template("appointment", each, Path("x"), True) for each in (OLD, date(2025, 1, 1), NEW)]
    for day, since, is_own in (
        (date(2018, 11, 22), OLD, False),
        (date(2024, 1, 1), OLD, True),
        (date(2025, 9, 14), date(2025, 1, 1), True),
        (NEW, NEW, True),
    ):
        found = template_in_force("appointment", day, own)
        assert (found.since, found.is_own) == (since, is_own)
    assert not template_in_force("appointment", NEW, own[:2]).is_own, "a new set replaces the old"


@pytest.mark.parametrize(
    "name", ["common.typ", "appointment.typ", "appointment.2025-13-01.typ", "other.2025-09-15.typ", "appointment.2025-09-15.txt"],
)  # fmt: skip
def test_any_other_name_is_not_a_template(name) -> None:
    assert template_named(Path(name), is_own=True) is None
