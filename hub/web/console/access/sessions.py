"""Session cookies of the console: created at sign-in, expired after 30 minutes idle or 12 hours. Held in memory under the
hash of the cookie: a restart of the hub ends all of them."""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from plumbing.limits import SESSION_HOURS, SESSION_IDLE_MINUTES, SESSIONS
from service_floor.queue.commands import Role

LONGEST_SECONDS: Final = SESSION_HOURS * 3600.0
IDLE_SECONDS: Final = SESSION_IDLE_MINUTES * 60.0
MOST: Final = SESSIONS.of_all
MOST_OF_ONE: Final = SESSIONS.of_key
"""Limit of sessions of one officer; the least recently used one is ended."""
_TOKEN_BYTES: Final = 32


@dataclass(slots=True)
class ConsoleSession:
    """One officer at one browser. `notice` is the flash message of the next page, `subject` the code that was looked
    up, and `again` the id of a request that was never answered: the retry is the same request."""

    officer: str
    role: Role
    language: str
    began: float
    seen: float
    form_token: str = field(default_factory=lambda: secrets.token_urlsafe(_TOKEN_BYTES), repr=False)
    notice: tuple[bool, str] | None = None
    subject: str = ""
    subject_at: float = 0.0
    again: str = ""

    def take_req(self) -> str:
        """The request id for the forms of a page."""
        req, self.again = self.fragment_req(), ""
        return req

    def fragment_req(self) -> str:
        """The request id for the forms of a part that refreshes itself: the next page has it too."""
        return self.again or secrets.token_hex(16)

    def take_notice(self) -> tuple[bool, str] | None:
        """The flash message, once: whether it is good, and the sentence."""
        notice, self.notice = self.notice, None
        return notice


class ConsoleSessions:
    """All sessions. `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._held: OrderedDict[str, ConsoleSession] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    @property
    def now(self) -> float:
        """The present second."""
        return self._clock()

    def begin(self, officer: str, role: Role, language: str) -> str:
        """Open a session; the token for the cookie, which is stored nowhere else."""
        self._drop_old()
        own = [key for key, held in self._held.items() if held.officer == officer]
        for key in own[: max(0, len(own) - MOST_OF_ONE + 1)]:
            del self._held[key]
        while len(self._held) >= MOST:
            self._held.popitem(last=False)
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        now = self._clock()
        self._held[_hash(token)] = ConsoleSession(officer, role, language, now, now)
        return token

    def find(self, token: str, touch: bool = True) -> ConsoleSession | None:
        """The session of a cookie. A page that refreshes itself does not `touch`: the place may be empty."""
        key = _hash(token)
        session = self._held.get(key)
        if session is None:
            return None
        if self._is_over(session):
            del self._held[key]
            return None
        if touch:
            session.seen = self._clock()
            self._held.move_to_end(key)
        return session

    def end(self, token: str) -> None:
        """The officer signs out."""
        self._held.pop(_hash(token), None)

    def end_all_of(self, officer: str) -> None:
        """End all sessions of an officer: the PIN has changed."""
        for key in [key for key, held in self._held.items() if held.officer == officer]:
            del self._held[key]

    def _drop_old(self) -> None:
        for key in [key for key, held in self._held.items() if self._is_over(held)]:
            del self._held[key]

    def _is_over(self, session: ConsoleSession) -> bool:
        now = self._clock()
        return now - session.began >= LONGEST_SECONDS or now - session.seen >= IDLE_SECONDS


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
