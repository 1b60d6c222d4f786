"""The commit floor writes what the hub writes."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.hub.floors import commit_floor, sample_of
from benchmarks.place import BenchFailedError


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Three issues: two rows of one table each, one of another, and a table that issues do not touch."""
    file = tmp_path / "floor.db"
    with closing(sqlite3.connect(file)) as store, store:
        store.execute("CREATE TABLE journal (seq INTEGER PRIMARY KEY, body TEXT)")
        store.execute("CREATE TABLE numbers (number TEXT PRIMARY KEY) WITHOUT ROWID")
        store.execute("CREATE TABLE meta (key TEXT)")
        store.executemany("INSERT INTO journal VALUES (?, ?)", [(n, f"e{n}") for n in range(7)])
        store.executemany("INSERT INTO numbers VALUES (?)", [(f"A{n}",) for n in range(3)])
        store.execute("INSERT INTO meta VALUES ('only')")
    return file


def test_a_commit_of_the_sample_is_what_the_hub_writes_for_one_issue(database: Path) -> None:
    sample = sample_of(database, 3)
    assert sample.rows_per_commit == 3
    assert [{table: len(rows) for table, rows in commit.items()} for commit in sample.commits] == [
        {"journal": 2, "numbers": 1}
    ] * 3


def test_the_floor_commits_every_issue_durably(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "bare.db"
    floor = commit_floor(file, sample_of(database, 3), 10.0)
    assert floor.per_second > 0
    assert floor.p50_ms > 0
    with closing(sqlite3.connect(file)) as store:
        assert store.execute("SELECT count(*) FROM journal").fetchone() == (6,)
        assert store.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_database_without_the_tickets_is_no_baseline(database: Path) -> None:
    with pytest.raises(BenchFailedError, match="does not hold the 50 tickets"):
        sample_of(database, 50)
