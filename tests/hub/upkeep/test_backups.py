"""Backups while the hub writes, and back again: consistent, proven, and never over what is newer."""

import sqlite3
import threading
from datetime import datetime

import pytest

from hub.database.storage import close_store, database_in, open_store
from hub.errors import HubError, HubProblem
from hub.journal.rows import entries
from hub.upkeep.backups import back_up, restore
from hub.upkeep.data_lock import lock_data_dir
from hub.upkeep.database_files import opened_read_only
from hub.upkeep.deeds import Deed
from hub.upkeep.verification import verify
from service_floor.queue import commands as c
from service_floor.zone import ZONE

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=ZONE)
BY_TECH = Deed("command:tech", NOW)


def rows_of(file) -> list:
    with opened_read_only(file) as engine:
        return list(entries(engine))


def names(folder) -> set[str]:
    return {path.name for path in folder.iterdir()}


def tamper(file, statement) -> None:
    store = sqlite3.connect(file, isolation_level=None)
    store.execute(statement)
    store.close()


def test_a_backup_is_one_proven_file(data, tmp_path) -> None:
    (tmp_path / "stick").mkdir()
    verdict = back_up(data, tmp_path / "stick" / "friday.db")
    assert (verdict.rows, verdict.broken) == (21, None)
    assert names(tmp_path / "stick") == {"friday.db"}
    assert rows_of(tmp_path / "stick" / "friday.db") == rows_of(data / "floor.db")


def test_a_backup_under_writing_is_of_one_moment_and_the_writer_never_waits(
    make_hub, tmp_path
) -> None:
    hub = make_hub()
    hub.start()
    done = threading.Event()
    answers = []

    def press() -> None:
        while not done.is_set():
            answers.append(hub.do(c.IssueTicket(("certify",))))

    kiosk = threading.Thread(target=press)
    kiosk.start()
    try:
        verdicts = [back_up(tmp_path, tmp_path / f"copy-{n}.db") for n in range(10)]
    finally:
        done.set()
        kiosk.join()
    assert all(answer["ok"] for answer in answers)
    counts = [verdict.rows for verdict in verdicts]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]
    for n, verdict in enumerate(verdicts):
        assert verdict.broken is None
        store = sqlite3.connect(tmp_path / f"copy-{n}.db")
        (numbers,) = store.execute("SELECT count(*) FROM ticket_numbers").fetchone()
        (kept,) = store.execute("SELECT count(*) FROM requests").fetchone()
        store.close()
        assert numbers == kept == verdict.rows - len(("day_opened", "plan_adopted"))


def test_a_backup_of_a_broken_journal_takes_no_older_ones_place(data, tmp_path) -> None:
    good = tmp_path / "backup.db"
    back_up(data, good)
    before = good.read_bytes()
    tamper(data / "floor.db", "UPDATE journal SET body = '{}' WHERE seq = 5")
    assert back_up(data, good).broken == (5, "altered")
    assert good.read_bytes() == before
    assert len(rows_of(tmp_path / "backup.db.unproven")) == 21


def test_a_backup_that_cannot_be_written_is_said(data, tmp_path) -> None:
    with pytest.raises(HubError) as caught:
        back_up(data, tmp_path / "nowhere" / "backup.db")
    assert caught.value.code is HubProblem.FILE_UNWRITABLE
    with pytest.raises(HubError) as caught:
        back_up(tmp_path, tmp_path / "backup.db")
    assert caught.value.code is HubProblem.NO_JOURNAL


def test_a_backup_comes_back_into_an_empty_folder(data, tmp_path) -> None:
    back_up(data, tmp_path / "backup.db")
    new = tmp_path / "new"
    new.mkdir()
    restored = restore(tmp_path / "backup.db", new, BY_TECH, may_lose=False)
    assert (restored.verdict.rows, restored.aside) == (21, None)
    assert names(new) == {"floor.db"}
    assert rows_of(new / "floor.db") == rows_of(data / "floor.db")


def test_a_newer_journal_gives_way_only_when_it_may_and_is_kept(data, tmp_path) -> None:
    back_up(data, tmp_path / "backup.db")
    tamper(
        data / "floor.db",
        "INSERT INTO journal SELECT seq + 1, day, at, kind, body, device, hash, 'x'"
        " FROM journal WHERE seq = 21",
    )
    newer = rows_of(data / "floor.db")
    with pytest.raises(HubError) as caught:
        restore(tmp_path / "backup.db", data, BY_TECH, may_lose=False)
    assert caught.value.code is HubProblem.JOURNAL_NEWER
    assert caught.value.data["rows"] == 1
    assert names(data) == {"floor.db"}
    restored = restore(tmp_path / "backup.db", data, BY_TECH, may_lose=True)
    assert rows_of(restored.aside) == newer
    assert len(rows_of(data / "floor.db")) == 21


def test_another_history_counts_as_newer(data, tmp_path, make_data) -> None:
    back_up(data, tmp_path / "backup.db")
    tamper(data / "floor.db", "UPDATE journal SET hash = 'x' WHERE seq = 21")
    with pytest.raises(HubError) as caught:
        restore(tmp_path / "backup.db", data, BY_TECH, may_lose=False)
    assert caught.value.data["rows"] == 21


def test_what_is_no_database_any_more_gives_way_and_is_kept(data, tmp_path) -> None:
    back_up(data, tmp_path / "backup.db")
    (data / "floor.db").write_bytes(b"\x55" * 9000)
    (data / "floor.db-wal").write_bytes(b"rest of a log")
    restored = restore(tmp_path / "backup.db", data, BY_TECH, may_lose=False)
    assert restored.verdict.rows == 21
    assert restored.aside.read_bytes() == b"\x55" * 9000
    assert (data / f"{restored.aside.name}-wal").read_bytes() == b"rest of a log"
    assert len(rows_of(data / "floor.db")) == 21


def test_a_backup_that_is_not_proven_changes_nothing(data, tmp_path) -> None:
    back_up(data, tmp_path / "backup.db")
    tamper(tmp_path / "backup.db", "DELETE FROM journal WHERE seq = 9")
    before = (data / "floor.db").read_bytes()
    with pytest.raises(HubError) as caught:
        restore(tmp_path / "backup.db", data, BY_TECH, may_lose=True)
    assert caught.value.code is HubProblem.COPY_NOT_PROVEN
    assert (caught.value.data["seq"], caught.value.data["flaw"]) == (9, "removed")
    (tmp_path / "scrap.db").write_bytes(b"\x55" * 9000)
    for file, code in (("scrap.db", "database_unusable"), ("none.db", "no_journal")):
        with pytest.raises(HubError) as caught:
            restore(tmp_path / file, data, BY_TECH, may_lose=True)
        assert caught.value.code == code
    assert (data / "floor.db").read_bytes() == before
    assert names(data) == {"floor.db"}


def test_a_folder_in_use_is_left_alone(data, tmp_path) -> None:
    back_up(data, tmp_path / "backup.db")
    with lock_data_dir(data), pytest.raises(HubError) as caught:
        restore(tmp_path / "backup.db", data, BY_TECH, may_lose=True)
    assert caught.value.code is HubProblem.DATA_IN_USE


def test_a_backup_of_a_later_version_is_refused(data, tmp_path) -> None:
    back_up(data, tmp_path / "backup.db")
    tamper(tmp_path / "backup.db", "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(HubError) as caught:
        restore(tmp_path / "backup.db", data, BY_TECH, may_lose=True)
    assert caught.value.code is HubProblem.DATABASE_NEWER
    engine = open_store(database_in(data))
    assert verify(engine).rows == 21
    close_store(engine)
