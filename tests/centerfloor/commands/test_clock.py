"""`centerfloor clock confirm`: what it asks, and what it leaves for the hub."""

from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner

from centerfloor.cli import main
from hub.accounts.audit_log import read_entries
from hub.database.storage import close_store, database_in, open_store
from service_floor.zone import ZONE


@pytest.fixture
def data(tmp_path):
    close_store(open_store(database_in(tmp_path)))
    return tmp_path


def confirm(data, *words, typed=None):
    return CliRunner().invoke(main, ["clock", "confirm", "--data", str(data), *words], input=typed)


def entries(data):
    engine = open_store(database_in(data))
    with engine.connect() as connection:
        found = list(read_entries(connection))
    close_store(engine)
    return found


def test_it_shows_the_time_and_records_who_confirmed_it(data) -> None:
    done = confirm(data, typed="y\n")
    assert done.exit_code == 0, done.output
    assert f"{datetime.now(ZONE):%Y-%m-%d %H}" in done.stdout
    (entry,) = entries(data)
    assert (entry.kind, entry.subject) == ("clock_confirmed", "clock")
    assert entry.by.startswith("command")
    assert abs(datetime.now(ZONE) - entry.at) < timedelta(minutes=5)


def test_without_a_yes_nothing_is_recorded(data) -> None:
    assert confirm(data, typed="n\n").exit_code == 1
    assert entries(data) == []


def test_without_a_journal_nothing_is_made(tmp_path) -> None:
    done = confirm(tmp_path / "data", "--yes")
    assert (done.exit_code, "no journal" in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []
