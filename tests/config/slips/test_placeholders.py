"""Placeholders of slips: their examples do not contradict each other."""

import pytest

from config.slips.placeholders import contents

CASES = [
    (slip, named, {*known.lists, *known.values, *named})
    for slip, known in contents().items()
    for named in (known.values, *known.lists.values())
]


@pytest.mark.parametrize(("slip", "named", "known"), CASES)
def test_what_a_placeholder_stands_instead_of_is_known(slip, named, known) -> None:
    assert {other for each in named.values() for other in each.instead_of} <= known


@pytest.mark.parametrize("slip", contents())
def test_an_example_has_no_two_that_exclude_each_other(slip) -> None:
    known = contents()[slip]
    example, lists = known.example(), known.example_lists()
    for name, each in known.values.items():
        filled = [other for other in each.instead_of if example.get(other) or lists.get(other)]
        assert not (example[name] and filled)
    for name, entries in lists.items():
        for entry in entries:
            for key, each in known.lists[name].items():
                assert not (entry[key] and any(entry.get(other) for other in each.instead_of))
        assert {key for entry in entries for key, value in entry.items() if value} == set(
            entries[0]
        )
