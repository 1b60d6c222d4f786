"""Journals of some days on real SQLite files."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from hub.database.storage import close_store, database_in, open_store
from hub.journal.journal import Journal, Kept, RequestKey
from service_floor.queue.events import DayEnded, DayOpened, Stop, TicketIssued
from service_floor.zone import ZONE

FIRST_DAY = date(2026, 11, 20)


def fill(engine: Engine, days: int, tickets: int, begin: date = FIRST_DAY) -> None:
    """Days of so many tickets, each a transaction with its request: a row in front and one behind."""
    journal = Journal(engine)
    for n in range(days):
        day = begin + timedelta(days=n)
        at = datetime(day.year, day.month, day.day, 8, 0, tzinfo=ZONE)
        for k in range(tickets + 2):
            moment = at + timedelta(seconds=k)
            with journal.page() as page:
                if k == 0:
                    page.record(DayOpened(day), moment, day, "hub")
                elif k == tickets + 1:
                    page.record(DayEnded(day), moment, day, "hub")
                else:
                    ticket = f"{day}-{k}"
                    page.record(
                        TicketIssued(ticket, f"A{k:03}", k, (Stop("đất"),), None, "all-day", "k1"),
                        moment,
                        day,
                        "k1",
                    )
                    told = {"req": ticket, "ok": True, "result": {"ticket": {"id": ticket}}}
                    page.keep(RequestKey("k1", ticket), Kept("h", json.dumps(told)), moment)
    journal.close()


@pytest.fixture(scope="session")
def make_data() -> Callable[[Path], Path]:
    """Fills a folder with three days of five tickets: rows 1 to 21."""

    def make(folder: Path) -> Path:
        engine = open_store(database_in(folder))
        fill(engine, 3, 5)
        close_store(engine)
        return folder

    return make


@pytest.fixture
def data(make_data: Callable[[Path], Path], tmp_path: Path) -> Path:
    """A data folder with such a journal."""
    folder = tmp_path / "data"
    folder.mkdir()
    return make_data(folder)


@pytest.fixture
def engine(data: Path) -> Iterator[Engine]:
    engine = open_store(database_in(data))
    yield engine
    engine.dispose()


@pytest.fixture
def change(engine: Engine) -> Callable[[str], None]:
    """Tampers with the database."""

    def tamper(statement: str) -> None:
        with engine.begin() as connection:
            connection.execute(text(statement))

    return tamper
