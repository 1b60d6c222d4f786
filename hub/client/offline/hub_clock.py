"""Clock of the hub while the hub is silent: its last time plus what this machine has counted since.

The wall clock of a kiosk is believed only over a restart of the machine, and only forwards: whatever it jumps by while
numbers are given, neither their time nor their day follows it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from hub.client.offline.lease_book import LastContact


class KioskClocks(NamedTuple):
    """The clocks of a kiosk: seconds since the machine's boot, the wall clock, and the id of the boot."""

    steady: Callable[[], float]
    wall: Callable[[], datetime]
    boot: str = ""


class HubClock:
    """Counts by the steady clock, seconds since the machine's boot, also over a restart of the program. Over a restart of
    the machine the wall clock counts, which may be wrong: if it stands before the last contact on disk, the time is
    unknown until the hub is heard."""

    def __init__(self, clocks: KioskClocks, last: LastContact | None) -> None:
        self._steady, self._wall, self._boot = steady, wall, boot = clocks
        self._word: datetime | None = None
        self._anchor: tuple[datetime, float] | None = None
        if last is None:
            return
        away = wall() - last.wall
        if boot and boot == last.boot:
            away = timedelta(seconds=steady() - last.steady)
        if away >= timedelta(0):
            self._word = last.hub
            self._anchor = (last.hub + away, steady())

    def hear(self, hub_now: datetime) -> LastContact:
        """The hub has sent its time; returns the contact to keep on disk."""
        self._word = hub_now
        steady = self._steady()
        self._anchor = (hub_now, steady)
        return LastContact(hub_now, self._wall(), steady, self._boot)

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
