"""Leased numbers that a kiosk holds in advance, on disk beside its outbox: to give one and queue its hand-in is one transaction."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime

from hub.client.outbox import Outbox
from plumbing.durable_files import transaction
from service_floor.queue.commands import Command


@dataclass(frozen=True, slots=True)
class GrantedLease:
    """Numbers of a service that the hub has set aside for this kiosk, for one day."""

    lease: str
    service: str
    day: date
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastContact:
    """When the hub was last heard: by its clock, by the wall clock of this machine, both with a time zone, and by its
    steady clock in the boot of that id."""

    hub: datetime
    wall: datetime
    steady: float = 0.0
    boot: str = ""


class LeaseBook:
    """Made after its outbox and used by the same thread; the outbox closes the file. Its methods raise sqlite3.Error.

    A number that was given stays struck out until its day is over, so that no repeated answer of the hub brings it back.
    """

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._db = outbox.database

    def keep(self, granted: GrantedLease) -> None:
        """Keep a lease; one that is known changes nothing."""
        day = granted.day.isoformat()
        rows = [(granted.lease, granted.service, day, number) for number in granted.numbers]
        with transaction(self._db):
            self._db.executemany(
                "INSERT OR IGNORE INTO leased (lease, service, day, number) VALUES (?, ?, ?, ?)",
                rows,
            )

    def held(self, day: date) -> dict[str, int]:
        """How many numbers of each service can still be given on a day."""
        query = "SELECT service, count(*) FROM leased WHERE day = ? AND gone = 0 GROUP BY service"
        with closing(self._db.execute(query, (day.isoformat(),))) as rows:
            return dict(rows.fetchall())

    def give(
        self,
        service: str,
        day: date,
        press: str,
        hand_in: Callable[[str, str], tuple[str, Command]],
    ) -> tuple[str, str] | None:
        """Strike out the next number, take the press out of the outbox and put its hand-in there, in one transaction.

        `hand_in` makes the request from a lease and a number. Returns both, or None if no number is left; if it raises,
        nothing was given.
        """
        query = (
            "SELECT place, lease, number FROM leased WHERE day = ? AND service = ? AND gone = 0"
            " ORDER BY place LIMIT 1"
        )
        with transaction(self._db):
            found = self._db.execute(query, (day.isoformat(), service)).fetchone()
            if found is None:
                return None
            place, lease, number = found
            self._db.execute("UPDATE leased SET gone = 1 WHERE place = ?", (place,))
            self._outbox.replace(press, *hand_in(lease, number))
        return lease, number

    def take_back(self, service: str, day: date) -> dict[str, list[str]]:
        """Strike out all numbers of a service that were not given: they go back to the hub. Returns them by lease."""
        query = "SELECT lease, number FROM leased WHERE day = ? AND service = ? AND gone = 0"
        by_lease: dict[str, list[str]] = {}
        with transaction(self._db):
            for lease, number in self._db.execute(query, (day.isoformat(), service)).fetchall():
                by_lease.setdefault(lease, []).append(number)
            self._db.execute(
                "UPDATE leased SET gone = 1 WHERE day = ? AND service = ?",
                (day.isoformat(), service),
            )
        return by_lease

    def forget_before(self, day: date) -> None:
        """Delete the leases of days that are over."""
        self._db.execute("DELETE FROM leased WHERE day < ?", (day.isoformat(),))

    def strike_out(self, day: date) -> None:
        """The day has ended early: give no more numbers on it."""
        self._db.execute("UPDATE leased SET gone = 1 WHERE day = ?", (day.isoformat(),))

    def note(self, word: LastContact) -> None:
        """Keep when the hub was last heard."""
        row = (word.hub.isoformat(), word.wall.isoformat(), word.steady, word.boot)
        columns = "one, hub, wall, steady, boot"
        self._db.execute(f"REPLACE INTO last_word ({columns}) VALUES (1, ?, ?, ?, ?)", row)

    def last_word(self) -> LastContact | None:
        """When an earlier run last heard the hub."""
        with closing(self._db.execute("SELECT hub, wall, steady, boot FROM last_word")) as rows:
            found = rows.fetchone()
        if found is None:
            return None
        hub, wall = map(datetime.fromisoformat, found[:2])
        return LastContact(hub, wall, found[2] or 0.0, found[3] or "")
