"""Count of wrong PINs with lock-outs. Pure: the time is an argument.

An officer has one count for all unknown browsers and terminals together, so that more of them give no more guesses, and
one for each browser or terminal at which the officer signed in before, which no lock-out elsewhere touches.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from plumbing.limits import (
    FIRST_LOCK_MINUTES,
    GUESSES_A_DAY,
    LONGEST_LOCK_MINUTES,
    TRIES,
    TRIES_FORGOTTEN_HOURS,
)

FIRST_LOCK: Final = timedelta(minutes=FIRST_LOCK_MINUTES)
LONGEST_LOCK: Final = timedelta(minutes=LONGEST_LOCK_MINUTES)
_DAY: Final = timedelta(hours=24)
_FORGOTTEN: Final = timedelta(hours=TRIES_FORGOTTEN_HOURS)


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong PINs in a row and when the last was; `guesses` of the 24 hours that began at `since`."""

    failures: int = 0
    failed_at: datetime | None = None
    locked_until: datetime | None = None
    since: datetime | None = None
    guesses: int = 0

    def is_locked(self, now: datetime) -> bool:
        """Whether no PIN is checked at present."""
        return self.locked_until is not None and now < self.locked_until

    def one_more(self, now: datetime) -> "Tries":
        """The count with one more wrong PIN; a lock-out begins if it is one too many."""
        forgotten = self.failed_at is None or now - self.failed_at >= _FORGOTTEN
        failures = 1 if forgotten else self.failures + 1
        since, guesses = self.since, self.guesses
        if since is None or now - since >= _DAY:
            since, guesses = now, 0
        guesses += 1
        until = now + lock_after(failures) if failures % TRIES == 0 else None
        if guesses >= GUESSES_A_DAY:
            until = max(until or now, since + _DAY)
        return Tries(failures, now, until, since, guesses)

    def forgiven(self, mine: "Tries") -> "Tries":
        """The count after a right PIN, which made it `mine` before it was checked. Once there was a lock-out, the right
        PIN takes back only itself: otherwise each sign-in of the officer would give a stranger another row of guesses."""
        guesses = max(0, self.guesses - 1)
        if mine.failures <= TRIES:
            return replace(self, failures=0, locked_until=None, guesses=guesses)
        locked_until = None if self.failures == mine.failures else self.locked_until
        failures = max(0, self.failures - 1)
        return replace(self, failures=failures, locked_until=locked_until, guesses=guesses)


def lock_after(failures: int) -> timedelta:
    """Length of a lock-out after this many wrong PINs: 5 minutes, doubling to an hour."""
    rounds = min(failures // TRIES, 10)
    return min(FIRST_LOCK * (1 << rounds - 1), LONGEST_LOCK)
