"""Rule sets by effective date."""

from datetime import date

import pytest

from service_floor.dossiers.life.rule_sets import PaperForm, RuleSet, rules_named, rules_on


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2014-01-01", "2015"),
        ("2015-05-15", "2015"),
        ("2018-11-22", "2015"),
        ("2018-11-23", "2018"),
        ("2025-09-14", "2018"),
        ("2025-09-15", "2025"),
        ("2030-01-01", "2025"),
    ],
)
def test_the_rules_of_a_day(day: str, name: str) -> None:
    assert rules_on(date.fromisoformat(day)).name == name


def test_the_numbers_of_the_forms() -> None:
    control = [rules_named(name).forms.get(PaperForm.CONTROL) for name in ("2015", "2018", "2025")]
    assert control == [None, "05", "06"]
    assert rules_named("2018").form_for_stopping() is PaperForm.REFUSAL
    assert rules_named("2025").form_for_stopping() is PaperForm.STOP_NOTICE


def test_a_set_that_a_centre_dropped_is_still_known_by_name() -> None:
    own = (RuleSet("own", date(2027, 1, 1)),)
    assert rules_named("own", own) is own[0]
    assert rules_named("2018", own).name == "2018"
    with pytest.raises(LookupError, match="1999"):
        rules_named("1999", own)
