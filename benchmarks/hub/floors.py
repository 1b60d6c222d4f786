"""The floor under a durable issue: the rows that the hub writes for one, committed by bare sqlite3, one issue a commit."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.figures import percentile
from benchmarks.place import BenchFailedError

Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A schema, and for each of many issues the rows of each table: what one commit writes."""

    schema: tuple[str, ...]
    commits: tuple[Mapping[str, Rows], ...]

    @property
    def rows_per_commit(self) -> int:
        """How many rows one issue is."""
        return sum(map(len, self.commits[0].values()))


@dataclass(frozen=True, slots=True)
class CommitFloor:
    """What the disk and SQLite allow."""

    per_second: float
    p50_ms: float


def sample_of(database: Path, issues: int) -> Sample:
    """Read from the hub's own database what it wrote for its first `issues` tickets: every table with a row for each."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as store:
        schema = tuple(
            sql for (sql,) in store.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        )
        tables = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type='table'")]  # fmt: skip
        rows = {table: store.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    each = {table: len(found) // issues for table, found in rows.items() if len(found) >= issues}
    if not each:
        raise BenchFailedError(f"{database} does not hold the {issues} tickets that were issued")
    commits = tuple(
        {table: rows[table][n * many : (n + 1) * many] for table, many in each.items()}
        for n in range(issues)
    )
    return Sample(schema, commits)


def commit_floor(file: Path, sample: Sample, seconds: float) -> CommitFloor:
    """Commit one issue after another into a fresh database, with the hub's durability, for so long or until none is left."""
    times: list[float] = []
    with closing(sqlite3.connect(file, isolation_level=None)) as store:
        store.execute("PRAGMA journal_mode=WAL")
        store.execute("PRAGMA synchronous=FULL")
        for statement in sample.schema:
            store.execute(statement)
        end = perf_counter() + seconds
        for commit in sample.commits:
            began = perf_counter()
            _write(store, commit)
            times.append(perf_counter() - began)
            if perf_counter() > end:
                break
    return CommitFloor(len(times) / sum(times), percentile(times, 0.5) * 1e3)


def _write(store: sqlite3.Connection, commit: Mapping[str, Rows]) -> None:
    store.execute("BEGIN IMMEDIATE")
    for table, rows in commit.items():
        places = ",".join("?" * len(rows[0]))
        store.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
    store.execute("COMMIT")
