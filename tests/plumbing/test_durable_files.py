"""Files with versions: migrated step by step, refused when newer, set aside when unreadable, and nothing in them is lost."""

import contextlib
import logging
import sqlite3
import threading

import pytest

from plumbing import durable_files
from plumbing.durable_files import (
    NewerFileError,
    Schema,
    open_durable,
    transaction,
    use_write_ahead_log,
)

log = logging.getLogger("test.files")


def first(database):
    database.execute(
        "CREATE TABLE IF NOT EXISTS things (place INTEGER PRIMARY KEY, name TEXT UNIQUE)"
    )


def second(database):
    database.execute("ALTER TABLE things ADD COLUMN size INTEGER NOT NULL DEFAULT 1")


def third(database):
    database.execute("CREATE TABLE boxes (box TEXT)")


WAITING = "SELECT count(*) FROM things"
VERSIONS = [Schema((first, second, third)[:n], WAITING) for n in (1, 2, 3)]
NEWEST = VERSIONS[-1]


def opened(file, schema=NEWEST):
    return open_durable(file, schema, log)


def names(database):
    return [name for (name,) in database.execute("SELECT name FROM things ORDER BY place")]


def version(database):
    return database.execute("PRAGMA user_version").fetchone()[0]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "state" / "k1.things"


@pytest.mark.parametrize("earlier", VERSIONS[:-1])
def test_each_earlier_version_is_migrated_with_its_rows(file, earlier) -> None:
    database = opened(file, earlier)
    database.execute("INSERT INTO things (name) VALUES ('a')")
    database.close()
    database = opened(file)
    assert (version(database), names(database)) == (3, ["a"])
    assert database.execute("SELECT size FROM things").fetchall() == [(1,)]
    database.close()
    assert [path.name for path in file.parent.iterdir()] == ["k1.things"]


def test_a_file_of_a_later_version_is_refused_and_left_as_it_is(file) -> None:
    database = opened(file)
    database.execute("INSERT INTO things (name) VALUES ('a')")
    database.close()
    before = file.read_bytes()
    with pytest.raises(NewerFileError) as refused:
        opened(file, VERSIONS[0])
    assert refused.value.code == "file_newer"
    assert refused.value.data == {"file": str(file), "version": 3, "known": 1}
    assert file.read_bytes() == before


def test_a_migration_that_fails_leaves_the_version_before(file) -> None:
    opened(file, VERSIONS[0]).close()

    def fails(database):
        database.execute("DELETE FROM things")
        raise InterruptedError

    with pytest.raises(InterruptedError):
        opened(file, Schema((first, second, fails), WAITING))
    database = opened(file, VERSIONS[0])
    assert version(database) == 1
    database.close()


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TABLE things (place INTEGER PRIMARY KEY)",
        "CREATE TABLE things (place INTEGER PRIMARY KEY, name TEXT)",
        "CREATE TABLE things (place INTEGER PRIMARY KEY, name BLOB UNIQUE)",
        "CREATE TABLE things (place INTEGER PRIMARY KEY, name TEXT UNIQUE, more TEXT)",
        "CREATE TABLE things (place INTEGER PRIMARY KEY, name TEXT UNIQUE); PRAGMA user_version = 2",
    ],
)
def test_a_file_of_another_shape_is_set_aside_with_its_rows(file, made, caplog) -> None:
    file.parent.mkdir()
    database = sqlite3.connect(file)
    database.executescript(made)
    database.executescript("INSERT INTO things DEFAULT VALUES; INSERT INTO things DEFAULT VALUES")
    database.close()
    database = opened(file)
    assert (version(database), names(database)) == (3, [])
    database.close()
    assert "kept as k1.things.broken with 2 entries that were not done with" in caplog.text
    kept = sqlite3.connect(file.with_name("k1.things.broken"))
    assert kept.execute(WAITING).fetchone() == (2,)
    kept.close()


def test_nothing_set_aside_earlier_is_replaced(file, caplog) -> None:
    file.parent.mkdir()
    for text in (b"first" * 500, b"second" * 500, b"third" * 500):
        file.write_bytes(text)
        opened(file).close()
    kept = {path.name: path.read_bytes()[:5] for path in file.parent.glob("*.broken*")}
    assert kept == {
        "k1.things.broken": b"first",
        "k1.things.broken-2": b"secon",
        "k1.things.broken-3": b"third",
    }
    assert caplog.text.count("with an unknown number of entries") == 3


def test_rows_of_the_write_ahead_log_are_set_aside_too(file, tmp_path) -> None:
    """The program was killed: its last rows are not yet in the file itself."""
    database = opened(file, VERSIONS[0])
    database.execute("INSERT INTO things (name) VALUES ('a')")
    log_file = file.with_name("k1.things-wal")
    crashed = (file.read_bytes(), log_file.read_bytes())
    database.close()
    file.write_bytes(crashed[0])
    log_file.write_bytes(crashed[1])
    other = Schema(
        (lambda db: db.execute("CREATE TABLE others (name TEXT)"), first, second), WAITING
    )
    opened(file, Schema((*other.migrations, third), WAITING)).close()
    kept = sqlite3.connect(file.with_name("k1.things.broken"))
    assert names(kept) == ["a"]
    kept.close()


def test_a_file_that_cannot_be_opened_now_is_not_set_aside(file) -> None:
    file.mkdir(parents=True)
    with pytest.raises(sqlite3.OperationalError):
        opened(file)
    assert file.is_dir()


def test_two_programs_that_open_a_file_at_once_migrate_it_once(file) -> None:
    file.parent.mkdir()
    done: list[int] = []

    def program() -> None:
        database = opened(file)
        done.append(version(database))
        database.close()

    threads = [threading.Thread(target=program) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [3] * 8


@contextlib.contextmanager
def locked_by_another(file):
    """While another program makes the file SQLite may refuse the switch to WAL at once: here it does so always."""
    file.parent.mkdir()
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.executescript("CREATE TABLE others (name TEXT); BEGIN EXCLUSIVE")
    database = sqlite3.connect(file, timeout=0)
    yield other, database
    other.close()
    database.close()


def test_the_switch_to_wal_is_retried_while_another_program_makes_the_file(file) -> None:
    with locked_by_another(file) as (other, database):
        release = threading.Timer(0.05, other.execute, ["COMMIT"])
        release.start()
        use_write_ahead_log(database)
        release.join()
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_file_that_stays_locked_is_an_error(file, monkeypatch) -> None:
    monkeypatch.setattr(durable_files, "_BUSY_SECONDS", 0.05)
    with (
        locked_by_another(file) as (_, database),
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        use_write_ahead_log(database)


def test_a_transaction_is_whole_or_undone(file) -> None:
    database = opened(file)
    with transaction(database):
        database.execute("INSERT INTO things (name) VALUES ('a')")
    database.execute("INSERT INTO boxes (box) VALUES ('b')")
    with contextlib.suppress(ZeroDivisionError), transaction(database):
        database.execute("DELETE FROM boxes")
        raise ZeroDivisionError
    assert database.execute("SELECT box FROM boxes").fetchall() == [("b",)]
    assert names(database) == ["a"]
    database.close()
