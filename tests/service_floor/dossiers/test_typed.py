"""What a scanner typed through an input method is its code, or is asked for again; never somebody else's."""

import random

import pytest

from service_floor.dossiers.typed import changed_ticket, ticket_of, typed_by_scanner
from service_floor.ticket_ids import ticket_id
from service_floor.vietnamese import telex

CARD = "038040000123||Người Không Có Thật|01011940|Nam|Nơi không có|01012021"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("H56.14-240823-0001", "H56.14-240823-0001"),
        ("A1042", "A1042"),
        ("no code at all", "no code at all"),
        (CARD, CARD),
        ("https://mot-cua.ẽample.vn/?ma=H56.14-240823-0001", "H56.14-240823-0001"),
        ("Á042", None),
        ("bà3c4d5e6b7f8b9", None),
        ("Ă.56.14-240823-0001", None),
        ("", None),
        ("TE1383812345678|", "TE1383812345678|"),
    ],
)
def test_only_what_is_sure_is_a_code(typed: str, code: str | None) -> None:
    assert typed_by_scanner(typed) == code


@pytest.mark.parametrize("address", ["", "https://mot-cua.example.vn/t/"])
def test_every_ticket_of_today_comes_through_telex(address: str) -> None:
    chance = random.Random(1042)
    old = [f"{chance.getrandbits(64):016x}" for _ in range(150)]
    new = [ticket_id(chance.getrandbits(128)) for _ in range(150)]
    for ticket in (*old, *new):
        found = typed_by_scanner(telex.compose(address + ticket), (*old, *new))
        assert found is not None
        assert found.rsplit("/", 1)[-1] == ticket


def test_a_ticket_that_is_not_of_today_is_asked_for_again() -> None:
    assert typed_by_scanner("bà3c4d5e6b7f8b9", ["0" * 16, "1234567890abcdef"]) is None
    twins = ["baf3c4d5e6b7f8b9", "bfa3c4d5e6b7f8b9"]
    assert typed_by_scanner("bà3c4d5e6b7f8b9", twins) is None
    assert typed_by_scanner("bà3c4d5e6b7f8b9", twins[:1]) == twins[0]
    assert typed_by_scanner("à", [*twins]) is None


@pytest.mark.parametrize("address", ["", "https://mot-cua.example.vn/t/"])
def test_what_telex_leaves_of_an_old_ticket_is_found_among_those_of_today(address: str) -> None:
    chance = random.Random(1042)
    old = [f"{chance.getrandbits(64):016x}" for _ in range(150)]
    for ticket in old:
        typed = telex.compose(address + ticket)
        if typed.rsplit("/", 1)[-1] == ticket:
            assert changed_ticket(typed) is None
            continue
        left = changed_ticket(typed)
        assert left is not None
        assert ticket_of(left, old) == ticket


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A1042",
        "B1234567",
        "171234567",
        "038090001234",
        "9704051234567892",
        "00112233445566ff",
        "Hộ khẩu",
        "bà3c4d5e6",
        "bà3c4d5e6b7f8b9012",
        "0bhlmv012345",
    ],
)
def test_what_cannot_be_an_old_ticket_is_not_taken_for_one(text: str) -> None:
    assert changed_ticket(text) is None
