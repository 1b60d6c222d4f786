"""Enrolment of new devices by a code on their screen (the shape of RFC 8628). Pure: time and codes are arguments.

A device without a token opens a request here and shows its code; a technician types the code and chooses which device
it is. A code is valid once and for ten minutes. Guessing is rate-limited twice: per person, and for all together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

from plumbing.limits import WIRE_ENROLLING, AttemptLimit, FairPlaces
from plumbing.limits import WRONG_CODES_OF_ALL as WRONG_OF_ALL
from plumbing.limits import WRONG_CODES_OF_PERSON as WRONG_OF_PERSON

EnrolKind = Literal["kiosk", "counter", "board", "agent"]
"""The kind that a device without a token claims."""

ALPHABET: Final = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that a code is never a word, and no digits: 20 letters, of which 8 hold 34 bits (RFC 8628 §6.1)."""
CODE_LETTERS: Final = 8
GOOD_FOR: Final = timedelta(minutes=10)


class EnrolmentProblem(StrEnum):
    """Why a device was not enrolled."""

    UNKNOWN_CODE = "unknown_code"
    TOO_MANY_TRIES = "too_many_tries"
    WRONG_KIND = "wrong_kind"
    UNKNOWN_DEVICE = "unknown_device"


@dataclass(frozen=True, slots=True)
class PendingEnrolment:
    """A device that waits to be enrolled; `code` is on its screen."""

    code: str
    kind: EnrolKind
    address: str
    opened_at: datetime
    expires_at: datetime


class PendingEnrolments:
    """One for the hub, used on its event loop. Limited to `WIRE_ENROLLING` devices and `WRONG_OF_ALL` wrong attempts. At a
    limit the oldest request of the address with most gives way: few addresses cannot fill the desk."""

    def __init__(self, draw: Callable[[], str]) -> None:
        """The callback `draw` gives `CODE_LETTERS` random letters of the alphabet."""
        self._draw = draw
        self._waiting: dict[str, PendingEnrolment] = {}
        self._places: FairPlaces[str] = FairPlaces(WIRE_ENROLLING)
        self._evicted: Callable[[str], None] = lambda _: None
        self._wrong_of_person = AttemptLimit(WRONG_OF_PERSON, GOOD_FOR.total_seconds())
        self._wrong_of_all = AttemptLimit(WRONG_OF_ALL, GOOD_FOR.total_seconds())

    def on_evicted(self, evicted: Callable[[str], None]) -> None:
        """Set the callback that gets the code of a request that gave way to another."""
        self._evicted = evicted

    def open(self, kind: EnrolKind, address: str, now: datetime) -> PendingEnrolment:
        """Let a device wait; its address is shown to the technician."""
        self._let_expire(now)
        code = _shown(self._draw())
        while code in self._waiting:
            code = _shown(self._draw())
        waiting = PendingEnrolment(code, kind, address, now, now + GOOD_FOR)
        self._waiting[code] = waiting
        self._take_place(waiting)
        return waiting

    def put_back(self, waiting: PendingEnrolment) -> None:
        """Restore a request that was approved but could not be completed; its code stays valid."""
        self._waiting[waiting.code] = waiting
        self._take_place(waiting)

    def close(self, code: str) -> None:
        """Drop the request of a device that has disconnected."""
        self._waiting.pop(code, None)
        self._places.release(code)

    def waiting(self, now: datetime) -> tuple[PendingEnrolment, ...]:
        """The requests, oldest first. Their codes are not for display: the technician reads the code from the
        device's screen."""
        self._let_expire(now)
        return tuple(self._waiting.values())

    def approve(
        self, code: str, kind: str, by: str, now: datetime
    ) -> PendingEnrolment | EnrolmentProblem:
        """Take a code that was typed for a device of this kind. A code is taken once; `by` is the person for the
        rate limit."""
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

    def _take_place(self, waiting: PendingEnrolment) -> None:
        evicted = self._places.take(waiting.address, waiting.code)
        if evicted is not None:
            del self._waiting[evicted]
            self._evicted(evicted)

    def _let_expire(self, now: datetime) -> None:
        over = [code for code, each in self._waiting.items() if each.expires_at <= now]
        for code in over:
            self.close(code)


def _shown(code: str) -> str:
    """The code as it stands on the screen, however it was typed: BCDF-GHJK."""
    letters = "".join(letter for letter in code[:40].upper() if letter.isalnum())
    half = CODE_LETTERS // 2
    return f"{letters[:half]}-{letters[half:]}"
