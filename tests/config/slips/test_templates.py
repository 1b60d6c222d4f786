from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from config.checks.slips import check_template
from config.model.slips import (
    SlipName,
    SlipTemplate,
    TemplateSyntaxError,
    placeholders_in,
    wordings,
)
from config.slips.placeholders import contents
from config.slips.templates import default_templates, form_name, template_for

LANGUAGES = ("vi", "en")


def test_every_slip_has_placeholders_and_a_template_in_each_language() -> None:
    assert set(contents()) == set(get_args(SlipName))
    have = {(template.slip, template.language) for template in default_templates()}
    assert have == {(slip, language) for slip in get_args(SlipName) for language in LANGUAGES}


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_the_templates_that_come_along_are_right_on_every_paper(columns) -> None:
    found = [
        mistake
        for template in default_templates()
        for mistake in check_template(f"{template.slip}.{template.language}", template, columns)
    ]
    assert found == []


def placeholders(block) -> set[str]:
    inner = [block, *getattr(block, "blocks", ())]
    names = {name for b in inner for w in wordings(b).values() for name in placeholders_in(w)}
    return names | {b.when for b in inner if b.when} | {b.unless for b in inner if b.unless}


def test_both_languages_tell_the_same_things_in_the_same_order() -> None:
    for slip in get_args(SlipName):
        vietnamese, english = (template_for((), slip, language, 80) for language in LANGUAGES)
        for one, other in zip(vietnamese.blocks, english.blocks, strict=True):
            assert (one.block, placeholders(one)) == (other.block, placeholders(other))


def test_nothing_that_a_form_must_tell_is_forgotten() -> None:
    """Every placeholder but the centre's address, and the parts of a value, stands on the slip that has it."""
    parts = {"received_date", "due_date", "minutes"}
    for template in default_templates():
        used = set().union(*map(placeholders, template.blocks))
        known = contents()[template.slip]
        names = set(known.values).union(*known.lists.values())
        optional = {"address", "hotline", "centre", "phone", "email", "page", "rows"}
        assert names - used <= optional | parts, template.slip


def own(paper_mm=None, language="vi"):
    block = {"block": "text", "say": f"{paper_mm} {language}"}
    return SlipTemplate.model_validate(
        {"slip": "ticket", "language": language, "paper_mm": paper_mm, "blocks": [block]}
    )


def test_the_centres_own_template_comes_first_and_the_one_for_the_paper_before_it() -> None:
    narrow, both = own(58), own()
    assert template_for((both, narrow), "ticket", "vi", 58) is narrow
    assert template_for((both, narrow), "ticket", "vi", 80) is both
    assert template_for((narrow,), "ticket", "vi", 80) in default_templates()
    assert template_for((both,), "ticket", "en", 80).language == "en"
    assert template_for((both,), "receipt", "vi", 80) in default_templates()


def test_a_form_has_the_name_in_force_on_its_day() -> None:
    assert form_name("apology", date(2025, 9, 14), "vi").startswith("Phiếu xin lỗi")
    assert form_name("apology", date(2025, 9, 15), "vi").startswith("Văn bản xin lỗi")
    assert form_name("appointment", date(2017, 1, 1), "vi").startswith("Giấy tiếp nhận")


@pytest.mark.parametrize(
    ("wording", "names"),
    [("", ()), ("{a} {b_c}{a}", ("a", "b_c", "a")), ("{{a}} {b}", ("b",)), ("100%", ())],
)
def test_placeholders_are_names_in_braces(wording, names) -> None:
    assert placeholders_in(wording) == names


@pytest.mark.parametrize(
    "wording", ["{", "}", "{a", "{}", "{0}", "{a.b}", "{a[0]}", "{a!r}", "{a:>5}", "{a b}", "{{a}"]
)
def test_other_braces_are_mistakes(wording) -> None:
    with pytest.raises(TemplateSyntaxError):
        placeholders_in(wording)


def test_every_placeholder_is_told_in_the_docs_and_no_other() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "slips.md").read_text(encoding="utf-8")
    told = {line for line in page.splitlines() if line.startswith("| `{")}
    rows = {
        f"| `{{{name}}}` | {placeholder.meaning} | {placeholder.sample} |"
        for known in contents().values()
        for named in (known.values, *known.lists.values())
        for name, placeholder in named.items()
    }
    assert told == rows
