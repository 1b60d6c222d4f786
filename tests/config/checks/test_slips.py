import pytest

from config.errors import ConfigurationError
from config.letter import render
from config.loading import load


def mistakes(hall, *blocks, **changes):
    slip = {"slip": "ticket", "blocks": list(blocks)} | changes
    try:
        load(hall, {"slips": [slip]})
    except ConfigurationError as error:
        return [(m.path, str(m.code), m.suggestion) for m in error.mistakes]
    return []


def text(say, **more):
    return {"block": "text", "say": say} | more


def test_a_right_template_is_taken(hall) -> None:
    assert mistakes(hall, text("Số {number}", size=6), text("x", when="priority")) == []


@pytest.mark.parametrize(
    ("block", "mistake"),
    [
        (text("{numbr}"), ("slips[0].blocks[0].say", "unknown_placeholder", "number")),
        (
            text("x", when="prioriti"),
            ("slips[0].blocks[0].when", "unknown_placeholder", "priority"),
        ),
        (text("x", unless="x1"), ("slips[0].blocks[0].unless", "unknown_placeholder", "")),
        (text("{dossier}"), ("slips[0].blocks[0].say", "unknown_placeholder", "")),
        (text("{number"), ("slips[0].blocks[0].say", "template_syntax", "")),
        (text("{number:>9}"), ("slips[0].blocks[0].say", "template_syntax", "")),
        (text("CHÀOMỪNGQUÝKHÁCH", size=4), ("slips[0].blocks[0].say", "too_wide_for_paper", "")),
        (
            {"block": "columns", "left": "Lĩnh vực phục vụ công dân", "right": "{centre}"},
            ("slips[0].blocks[0]", "too_wide_for_paper", ""),
        ),
        (
            {"block": "qr", "data": "{tracking}"},
            ("slips[0].blocks[0].data", "unknown_placeholder", ""),
        ),
        (
            {"block": "each", "of": "papers", "blocks": [text("x")]},
            ("slips[0].blocks[0].of", "unknown_placeholder", ""),
        ),
        ({"block": "txt", "say": "x"}, ("slips[0].blocks[0].block", "not_a_choice", "text")),
        (text("x", align="center"), ("slips[0].blocks[0].align", "not_a_choice", "centre")),
        (text("x", size=9), ("slips[0].blocks[0].size", "out_of_range", "")),
        (text("x", colour="red"), ("slips[0].blocks[0].colour", "unknown_key", "")),
    ],
)
def test_each_mistake_is_named_at_its_place(hall, block, mistake) -> None:
    found = mistakes(hall, block)
    assert [m[:2] for m in found] == [mistake[:2]]
    if mistake[2]:
        assert found[0][2] == mistake[2]


def test_blocks_of_a_list_know_its_placeholders_too(hall) -> None:
    inner = [text("{paper} {procedure}"), text("{papr}")]
    each = {"block": "each", "of": "papers", "blocks": inner}
    assert mistakes(hall, each, slip="checklist") == [
        ("slips[0].blocks[0].blocks[1].say", "unknown_placeholder", "paper")
    ]


def test_a_template_for_wide_paper_may_be_wider(hall) -> None:
    wide = text("CHÀOMỪNGQUÝKHÁCH", size=3)
    assert mistakes(hall, wide, paper_mm=80) == []
    assert mistakes(hall, wide, paper_mm=58)[0][1] == "too_wide_for_paper"
    assert mistakes(hall, wide) == []  # the only printer of this hall has 80 mm


def test_a_slip_has_one_template_for_each_language_and_paper(hall) -> None:
    slip = {"slip": "ticket", "blocks": [text("{number}")]}
    with pytest.raises(ConfigurationError) as found:
        load(hall, {"slips": [slip, slip | {"language": "en"}, slip]})
    assert [(m.path, m.other) for m in found.value.mistakes] == [("slips[2]", "slips[0]")]


def test_the_letter_says_what_is_allowed(hall) -> None:
    with pytest.raises(ConfigurationError) as found:
        load(hall, {"slips": [{"slip": "ticket", "blocks": [text("{numbr}")]}]})
    letter = render(found.value, "en")
    assert 'There is no placeholder "numbr" here.' in letter
    assert "Did you mean number?" in letter


def test_a_profile_that_does_not_exist_is_named(hall) -> None:
    with pytest.raises(ConfigurationError) as found:
        load(hall, {"kiosks[0].printer.model": "epson-tm-t20"})
    (mistake,) = found.value.mistakes
    assert (mistake.path, mistake.suggestion) == ("kiosks[0].printer.model", "epson-tm-t20ii")
