"""What a guesser tries soon is refused; what nobody guesses is not."""

import random

import pytest

from hub.accounts.common_pins import COMMON, is_common


@pytest.mark.parametrize(
    "pin",
    [
        "000000", "000001", "110110", "696969", "123123", "12341234", "121212", "112233", "223388", "123321",
        "123456", "890123", "210987", "013579", "147258", "123789", "789456", "159753", "102030", "010203",
        "147896", "258963", "7896321", "010190", "190290", "311299", "900131", "20021990", "19900220", "02201990",
        "199012", "121990", "19451975", "20262027", "686868", "292513", "520520", "5201314", "114115", "12345678",
        "123456789", "0123456789", "987654321", "11223344", "300475", "020945", "30041975",
    ],
)  # fmt: skip
def test_common_pins_are_recognised(pin) -> None:
    assert is_common(pin)


@pytest.mark.parametrize(
    "pin",
    ["482913", "739164", "864209", "570394", "902190", "482913482913", "20571990", "20130240", "4829130", "99310293847"],
)  # fmt: skip
def test_others_are_not(pin) -> None:
    assert not is_common(pin)


def test_the_list_has_pins_only_and_most_pins_are_left() -> None:
    assert all(len(pin) >= 6 and pin.isdigit() for pin in COMMON)
    draw = random.Random(7)
    refused = sum(is_common(f"{draw.randrange(10**6):06}") for _ in range(2_000))
    assert 0.07 < refused / 2_000 < 0.13
