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
    "c39a1208ea222aa598185b2626595a981918a6a51aa5a624a1a71c037302692739b5a824332d3339b104144c"
    "b44e487843134ba2c2ab1e9ac00c6891c0a0c9ca0c5bb23235212b610100"
)

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(texts, texts, texts, st.datetimes(datetime(1980, 1, 1), timezones=st.just(ZONE)))
def test_any_answer_comes_back(answer, device, req, at) -> None:
    packed = pack_answer(answer, device, req, at)
    assert unpack_answer(packed, device, req, microseconds(at)) == answer


def test_an_answer_to_a_press_takes_a_fifth_of_its_length() -> None:
    assert len(pack_answer(ANSWER, "kiosk-3", REQ, EIGHT)) < len(ANSWER) / 5


def test_what_was_written_before_can_be_read() -> None:
    """The dictionary is part of the format: with another one, answers in the database are lost."""
    packed = bytes.fromhex(PACKED)
    assert pack_answer(ANSWER, "kiosk-3", REQ, EIGHT) == packed
    assert unpack_answer(packed, "kiosk-3", REQ, microseconds(EIGHT)) == ANSWER


def test_an_answer_that_was_altered_is_noticed_or_another() -> None:
    with pytest.raises(ValueError, match="kiosk-3"):
        unpack_answer(b"\x07 no answer", "kiosk-3", REQ, microseconds(EIGHT))


def test_a_moment_comes_back_on_the_wall_clock_of_the_centre() -> None:
    assert moment_of(microseconds(EIGHT.astimezone(UTC))).isoformat() == EIGHT.isoformat()


def test_keys_fit_a_signed_number_of_the_database_and_differ() -> None:
    keys = {lookup_key(f"k{n % 7}", f"r{n}") for n in range(1_000)}
    assert len(keys) == 1_000
    assert min(keys) < 0
    assert all(-(2**63) <= key < 2**63 for key in keys)
