"""What is missing at the start: the journal against its mark, and against what devices have seen."""

import logging
from datetime import datetime

import pytest
from sqlalchemy import text

from hub.database.storage import close_store, database_in, open_store
from hub.errors import HubError, HubProblem
from hub.journal.codec import GENESIS
from hub.journal.journal import Journal
from hub.journal.loss import (
    LossReport,
    LossWatch,
    has_identity,
    identity_of,
    last_moment,
    refuse_loss,
    refuse_missing,
)
from hub.journal.mark import MarkRecord
from service_floor.queue.events import DayOpened
from service_floor.zone import ZONE

AT = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)


@pytest.fixture
def engine(tmp_path):
    opened = open_store(database_in(tmp_path))
    yield opened
    close_store(opened)


@pytest.fixture
def journal(engine):
    kept = Journal(engine)
    with kept.page() as page:
        page.record(DayOpened(AT.date()), AT, AT.date(), "hub")
    yield kept
    kept.close()


def mark_of(engine, seq=1) -> MarkRecord:
    with engine.connect() as connection:
        found = connection.execute(text("SELECT hash FROM journal WHERE seq = 1")).scalar()
    return MarkRecord(identity_of(engine), seq, found.hex() if found else GENESIS, AT)


def refused(mark, engine) -> tuple[HubProblem, dict]:
    with pytest.raises(HubError) as caught:
        refuse_loss(mark, engine)
    return caught.value.code, caught.value.data


def test_a_journal_gets_one_identity(engine) -> None:
    assert not has_identity(engine)
    assert identity_of(engine) == identity_of(engine)
    assert has_identity(engine)


def test_the_row_of_the_mark_must_be_there(engine, journal) -> None:
    mark = mark_of(engine)
    refuse_loss(None, engine)
    refuse_loss(mark, engine)
    code, data = refused(mark._replace(seq=4), engine)
    assert code is HubProblem.JOURNAL_SHORT
    assert data == {"rows": 4, "time": "2026-11-20 08:00:00", "found": 1, "missing": 3}


def test_the_row_of_the_mark_must_be_the_same(engine, journal) -> None:
    mark = mark_of(engine)
    assert refused(mark._replace(hash=GENESIS), engine)[0] is HubProblem.JOURNAL_OTHER
    assert refused(mark._replace(journal="another"), engine)[0] is HubProblem.JOURNAL_OTHER


def test_a_copy_from_before_identities_is_known_by_its_row(engine, journal) -> None:
    mark = mark_of(engine)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM meta"))
    refuse_loss(mark, engine)


def test_an_empty_journal_has_an_empty_mark(engine) -> None:
    assert last_moment(engine) is None
    refuse_loss(mark_of(engine, 0), engine)


def test_the_last_moment_is_that_of_the_last_row(engine, journal) -> None:
    assert last_moment(engine) == AT
    with engine.begin() as connection:
        connection.execute(text("UPDATE journal SET at = 'soon'"))
    assert last_moment(engine) is None


def test_a_database_that_fails_has_its_problem(engine, journal) -> None:
    mark = mark_of(engine)
    with engine.begin() as connection:
        for table in ("meta", "journal"):
            connection.execute(text(f"DROP TABLE {table}"))
    for look in (last_moment, has_identity, identity_of):
        with pytest.raises(HubError):
            look(engine)
    assert refused(mark, engine)[0] is HubProblem.DATABASE_UNUSABLE


@pytest.mark.parametrize("left", ["nothing", "empty file", "no folder"])
def test_a_database_that_is_gone_is_refused(tmp_path, left) -> None:
    file = tmp_path / ("deep/floor.db" if left == "no folder" else "floor.db")
    if left == "empty file":
        file.touch()
    refuse_missing(None, file)
    with pytest.raises(HubError) as caught:
        refuse_missing(MarkRecord("id", 7, GENESIS, AT), file)
    assert caught.value.code is HubProblem.JOURNAL_MISSING
    assert caught.value.data["rows"] == 7
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"something")
    refuse_missing(MarkRecord("id", 7, GENESIS, AT), file)
    refuse_missing(MarkRecord("id", 7, GENESIS, AT), file / "below")


def test_a_device_that_has_seen_more_is_reported_once(caplog) -> None:
    watch = LossWatch(5)
    with caplog.at_level(logging.ERROR, "hub"):
        watch.note_seen("k1", 5)
        assert watch.report() is None
        for rows in (6, 7, 7, 6):
            watch.note_seen("k1", rows)
        watch.note_seen("b1", 8)
    assert len(caplog.records) == 2
    report = LossReport(rows_at_start=5, seen_by_devices={"k1": 7, "b1": 8})
    assert (watch.report(), report.rows) == (report, 3)


def test_after_a_power_cut_a_loss_is_possible() -> None:
    report = LossWatch(5, AT).report()
    assert report == LossReport(power_cut_after=AT, rows_at_start=5)
    assert report.rows == 0
