"""Validation and hashing of officers' PINs (argon2id, RFC 9106)."""

import threading
from enum import StrEnum
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hub.accounts.common_pins import is_common

FEWEST_DIGITS: Final = 6
MOST_DIGITS: Final = 12

# The smallest memory that OWASP's password storage page names.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_ONE_AT_A_TIME: Final = threading.Lock()
_DIGITS: Final = frozenset("0123456789")


class PinProblem(StrEnum):
    """Why a PIN is not accepted."""

    NOT_DIGITS = "pin_not_digits"
    TOO_SHORT = "pin_too_short"
    TOO_LONG = "pin_too_long"
    TOO_SIMPLE = "pin_too_simple"


class PinError(ValueError):
    """A PIN was offered that others would guess or that cannot be typed. The exception's text never holds the PIN.

    Example scenarios: 111111; 123456; four digits; a word.
    """

    def __init__(self, problem: PinProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def pin_problem(pin: str) -> PinProblem | None:
    """Validate a new PIN: 6 to 12 digits, and none that a guesser tries soon; None if it is valid."""
    if not _DIGITS.issuperset(pin):
        return PinProblem.NOT_DIGITS
    if len(pin) < FEWEST_DIGITS:
        return PinProblem.TOO_SHORT
    if len(pin) > MOST_DIGITS:
        return PinProblem.TOO_LONG
    return PinProblem.TOO_SIMPLE if is_common(pin) else None


def hash_pin(pin: str) -> str:
    """The PIN as it is stored, with a salt of its own; about 30 ms and 19 MiB. Raises PinError."""
    problem = pin_problem(pin)
    if problem is not None:
        raise PinError(problem)
    return _HASHER.hash(pin)


def is_pin(kept: str | None, pin: str) -> bool:
    """Whether this is the stored PIN. Takes as long if none is stored. One PIN at a time: each takes 19 MiB."""
    try:
        with _ONE_AT_A_TIME:
            matches = _HASHER.verify(kept or _nobodys(), pin.encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False
    return matches and kept is not None


@cache
def _nobodys() -> str:
    return _HASHER.hash("")
