"""The hub's time while the hub is silent: its last word plus what this machine has counted since."""

from collections.abc import Callable
from datetime import datetime, timedelta

from hub.client.lease_book import LastContact


class HubClock:
    """Reckons in one run by the steady clock. The time between two runs is the wall clock's, which may be wrong: where it
    stands before the last word that was written down, nobody knows the time until the hub is heard."""

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
        """The hub has told its time; what is to be written down of it."""
        self._word = hub_now
        self._anchor = (hub_now, self._steady())
        return LastContact(hub_now, self._wall())

    def now(self) -> datetime | None:
        """The hub's time as reckoned, None where it is unknown."""
        if self._anchor is None:
            return None
        at, counted = self._anchor
        return at + timedelta(seconds=self._steady() - counted)

    def silence(self) -> timedelta | None:
        """How long ago the hub was last heard, None where that is unknown."""
        now = self.now()
        return None if now is None or self._word is None else now - self._word
