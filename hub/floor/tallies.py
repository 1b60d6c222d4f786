"""Request counters for `/metrics`, and the notices: written by the writer thread, read from anywhere."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from hub.floor.notices import FloorNotices

DONE: Final = "done"
REFUSED: Final = "refused"
REPEATED: Final = "repeated"


class Tallies:
    """One for a hub. `leased` are the numbers that each kiosk holds in advance, as they were within the last second."""

    def __init__(self) -> None:
        self.cut_off = 0
        self.notices = FloorNotices()
        self.leased: Mapping[str, int] = {}
        self._requests: Counter[tuple[str, str]] = Counter()

    def note_requests(self, told: Iterable[tuple[str, str]]) -> None:
        """Requests that were answered, each by kind and outcome."""
        self._requests.update(told)

    def requests(self) -> Mapping[tuple[str, str], int]:
        """How many of each kind had each outcome."""
        return self._requests.copy()
