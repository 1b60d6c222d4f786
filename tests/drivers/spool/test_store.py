"""The file itself: what one opening wrote, another reads."""

import sqlite3
from dataclasses import replace

import pytest

from drivers.protocols import Confidence
from drivers.slip import Slip, Text
from drivers.spool.jobs import Job, JobState, begun, reprint_of
from drivers.spool.orders import Order
from drivers.spool.slips import written
from drivers.spool.store import SpoolStore

JOB = Job(Slip("ticket-t1", (Text("Số A001"),)), "A001", 100.0)


def test_a_job_outlives_its_program(file):
    store = SpoolStore(file)
    assert store.add(JOB)
    sending = replace(begun(JOB), reason="cover_open")
    store.save(sending)
    store.close()
    again = SpoolStore(file)
    assert again.unsettled() == [sending]
    again.close()


def test_a_job_is_kept_once(store):
    assert store.add(JOB)
    assert not store.add(replace(JOB, label="B002"))
    assert store.latest(9) == [JOB]


def test_outcomes_are_kept_until_they_were_told_and_old(store):
    done = replace(JOB, state=JobState.PRINTED, confidence=Confidence.PROCESS_ID, settled_at=200.0)
    store.add(done)
    store.forget_before(1000.0)
    assert store.unacknowledged() == [done]
    store.save(replace(done, acknowledged=True))
    assert store.unacknowledged() == []
    store.forget_before(150.0)
    assert store.find(done.id) is not None
    store.forget_before(201.0)
    assert store.find(done.id) is None


def test_all_prints_of_a_number_are_found_by_it_or_by_the_job(store):
    again = reprint_of(JOB, 1, Text("IN LẠI"), 200.0)
    other = replace(JOB, slip=Slip("ticket-t11", ()), label="A011")
    for job in (JOB, again, other):
        store.add(job)
    assert store.prints_of("A001") == [JOB, again]
    assert store.prints_of("ticket-t1~1") == [JOB, again]
    assert store.prints_of("nothing") == []


def test_a_number_of_another_day_is_not_taken_for_todays(store):
    today = replace(JOB, slip=Slip("ticket-t2", ()))
    store.add(JOB)
    store.add(today)
    assert store.prints_of("A001") == [today]


def test_orders_come_from_another_opening_and_go_when_carried_out(file, store):
    technician = SpoolStore(file)
    technician.orders.add(Order("reprint", "A001"))
    technician.close()
    ((place, order),) = store.orders.waiting()
    assert order == Order("reprint", "A001")
    store.add_for_order(place, JOB)
    assert (store.orders.waiting(), store.unsettled()) == ([], [JOB])


def test_paper_is_counted_over_a_restart_and_from_nothing_on_a_new_roll(file, store):
    store.paper.use(700)
    store.paper.use(30)
    again = SpoolStore(file)
    assert again.paper.dots == 730
    again.paper.restart()
    again.close()
    assert store.paper.dots == 0


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
    assert store._file.rows("PRAGMA user_version") == [(1,)]
    store.close()


@pytest.mark.parametrize("column", ["label TEXT NOT NULL,", "attempts INTEGER NOT NULL,"])
def test_a_file_with_a_column_fewer_is_kept_and_does_not_end_the_kiosk(file, caplog, column):
    index = "CREATE INDEX jobs_by_label ON jobs (label);"
    unversioned(file, UNVERSIONED.replace(column, "").replace(index, ""))
    store = SpoolStore(file)
    assert store.add(JOB)
    store.close()
    assert "kept as kiosk-1.spool.broken with 1 entries" in caplog.text


def test_a_slip_that_cannot_be_read_is_not_printed(file, store):
    store.add(JOB)
    store._file.change("UPDATE jobs SET slip = 'torn'")
    (job,) = store.unsettled()
    assert (job.state, job.reason) == (JobState.FAILED, "unreadable")
