"""Writes journals of any length by the hub's own journal: whole days, each with tickets issued, called and served."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from benchmarks.hall import COUNTERS, SERVICES
from hub.database.storage import close_store, database_in, open_store
from hub.journal.journal import Journal
from service_floor.queue.events import (
    CounterOpened,
    CounterSignedIn,
    DayOpened,
    Event,
    ServiceStarted,
    Stop,
    TicketCalled,
    TicketFinished,
    TicketIssued,
)
from service_floor.zone import ZONE

ROWS_OF_A_TICKET: Final = 4
_DEVICE: Final = "bench"
# The last counter of the hall is open all day; the others are left to the bench.
_COUNTER: Final = f"c{COUNTERS}"
_OFFICER: Final = f"o{COUNTERS}"
_A_PAGE: Final = 4_000
_PREFIXES: Final = ("A", "B")


@dataclass(frozen=True, slots=True)
class Day:
    """A day to be written: so many tickets that were served, and so many that still wait."""

    day: date
    served: int
    waiting: int = 0

    def events(self) -> Iterator[Event]:
        """All that happened, in order."""
        yield DayOpened(self.day)
        yield CounterSignedIn(_COUNTER, _OFFICER)
        yield CounterOpened(_COUNTER)
        for n in range(self.served):
            ticket = secrets.token_hex(8)
            yield _issued(ticket, n)
            yield TicketCalled(ticket, _COUNTER, _OFFICER, secrets.token_hex(8))
            yield ServiceStarted(ticket, _COUNTER)
            yield TicketFinished(ticket, _COUNTER, "")
        for n in range(self.served, self.served + self.waiting):
            yield _issued(secrets.token_hex(8), n)


def write_history(data: Path, days: Iterator[Day] | tuple[Day, ...], now: datetime) -> int:
    """Write the days into a new database in the folder; how many rows that are. The last may be the day of `now`."""
    data.mkdir(parents=True)
    engine = open_store(database_in(data))
    journal = Journal(engine)
    try:
        for day in days:
            at = min(datetime.combine(day.day, now.timetz(), ZONE), now)
            _write(journal, day, at)
        return journal.seq
    finally:
        journal.close()
        close_store(engine)


def long_history(rows: int, rows_today: int, now: datetime) -> tuple[Day, ...]:
    """Days of equal length up to yesterday, and today: so many rows in all, a few more or less."""
    old = rows // rows_today - 1
    today = now.date()
    served = rows_today // ROWS_OF_A_TICKET
    return tuple(Day(today - timedelta(days=back), served) for back in range(old, -1, -1))


def _issued(ticket: str, n: int) -> TicketIssued:
    kind = n % len(SERVICES)
    number = n // len(SERVICES) + 1
    return TicketIssued(
        ticket=ticket,
        number=f"{_PREFIXES[kind]}{number:05}",
        n=number,
        stops=(Stop(SERVICES[kind]),),
        priority=None,
        session="all-day",
        device=_DEVICE,
    )


def _write(journal: Journal, day: Day, at: datetime) -> None:
    events = day.events()
    more = True
    while more:
        with journal.page() as page:
            before = page.seq
            for event in islice(events, _A_PAGE):
                page.record(event, at, day.day, _DEVICE)
            more = page.seq > before
