"""The desk where new devices ask to be let in (the shape of RFC 8628). Pure: time and codes are arguments.

A device without a token opens a place here and shows its code; a technician types the code and says which device it is.
A code is good once and for ten minutes. Guessing is bounded twice: for who types, and for all together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

from plumbing.limits import AttemptLimit, ConcurrencyLimit

EnrolKind = Literal["kiosk", "counter", "board", "agent"]
"""What a device without a token says it is."""

ALPHABET: Final = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that no code is a word, and no digits: 20 letters, of which 8 hold 34 bits (RFC 8628 §6.1)."""
CODE_LETTERS: Final = 8
GOOD_FOR: Final = timedelta(minutes=10)
MOST_WAITING: Final = 64
MOST_OF_ADDRESS: Final = 24
"""A technician's one address, where all devices of a hall stand behind it."""
WRONG_OF_PERSON: Final = 5
WRONG_OF_ALL: Final = 50


class EnrolmentProblem(StrEnum):
    """Why a device was not let in."""

    TOO_MANY_WAITING = "too_many_waiting"
    UNKNOWN_CODE = "unknown_code"
    TOO_MANY_TRIES = "too_many_tries"
    WRONG_KIND = "wrong_kind"
    UNKNOWN_DEVICE = "unknown_device"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A device that waits to be let in; `code` is on its screen."""

    code: str
    kind: EnrolKind
    address: str
    opened_at: datetime
    expires_at: datetime


class EnrolmentDesk:
    """One for the hub, used on its event loop. Holds at most `MOST_WAITING` devices and `WRONG_OF_ALL` wrong tries."""

    def __init__(self, draw: Callable[[], str]) -> None:
        """`draw` gives `CODE_LETTERS` random letters of the alphabet."""
        self._draw = draw
        self._waiting: dict[str, Waiting] = {}
        self._places = ConcurrencyLimit(MOST_OF_ADDRESS, MOST_WAITING)
        self._releases: dict[str, Callable[[], None]] = {}
        self._wrong_of_person = AttemptLimit(WRONG_OF_PERSON, GOOD_FOR.total_seconds())
        self._wrong_of_all = AttemptLimit(WRONG_OF_ALL, GOOD_FOR.total_seconds())

    def open(self, kind: EnrolKind, address: str, now: datetime) -> Waiting | EnrolmentProblem:
        """Let a device wait; its address is shown to who lets it in."""
        self._let_expire(now)
        release = self._places.take(address)
        if release is None:
            return EnrolmentProblem.TOO_MANY_WAITING
        code = _shown(self._draw())
        while code in self._waiting:
            code = _shown(self._draw())
        waiting = Waiting(code, kind, address, now, now + GOOD_FOR)
        self._waiting[code] = waiting
        self._releases[code] = release
        return waiting

    def put_back(self, waiting: Waiting) -> None:
        """The device could not be let in after all; its code stays good."""
        self._waiting[waiting.code] = waiting
        release = self._places.take(waiting.address)
        if release is not None:
            self._releases[waiting.code] = release

    def close(self, code: str) -> None:
        """The device has gone away."""
        self._waiting.pop(code, None)
        release = self._releases.pop(code, None)
        if release is not None:
            release()

    def waiting(self, now: datetime) -> tuple[Waiting, ...]:
        """Who waits, longest first. The codes are for the hub alone: who lets a device in reads it from its screen."""
        self._let_expire(now)
        return tuple(self._waiting.values())

    def approve(self, code: str, kind: str, by: str, now: datetime) -> Waiting | EnrolmentProblem:
        """Take a code that somebody typed for a device of this kind. A code is taken once; `by` is who typed it."""
        self._let_expire(now)
        second = now.timestamp()
        if self._wrong_of_all.is_reached("", second) or self._wrong_of_person.is_reached(
            by, second
        ):
            return EnrolmentProblem.TOO_MANY_TRIES
        waiting = self._waiting.get(_shown(code))
        if waiting is None:
            self._wrong_of_all.note("", second)
            self._wrong_of_person.note(by, second)
            return EnrolmentProblem.UNKNOWN_CODE
        if waiting.kind != kind:
            return EnrolmentProblem.WRONG_KIND
        self.close(waiting.code)
        return waiting

    def _let_expire(self, now: datetime) -> None:
        over = [code for code, each in self._waiting.items() if each.expires_at <= now]
        for code in over:
            self.close(code)


def _shown(code: str) -> str:
    """The code as it stands on the screen, however it was typed: BCDF-GHJK."""
    letters = "".join(letter for letter in code[:40].upper() if letter.isalnum())
    half = CODE_LETTERS // 2
    return f"{letters[:half]}-{letters[half:]}"
