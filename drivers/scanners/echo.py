"""Debouncing of scans: drops the echo of the last one, since paper is held before a scanner longer than reading takes."""

import time
from collections.abc import Callable
from typing import Final

SAME_CODE_SECONDS: Final = 2.0
"""A code seen again within this time is the same presentation of the same paper."""


class Echo:
    """Remembers the last code of one scanner. A code that stays in sight stays the same scan."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._text = ""
        self._seen = 0.0

    def repeats(self, text: str) -> bool:
        """Take a code as seen now; whether it is still the last one."""
        now = self._clock()
        again = text == self._text and now - self._seen < SAME_CODE_SECONDS
        self._text, self._seen = text, now
        return again
