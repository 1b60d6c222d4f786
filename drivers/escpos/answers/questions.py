"""Outstanding queries of DLE EOT: their answers do not name them, so a late one must not pass for that to a newer query. Pure.

Times are in seconds of one monotonic clock.
"""

from collections import deque
from typing import Final

PROMPT_SECONDS: Final = 0.5
"""Timeout of an answer, as long as the printer's are prompt."""

SLOWEST_SECONDS: Final = 2.0
"""Longest timeout of an answer, for printers that were seen to answer later than `PROMPT_SECONDS`."""

_FORGOTTEN_SECONDS: Final = 3.0
_MARGIN: Final = 1.5
_SPREAD_SECONDS: Final = 0.1


class Outstanding:
    """Counts the answers that are still to come, by the time of their queries."""

    def __init__(self) -> None:
        self._queries: deque[tuple[float, int]] = deque()
        self.patience = PROMPT_SECONDS

    def asked(self, now: float, count: int) -> float | None:
        """Note a query for `count` answers; the time of the oldest earlier query that may still be answered, if any."""
        while self._queries and now - self._queries[0][0] > _FORGOTTEN_SECONDS:
            self._queries.popleft()
        oldest = self._queries[0][0] if self._queries else None
        self._queries.append((now, count))
        return oldest

    def heard(self) -> None:
        """One answer came: it belongs to the oldest query, unless that was lost."""
        if not self._queries:
            return
        asked_at, missing = self._queries.popleft()
        if missing > 1:
            self._queries.appendleft((asked_at, missing - 1))
        elif not self._queries:
            # The only query was answered after its timeout, or in time: then `answered` follows.
            self.patience = SLOWEST_SECONDS

    def answered(self, seconds: float) -> None:
        """The newest query was answered, `seconds` after it was sent: none before it is waited for any more."""
        self._queries.clear()
        self.patience = min(SLOWEST_SECONDS, max(PROMPT_SECONDS, seconds * _MARGIN))


def surplus_until(oldest: float, asked_at: float, now: float) -> float:
    """When the answers to a query have come, if those that came at `now` answered the earlier one at `oldest`."""
    return asked_at + (now - oldest) + _SPREAD_SECONDS
