"""The on-screen keyboard: Telex for words, capitals for codes, bounded both."""

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.keyboard import MAX_CODE, MAX_QUERY, typed_code, typed_word

KEYS = st.lists(st.sampled_from([*"abcdesfrxjwz019-.", "space", "backspace", "clear", "?!", ""]))


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        (["d", "d", "a", "a", "t", "s"], "đất"),
        (["k", "h", "a", "i", "space", "s", "i", "n", "h"], "khai sinh"),
        (["a", "space", "space", "b"], "a b"),
        (["space", "a"], "a"),
        (["a", "b", "backspace"], "a"),
        (["a", "b", "clear"], ""),
        (["a", "enter"], "a"),
    ],
)
def test_words(keys, written) -> None:
    assert reduce(typed_word, keys, "") == written


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        ([*"h56.14-240823-0001"], "H56.14-240823-0001"),
        (["h", "space", "5"], "H5"),
        (["h", "5", "backspace"], "H"),
        (["d", "d"], "DD"),
    ],
)
def test_codes(keys, written) -> None:
    assert reduce(typed_code, keys, "") == written


@given(KEYS)
def test_no_row_of_keys_grows_beyond_its_bound(keys) -> None:
    assert len(reduce(typed_word, keys, "")) <= MAX_QUERY
    assert len(reduce(typed_code, keys, "")) <= MAX_CODE
