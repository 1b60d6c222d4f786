"""Keyboard wedge parser: distinguishes by time what a scanner types from what a person types. Pure: times (s) are arguments.

The last resort, for scanners that can be neither a serial port nor read from their event nodes.
"""

from typing import Final

SECONDS_PER_CHARACTER: Final = 0.03
"""On the average; the quickest typists need 0.06, scanners 0.001 to 0.02."""

LONGEST_PAUSE: Final = 0.15
SHORTEST_CODE: Final = 4
LONGEST_CODE: Final = 4096


class Wedge:
    """Follows the text that comes into one window. An input method commits whole words; they count by letters."""

    def __init__(self) -> None:
        self._text = ""
        self._began = 0.0
        self._heard = 0.0

    def type(self, text: str, at: float) -> None:
        """Take a key's character, or what an input method gives."""
        if not self.goes_on(at):
            self._text, self._began = "", at
        self._text = (self._text + text)[: LONGEST_CODE + 1]
        self._heard = at

    def goes_on(self, at: float) -> bool:
        """Whether a key now would belong to what was typed last."""
        return bool(self._text) and at - self._heard <= LONGEST_PAUSE

    def enter(self, at: float) -> str | None:
        """Enter was pressed: what was scanned, None where a person typed."""
        quick = self.goes_on(at)
        text, self._text = self._text, ""
        quick = quick and at - self._began <= len(text) * SECONDS_PER_CHARACTER
        return text if quick and SHORTEST_CODE <= len(text) <= LONGEST_CODE else None
