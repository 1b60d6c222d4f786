"""Hashes are bytes in the file and text everywhere else."""

import pytest

from hub.database.hashes import from_stored, to_stored


def test_a_hash_takes_half_the_room_and_comes_back() -> None:
    text = "ab01" * 16
    assert to_stored(text) == bytes.fromhex(text)
    assert from_stored(to_stored(text)) == text


@pytest.mark.parametrize("value", [None, "x", "abc", 7])
def test_what_is_not_a_hash_stays_what_it_is(value) -> None:
    assert to_stored(value) == value
    assert from_stored(value) == value
