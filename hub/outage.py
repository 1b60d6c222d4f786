"""A time in which the journal cannot be written: told once when it begins and once when it ends."""

import logging
from time import monotonic

log = logging.getLogger("hub")


class Outage:
    """Kept by the floor's writer."""

    def __init__(self) -> None:
        self._since: float | None = None

    @property
    def lasts(self) -> bool:
        """Whether the journal cannot be written."""
        return self._since is not None

    def begin(self, problem: Exception) -> None:
        """Something could not be written."""
        if self._since is None:
            self._since = monotonic()
            log.error("the journal cannot be written, requests are answered `storage`: %s", problem)

    def end(self) -> None:
        """Something was written."""
        if self._since is not None:
            log.info("the journal is written again after %.0f s", monotonic() - self._since)
            self._since = None
