"""Announcement queue: which call comes next. Pure: the calls of the feed and the hub's time in, one announcement at a time out.

Screen and sound are different queues: a board shows all calls at once, a loudspeaker plays one after the other.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hub.messages import CallView

LATE = timedelta(seconds=15)
SHORT_WHEN_WAITING = 3
MOST_WAITING = 30


class DropReason(StrEnum):
    """Why a call is not announced."""

    OVER = "over"
    LATE = "late"
    REPEATED = "repeated"
    OVERFLOW = "overflow"


@dataclass(frozen=True, slots=True)
class Announcement:
    """A call to announce now; `short` because many wait."""

    call: CallView
    short: bool


@dataclass(frozen=True, slots=True)
class Dropped:
    """A call that is not announced."""

    call: str
    reason: DropReason


class AnnouncementQueue:
    """The loudspeaker's queue of calls to these counters; owned by one agent. Remembers only calls that the feed has."""

    def __init__(self, counters: Collection[str]) -> None:
        self._counters = frozenset(counters)
        self._known: set[str] = set()
        self._waiting: dict[str, CallView] = {}

    @property
    def waiting(self) -> tuple[CallView, ...]:
        """Calls to be announced, next first."""
        return tuple(self._waiting.values())

    def follow(self, calls: Mapping[str, CallView], now: datetime) -> list[Dropped]:
        """Take the feed's calls as they stand: new ones join the queue, obsolete ones leave it."""
        ours = {key: call for key, call in calls.items() if call.counter in self._counters}
        dropped: list[Dropped] = []
        for call in sorted(ours.values(), key=lambda call: call.called_at):
            if call.call not in self._known:
                dropped += self._meet(call, now)
        dropped += self._forget_ended(ours)
        self._known &= ours.keys()
        return dropped + self._cut()

    def next(self) -> Announcement | None:
        """Take the next call out of the queue; the caller has finished the one before."""
        if not self._waiting:
            return None
        short = len(self._waiting) > SHORT_WHEN_WAITING
        return Announcement(self._waiting.pop(next(iter(self._waiting))), short)

    def _meet(self, call: CallView, now: datetime) -> list[Dropped]:
        """A call seen for the first time. A repetition takes the place in the queue of the call that it repeats."""
        self._known.add(call.call)
        if call.over:
            return [Dropped(call.call, DropReason.OVER)]
        if now - call.called_at > LATE:
            return [Dropped(call.call, DropReason.LATE)]
        earlier = self._waiting.get(call.ticket)
        self._waiting[call.ticket] = call
        return [Dropped(earlier.call, DropReason.REPEATED)] if earlier else []

    def _forget_ended(self, calls: Mapping[str, CallView]) -> list[Dropped]:
        """Remove the calls of citizens who are served already, and calls that the hub no longer has."""
        ended = [
            waiting
            for waiting in self._waiting.values()
            if waiting.call not in calls or calls[waiting.call].over
        ]
        for call in ended:
            del self._waiting[call.ticket]
        return [Dropped(call.call, DropReason.OVER) for call in ended]

    def _cut(self) -> list[Dropped]:
        """Limit of the queue: beyond it the oldest would be announced too late to be of use."""
        dropped = []
        while len(self._waiting) > MOST_WAITING:
            oldest = next(iter(self._waiting))
            dropped.append(Dropped(self._waiting.pop(oldest).call, DropReason.OVERFLOW))
        return dropped
