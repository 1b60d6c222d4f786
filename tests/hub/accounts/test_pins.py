"""PINs: what is taken, and how it is kept."""

import pytest

from hub.accounts.pins import PinError, PinProblem, hash_pin, is_pin, pin_problem


@pytest.mark.parametrize(
    ("pin", "problem"),
    [
        ("482913", None),
        ("112233", PinProblem.TOO_SIMPLE),
        ("135790", None),
        ("482913482913", None),
        ("48291", PinProblem.TOO_SHORT),
        ("", PinProblem.TOO_SHORT),
        ("4829134829134", PinProblem.TOO_LONG),
        ("111111", PinProblem.TOO_SIMPLE),
        ("123456", PinProblem.TOO_SIMPLE),
        ("654321", PinProblem.TOO_SIMPLE),
        ("890123", PinProblem.TOO_SIMPLE),
        ("210987", PinProblem.TOO_SIMPLE),
        ("48291a", PinProblem.NOT_DIGITS),
        ("٤٨٢٩١٣", PinProblem.NOT_DIGITS),
        ("482 913", PinProblem.NOT_DIGITS),
    ],
)
def test_a_pin_is_digits_that_nobody_guesses(pin, problem) -> None:
    assert pin_problem(pin) is problem


def test_a_bad_pin_is_not_kept_and_not_told() -> None:
    with pytest.raises(PinError) as caught:
        hash_pin("111111")
    assert caught.value.problem is PinProblem.TOO_SIMPLE
    assert "111111" not in str(caught.value)


def test_a_pin_is_known_again_and_no_two_are_kept_alike() -> None:
    kept = hash_pin("482913")
    assert kept.startswith("$argon2id$")
    assert "482913" not in kept
    assert kept != hash_pin("482913")
    assert is_pin(kept, "482913")
    assert not is_pin(kept, "482914")


@pytest.mark.parametrize("pin", ["", "482913", "\udc80", "9" * 1_000])
def test_where_none_is_kept_no_pin_is_right(pin) -> None:
    assert not is_pin(None, pin)
    assert not is_pin("what is this", pin)
