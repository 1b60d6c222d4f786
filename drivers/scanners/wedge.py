"""Keyboard wedge parser: distinguishes by time what a scanner types from what a person types. Pure: times (s) are arguments.

The last resort, for scanners that can be neither a serial port nor read from their event nodes.
"""

from typing import Final

SECONDS_PER_CHARACTER: Final = 0.03
"""On the average; the quickest typists need 0.06, scanners 0.001 to 0.02."""

SECONDS_PER_CHARACTER_OF_LONG: Final = 0.045
"""The same for what is too long for a person's quick word: scanners by Bluetooth need 0.04."""

LONG_CODE: Final = 8
LONGEST_PAUSE: Final = 0.15
FORGOTTEN_AFTER: Final = 1.0
"""Seconds after which what was begun and not ended is a key that somebody touched, and not a part of the next code."""

SUFFIX_SECONDS: Final = 0.1
"""A key this soon behind a code's Enter is the second half of a suffix CR LF."""

SHORTEST_CODE: Final = 4
LONGEST_CODE: Final = 4096


class Wedge:
    """Follows the text that comes into one window. An input method commits whole words; they count by letters."""

    def __init__(self) -> None:
        self._text = ""
        self._began = 0.0
        self._heard = 0.0
        self._ended = -FORGOTTEN_AFTER
        self._is_tail = False

    def type(self, text: str, at: float) -> None:
        """Take a key's character, or what an input method gives."""
        if not self.goes_on(at):
            self._is_tail = self._was_cut(at)
            self._text, self._began = "", at
        self._text = (self._text + text)[: LONGEST_CODE + 1]
        self._heard = at

    def goes_on(self, at: float) -> bool:
        """Whether a key now would belong to what was typed last."""
        return bool(self._text) and at - self._heard <= LONGEST_PAUSE

    def is_suffix(self, at: float) -> bool:
        """Whether a key that types nothing still belongs to the code that an Enter has just ended."""
        return not self._text and 0 <= at - self._ended <= SUFFIX_SECONDS

    def enter(self, at: float) -> str | None:
        """Enter was pressed: what was scanned, None where a person typed, empty where only the end of a code came."""
        quick = self.goes_on(at)
        text, self._text = self._text, ""
        each = SECONDS_PER_CHARACTER if len(text) < LONG_CODE else SECONDS_PER_CHARACTER_OF_LONG
        quick = quick and at - self._began <= len(text) * each
        if not quick or not SHORTEST_CODE <= len(text) <= LONGEST_CODE:
            return None
        self._ended = at
        return "" if self._is_tail else text

    def _was_cut(self, at: float) -> bool:
        """Whether what was typed before has begun a code; a key for LF behind the last Enter has not."""
        is_line_feed = len(self._text) == 1 and self._heard - self._ended <= SUFFIX_SECONDS
        return bool(self._text) and at - self._heard < FORGOTTEN_AFTER and not is_line_feed
