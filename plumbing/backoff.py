"""Retry with back-off: the pause before the next attempt grows with each failure in a row. Pure but for `jittered`."""

import random
from collections.abc import Sequence
from typing import Final

PAUSES: Final = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before each retry of a device or a program; the last pause repeats."""


class Backoff:
    """Pauses between the attempts at one thing. Used by one thread or one event loop."""

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        """`pauses` are seconds; at least one."""
        self._pauses = tuple(pauses)
        self._failures = 0

    def next_pause(self) -> float:
        """Seconds to wait after one more failure."""
        pause = self._pauses[min(self._failures, len(self._pauses) - 1)]
        self._failures += 1
        return pause

    def reset(self) -> None:
        """Start over after a success: the next pause is the first."""
        self._failures = 0


def jittered(seconds: float, share: float = 0.3) -> float:
    """The pause changed at random by up to `share`, so that devices that were lost together do not all retry at once."""
    return seconds * random.uniform(1 - share, 1 + share)
