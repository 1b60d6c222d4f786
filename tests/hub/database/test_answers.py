"""Kept answers come back byte for byte, and are small."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.database.answers import lookup_key, microseconds, moment_of, pack_answer, unpack_answer
from service_floor.zone import ZONE

EIGHT = datetime(2026, 11, 20, 8, 0, 0, 7, tzinfo=ZONE)
TICKET = {
    "id": "439ab98601fe2edb", "number": "A00007", "state": "waiting", "service": "certification",
    "counter": None, "next_services": [], "priority": None, "priority_confirmed": None,
    "issued_at": EIGHT.isoformat(), "arrived_at": EIGHT.isoformat(), "calls": 0, "called_at": None,
    "started_at": None, "parked_until": None, "slip": "", "offline": False,
}  # fmt: skip
RESULT = {"ticket": TICKET, "ahead": 6, "estimate_seconds": 540, "session": "all-day"}
REQ = "234118bf995d5a83c181f41361433b8e"
ANSWER = json.dumps(
    {"t": "answer", "req": REQ, "ok": True, "result": RESULT, "error": None, "replayed": False},
    separators=(",", ":"),
)
PACKED = (
    "c31a6d8c2047108e371363cbc4244b0b3303c3b454a3d49424a02e94783430078ae08bc9e4d4a292ccb4cce4"
    "c41290a36917ad4ce871081280461830d4a81f61d06832c3164da62664451400"
)

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(texts, texts, texts, st.datetimes(datetime(1980, 1, 1), timezones=st.just(ZONE)))
def test_any_answer_comes_back(before, after, req, at) -> None:
    text = {"req": req, before: req, "at": at.isoformat(timespec="microseconds"), "after": after}
    answer = json.dumps(text, ensure_ascii=False)
    assert unpack_answer(pack_answer(answer, req, at), req, microseconds(at)) == answer


def test_text_with_control_characters_is_not_an_answer() -> None:
    with pytest.raises(ValueError, match="control characters"):
        pack_answer("\1", REQ, EIGHT)


def test_an_answer_to_a_press_takes_a_fifth_of_its_length() -> None:
    assert len(pack_answer(ANSWER, REQ, EIGHT)) < len(ANSWER) / 5


def test_what_was_written_before_can_be_read() -> None:
    """The dictionary is part of the format: with another one, answers in the database are lost."""
    packed = bytes.fromhex(PACKED)
    assert pack_answer(ANSWER, REQ, EIGHT) == packed
    assert unpack_answer(packed, REQ, microseconds(EIGHT)) == ANSWER


def test_an_answer_that_was_altered_is_noticed_or_another() -> None:
    with pytest.raises(ValueError, match=REQ):
        unpack_answer(b"\x07 no answer", REQ, microseconds(EIGHT))


def test_a_moment_comes_back_on_the_wall_clock_of_the_centre() -> None:
    assert moment_of(microseconds(EIGHT.astimezone(UTC))).isoformat() == EIGHT.isoformat()


def test_keys_fit_a_signed_number_of_the_database_and_differ() -> None:
    keys = {lookup_key(f"k{n % 7}", f"r{n}") for n in range(1_000)}
    assert len(keys) == 1_000
    assert min(keys) < 0
    assert all(-(2**63) <= key < 2**63 for key in keys)
