"""The file of a printer's queue: versions, other shapes, damage."""

import contextlib
import sqlite3

import pytest

from drivers.slip import Slip, Text
from drivers.spool.jobs import Job
from drivers.spool.orders import Order
from drivers.spool.slips import written
from drivers.spool.store import SpoolStore

JOB = Job(Slip("ticket-t1", (Text("Số A001"),)), "A001", 100.0)


def test_a_damaged_file_is_set_aside(file):
    file.write_bytes(b"no database at all, but long enough to be taken for one" * 40)
    store = SpoolStore(file)
    assert store.latest(1) == []
    store.close()
    assert file.with_name("kiosk-1.spool.broken").exists()


UNVERSIONED = """
CREATE TABLE jobs (place INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL,
 label TEXT NOT NULL, slip TEXT NOT NULL, state TEXT NOT NULL, reprint INTEGER NOT NULL,
 reason TEXT NOT NULL, confidence TEXT NOT NULL, attempts INTEGER NOT NULL,
 bytes_sent INTEGER NOT NULL, queued_at REAL NOT NULL, settled_at REAL NOT NULL,
 told INTEGER NOT NULL);
CREATE INDEX jobs_by_label ON jobs (label);
CREATE TABLE orders (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL);
CREATE TABLE paper (one INTEGER PRIMARY KEY CHECK (one = 1), dots INTEGER NOT NULL);
INSERT INTO paper (one, dots) VALUES (1, 700);
INSERT INTO orders (kind, subject) VALUES ('resume', '');
"""


def unversioned(file, script):
    """A file as it was before files had versions, with one job in it."""
    database = sqlite3.connect(file)
    database.executescript(script)
    columns = [row[1] for row in database.execute("PRAGMA table_info(jobs)")][1:]
    known = {
        "id": "ticket-t1", "label": "A001", "slip": written(JOB.slip), "state": "queued",
        "reprint": 0, "reason": "", "confidence": "", "attempts": 0, "bytes_sent": 0,
        "queued_at": 100.0, "settled_at": 0.0, "told": 0,
    }  # fmt: skip
    marks = ", ".join("?" * len(columns))
    database.execute(
        f"INSERT INTO jobs ({', '.join(columns)}) VALUES ({marks})", [known[c] for c in columns]
    )
    database.commit()
    database.close()


def test_a_file_of_the_version_before_is_migrated_with_all_that_is_in_it(file):
    unversioned(file, UNVERSIONED)
    store = SpoolStore(file)
    assert store.unsettled() == [JOB]
    assert [order for _, order in store.orders.waiting()] == [Order("resume")]
    assert store.paper.dots == 700
    assert store._file.rows("PRAGMA user_version") == [(2,)]
    store.close()


@pytest.mark.parametrize("column", ["label TEXT NOT NULL,", "attempts INTEGER NOT NULL,"])
def test_a_file_with_a_column_fewer_is_kept_and_does_not_end_the_kiosk(file, caplog, column):
    index = "CREATE INDEX jobs_by_label ON jobs (label);"
    unversioned(file, UNVERSIONED.replace(column, "").replace(index, ""))
    store = SpoolStore(file)
    assert store.add(JOB)
    store.close()
    assert "kept as kiosk-1.spool.broken with 1 entries" in caplog.text


def test_a_transaction_that_raises_is_undone_and_the_lock_is_free(store):
    with contextlib.suppress(ZeroDivisionError), store._file.transaction():
        store.paper.use(5)
        raise ZeroDivisionError
    assert store.paper.dots == 0
    store.paper.use(5)
    assert store.paper.dots == 5
