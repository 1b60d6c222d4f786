"""Histogram of commit durations, for `/metrics`."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

BOUNDS: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds up to which commits are counted together; a commit that waits longer than the last for a lock fails."""


class CommitTimes:
    """How long commits took, in seconds; `last` is the latest."""

    def __init__(self) -> None:
        self.total = 0.0
        self.last = 0.0
        self._counts = [0] * (len(BOUNDS) + 1)

    def note(self, seconds: float) -> None:
        """One commit more."""
        self._counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds
        self.last = seconds

    def buckets(self) -> Iterator[tuple[str, int]]:
        """Each bound with the commits that took no longer, as Prometheus wants them."""
        so_far = 0
        names = (*(str(bound) for bound in BOUNDS), "+Inf")
        for name, count in zip(names, tuple(self._counts), strict=True):
            so_far += count
            yield name, so_far
