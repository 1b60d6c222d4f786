import pytest

from config.model.slips import SlipTemplate
from config.slips.placeholders import contents
from config.slips.templates import default_templates
from drivers.filling import fill
from drivers.slip import Align, Barcode, Columns, Cut, Feed, Image, QrCode, Rule, Text


def template(*blocks, slip="checklist"):
    return SlipTemplate.model_validate({"slip": slip, "blocks": blocks})


def filled(*blocks, lists=None, **values):
    return list(fill("job", template(*blocks), values, lists).blocks)


def test_every_block_becomes_the_slips() -> None:
    assert filled(
        {"block": "text", "say": "Số {n}", "align": "centre", "size": 3, "bold": True},
        {"block": "columns", "left": "a", "right": "{n}", "bold": True},
        {"block": "rule"},
        {"block": "feed", "lines": 2},
        {"block": "qr", "data": "{n}", "dots": 4},
        {"block": "barcode", "data": "x{n}", "height": 60},
        {"block": "image", "file": "/x.png"},
        {"block": "cut"},
        n="7",
    ) == [
        Text("Số 7", Align.CENTRE, 3, bold=True),
        Columns("a", "7", bold=True),
        Rule(),
        Feed(2),
        QrCode("7", 4),
        Barcode("x7", 60),
        Image("/x.png"),
        Cut(),
    ]


def test_a_block_with_an_empty_placeholder_is_left_out() -> None:
    said = filled(
        {"block": "text", "say": "{a} {b}"},
        {"block": "text", "say": "{a}"},
        {"block": "columns", "left": "{b}", "right": "x"},
        {"block": "rule", "when": "b"},
        {"block": "cut", "unless": "b"},
        {"block": "qr", "data": "{b}"},
        a="1",
        b="",
    )
    assert said == [Text("1"), Cut()]


def test_a_list_is_told_entry_by_entry() -> None:
    each = {
        "block": "each",
        "of": "papers",
        "blocks": [
            {"block": "text", "say": "{group}", "bold": True},
            {"block": "text", "say": "{paper} {mark}"},
        ],
    }
    papers = [{"group": "G", "paper": "a"}, {"group": "", "paper": "b"}]
    assert filled(each, lists={"papers": papers}, mark="!") == [
        Text("G", bold=True),
        Text("a !"),
        Text("b !"),
    ]
    assert filled(each, lists={"papers": []}, mark="!") == []


def test_values_are_never_taken_for_placeholders() -> None:
    block = {"block": "text", "say": "{{{a}}}"}
    assert filled(block, a="{b} {0} }", b="secret") == [Text("{{b} {0} }}")]


def test_a_value_that_nobody_gave_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        filled({"block": "text", "say": "{a}"})


@pytest.mark.parametrize("default", default_templates(), ids=lambda t: f"{t.slip}-{t.language}")
def test_every_template_that_comes_along_can_be_filled_wholly_and_not_at_all(default) -> None:
    known = contents()[default.slip]
    whole = fill("job", default, known.samples(), known.sample_lists())
    said = str(whole)
    assert "{" not in said
    nothing = dict.fromkeys(known.values, "")
    bare = fill("job", default, nothing, {name: [] for name in known.lists})
    assert len(bare.blocks) < len(whole.blocks)
    assert not any(isinstance(block, Text) and not block.text for block in bare.blocks)


def test_slips_about_a_person_are_marked() -> None:
    rule = {"block": "rule"}
    assert fill("job", template(rule, slip="appointment"), {}).personal
    assert not fill("job", template(rule, slip="ticket"), {}).personal
