"""Numbers, tickets and amounts in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_floor.vietnamese.numbers import (
    Region,
    TicketReading,
    amount_in_words,
    cardinal,
    ticket_words,
)

SAID = {
    0: "không",
    1: "một",
    4: "bốn",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    91: "chín mươi mốt",
    100: "một trăm",
    101: "một trăm linh một",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    1000: "một nghìn",
    1005: "một nghìn không trăm linh năm",
    1050: "một nghìn không trăm năm mươi",
    10_000: "mười nghìn",
    21_015: "hai mươi mốt nghìn không trăm mười lăm",
    1_000_005: "một triệu không trăm linh năm",
    1_500_000: "một triệu năm trăm nghìn",
    1_005_000: "một triệu không trăm linh năm nghìn",
    2_000_000_000: "hai tỷ",
    3_000_000_000_001: "ba nghìn tỷ không trăm linh một",
    -7: "âm bảy",
}


@pytest.mark.parametrize(("number", "words"), SAID.items())
def test_a_number_is_read_as_people_say_it(number: int, words: str) -> None:
    assert cardinal(number) == words


def test_the_south_says_le_and_ngan() -> None:
    assert cardinal(1105, Region.SOUTH) == "một ngàn một trăm lẻ năm"
    assert cardinal(1105, Region.NORTH) == "một nghìn một trăm linh năm"


_VALUES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SIZES = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}


def heard(words: str) -> int:
    """A listener who knows nothing of how the words were made."""
    total = group = digit = 0
    for word in words.split():
        if word in _VALUES:
            digit = _VALUES[word]
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "mười":
            group += 10
        elif word in _SIZES:
            size = _SIZES[word]
            group, digit = group + digit, 0
            total = (total + group) * size if size == 10**9 else total + group * size
            group = 0
    return total + group + digit


@given(st.integers(0, 10**12 - 1))
def test_every_number_is_understood_as_it_was_meant(number: int) -> None:
    assert heard(cardinal(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("A025", "a không hai năm"),
        ("B203", "bê hai không ba"),
        ("1001", "một không không một"),
        ("Đ-010", "đê không một không"),
        ("s 7", "ét-sờ bảy"),
        ("", ""),
    ],
)
def test_a_ticket_is_said_letter_by_letter_and_digit_by_digit(number: str, words: str) -> None:
    assert " ".join(ticket_words(number)) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("A025", ("a", "không", "hai mươi lăm")),
        ("B203", ("bê", "hai trăm linh ba")),
        ("C000", ("xê", "không", "không", "không")),
        ("D", ("dê",)),
    ],
)
def test_a_ticket_may_be_said_as_a_number_behind_its_zeros(
    number: str, words: tuple[str, ...]
) -> None:
    assert ticket_words(number, TicketReading.NUMBER) == words


def test_a_receipt_spells_the_amount_with_a_capital() -> None:
    assert amount_in_words(150_000) == "Một trăm năm mươi nghìn đồng"
    assert amount_in_words(0) == "Không đồng"
    assert amount_in_words(1_000_000, Region.SOUTH) == "Một triệu đồng"
