"""The floor under a durable issue: the rows that the hub writes for one, committed by bare sqlite3, one by one or in groups."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle, islice
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
    """What the disk and SQLite allow: issues in a second, and the time of a commit."""

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


def group_sizes(database: Path) -> tuple[int, ...]:
    """How many requests the hub took into each of its commits, in order: those of one commit share their moment."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as store:
        sizes = store.execute("SELECT count(*) FROM requests GROUP BY at ORDER BY at")
        return tuple(size for (size,) in sizes)


def commit_floor(
    file: Path, sample: Sample, seconds: float, sizes: Sequence[int] = (1,)
) -> CommitFloor:
    """Commit so many issues at a time into a fresh database, with the hub's durability, for so long or until none is left."""
    times: list[float] = []
    waiting, written = iter(sample.commits), 0
    with closing(sqlite3.connect(file, isolation_level=None)) as store:
        store.execute("PRAGMA journal_mode=WAL")
        store.execute("PRAGMA synchronous=FULL")
        for statement in sample.schema:
            store.execute(statement)
        end = perf_counter() + seconds
        for size in cycle(sizes):
            group = tuple(islice(waiting, size))
            if not group or perf_counter() > end:
                break
            began = perf_counter()
            _write(store, group)
            times.append(perf_counter() - began)
            written += len(group)
    return CommitFloor(written / sum(times), percentile(times, 0.5) * 1e3)


def _write(store: sqlite3.Connection, group: Iterable[Mapping[str, Rows]]) -> None:
    store.execute("BEGIN IMMEDIATE")
    for issue in group:
        for table, rows in issue.items():
            places = ",".join("?" * len(rows[0]))
            store.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
    store.execute("COMMIT")
