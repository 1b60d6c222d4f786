"""A list that is too long keeps whole cases, names those that it leaves out, and is never longer than its limit."""

import pytest

from config.model.slips import SlipTemplate
from drivers.shortening import Length, Listing, Omitted
from drivers.slip import QrCode, Text

TEMPLATE = SlipTemplate.model_validate(
    {
        "slip": "checklist",
        "blocks": [
            {"block": "text", "say": "{title}"},
            {"block": "each", "of": "papers", "blocks": [
                {"block": "text", "say": "{group}", "bold": True},
                {"block": "text", "say": "[ ] {paper}"},
                {"block": "text", "say": "{remark}"},
            ]},
            {"block": "qr", "data": "{whole}"},
        ],
    }
)  # fmt: skip


def measure(blocks):
    return sum(10 if isinstance(block, Text) else 30 for block in blocks)


def papers(**groups: int):
    return [
        {"group": "" if at else name, "paper": f"{name}{at}", "remark": "", "copies": ""}
        for name, count in groups.items()
        for at in range(count)
    ]


def note(omitted: Omitted) -> list[str]:
    return [f"{omitted.papers} more", *omitted.groups]


def listing(entries, template=TEMPLATE) -> Listing:
    return Listing(template, {"title": "T", "whole": ""}, entries, note, {"whole": "https://mc.vn"})


def said(slip) -> list[str]:
    return [block.text if isinstance(block, Text) else f"<{block.data}>" for block in slip.blocks]


@pytest.mark.parametrize("length", [None, Length(60, measure)])
def test_a_list_that_fits_is_whole(length):
    slip, omitted = listing(papers(a=2, b=1)).slip("list", length)
    assert said(slip) == ["T", "a", "[ ] a0", "[ ] a1", "b", "[ ] b0"]
    assert omitted == Omitted()
    assert slip.job == "list"


@pytest.mark.parametrize(
    ("most", "expected", "omitted"),
    [
        (
            # two cases and the name of the third
            110,
            ["T", "a", "[ ] a0", "b", "[ ] b0", "[ ] b1", "5 more", "c", "<https://mc.vn>"],
            Omitted(5, ("c",)),
        ),
        (
            # one case and the names of both others
            109,
            ["T", "a", "[ ] a0", "7 more", "b", "c", "<https://mc.vn>"],
            Omitted(7, ("b", "c")),
        ),
        (
            # no room for names
            85,
            ["T", "a", "[ ] a0", "7 more", "<https://mc.vn>"],
            Omitted(7),
        ),
    ],
)
def test_whole_cases_give_way_first(most, expected, omitted):
    slip, left = listing(papers(a=1, b=2, c=5)).slip("list", Length(most, measure))
    assert said(slip) == expected
    assert left == omitted
    assert measure(slip.blocks) <= most


@pytest.mark.parametrize(("most", "kept"), [(120, 5), (119, 4), (110, 4), (90, 2)])
def test_a_case_that_is_too_long_by_itself_is_printed_in_part(most, kept):
    slip, omitted = listing(papers(a=9, b=1)).slip("list", Length(most, measure))
    assert said(slip)[2 : 2 + kept] == [f"[ ] a{at}" for at in range(kept)]
    assert omitted.papers == 10 - sum(line.startswith("[ ]") for line in said(slip))
    assert measure(slip.blocks) <= most


def test_papers_without_cases_are_printed_as_far_as_they_fit():
    entries = [{"group": "", "paper": f"p{at}", "remark": "", "copies": ""} for at in range(40)]
    slip, omitted = listing(entries).slip("list", Length(100, measure))
    assert said(slip) == ["T", *(f"[ ] p{at}" for at in range(5)), "35 more", "<https://mc.vn>"]
    assert omitted == Omitted(35)


def test_one_paper_stands_on_the_shortest_list():
    slip, omitted = listing(papers(a=9)).slip("list", Length(1, measure))
    assert said(slip) == ["T", "a", "[ ] a0", "8 more", "<https://mc.vn>"]
    assert omitted == Omitted(8)


def test_remarks_are_not_counted_as_papers_and_only_what_may_be_printed_is_measured():
    entries = papers(a=1, b=500)
    entries += [{"group": "", "paper": "", "remark": "R", "copies": ""}]
    measured = []

    def noting(blocks):
        measured.append(blocks)
        return measure(blocks)

    _, omitted = listing(entries).slip("list", Length(200, noting))
    assert omitted.papers == 500
    assert len(measured) < 80


def test_a_template_of_the_centre_without_a_list_stays_as_it_is():
    own = TEMPLATE.model_copy(update={"blocks": TEMPLATE.blocks[:1]})
    slip, omitted = listing(papers(a=50), own).slip("list", Length(5, measure))
    assert (said(slip), omitted) == (["T"], Omitted())


def test_the_address_of_the_whole_stands_on_shortened_lists_only():
    whole, _ = listing(papers(a=1)).slip("list", Length(100, measure))
    short, _ = listing(papers(a=50)).slip("list", Length(100, measure))
    assert [block for block in whole.blocks if isinstance(block, QrCode)] == []
    assert QrCode("https://mc.vn") in short.blocks
