"""Clock of the hub while the hub is silent: its last time plus what this machine has counted since."""

from collections.abc import Callable
from datetime import datetime, timedelta

from hub.client.offline.lease_book import LastContact


class HubClock:
    """Counts within one run by the steady clock. The time between two runs comes from the wall clock, which may be wrong: if it
    stands before the last contact on disk, the time is unknown until the hub is heard."""

    def __init__(
        self, steady: Callable[[], float], wall: Callable[[], datetime], last: LastContact | None
    ) -> None:
        self._steady = steady
        self._wall = wall
        self._word: datetime | None = None
        self._anchor: tuple[datetime, float] | None = None
        away = wall() - last.wall if last else None
        if last is not None and away is not None and away >= timedelta(0):
            self._word = last.hub
            self._anchor = (last.hub + away, steady())

    def hear(self, hub_now: datetime) -> LastContact:
        """The hub has sent its time; returns the contact to keep on disk."""
        self._word = hub_now
        self._anchor = (hub_now, self._steady())
        return LastContact(hub_now, self._wall())

    def now(self) -> datetime | None:
        """The hub's time as counted, None while it is unknown."""
        if self._anchor is None:
            return None
        at, counted = self._anchor
        return at + timedelta(seconds=self._steady() - counted)

    def silence(self) -> timedelta | None:
        """How long ago the hub was last heard, None while that is unknown."""
        now = self.now()
        return None if now is None or self._word is None else now - self._word
