"""Counts tries of one kind by who makes them, so that a burst is told once and too many are refused. Pure; bounded."""

from collections import OrderedDict
from math import ceil
from typing import Final

MOST_KEYS: Final = 1_024


class Attempts:
    """More than `most` tries within `seconds` are too many. Of very many who try, the ones longest ago are forgotten."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._windows: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def note(self, key: str, now: float) -> int:
        """One more try; the how many-th within its time. `now` is in seconds of any clock that only goes forward."""
        since, count = self._windows.pop(key, (now, 0))
        if now - since >= self._seconds:
            since, count = now, 0
        self._windows[key] = (since, count + 1)
        if len(self._windows) > MOST_KEYS:
            self._windows.popitem(last=False)
        return count + 1

    def are_too_many(self, key: str, now: float) -> bool:
        """Whether the next try is to be refused."""
        return self.seconds_to_wait(key, now) > 0

    def seconds_to_wait(self, key: str, now: float) -> int:
        """How long tries are refused from now on; 0 where the next one is not."""
        since, count = self._windows.get(key, (now, 0))
        left = since + self._seconds - now
        return ceil(left) if count >= self._most and left > 0 else 0
