"""A journal that cannot be written for a while: said, not stored, and mended by itself."""

import sqlite3
import time

import pytest
from sqlalchemy import event

from hub.upkeep.verification import verify
from service_floor.queue import commands as c

DEADLINE = 10


@pytest.fixture
def hub(make_hub):
    hub = make_hub()
    hub.start()
    return hub


def issue():
    return c.IssueTicket(("certify",))


def test_storage_that_fails_is_said_not_stored_and_mended_by_itself(hub, tmp_path, caplog) -> None:
    caplog.set_level("INFO", "hub")
    before = hub.do(issue())
    lock = sqlite3.connect(tmp_path / "floor.db", isolation_level=None, check_same_thread=False)
    lock.execute("BEGIN EXCLUSIVE")
    failed = hub.do(("request-1", issue()))
    assert (failed["ok"], failed["error"]["code"]) == (False, "storage")
    assert hub.do(("request-1", issue()))["error"]["code"] == "storage"
    lock.execute("ROLLBACK")
    lock.close()
    again = hub.do(("request-1", issue()))
    assert again["ok"]
    assert not again["replayed"]
    numbers = [answer["result"]["ticket"]["number"] for answer in (before, again)]
    assert numbers == ["A00001", "A00002"]
    assert verify(hub.engine).broken is None
    told = [record.getMessage().split(" ")[:4] for record in caplog.records]
    lost, back = ["the", "journal", "cannot", "be"], ["the", "journal", "is", "written"]
    assert told == [lost, back]


def test_while_nothing_can_be_written_questions_are_answered_and_the_day_is_not_folded_again(
    hub, tmp_path, monkeypatch
) -> None:
    hub.do(issue())
    lock = sqlite3.connect(tmp_path / "floor.db", isolation_level=None, check_same_thread=False)
    lock.execute("BEGIN IMMEDIATE")
    assert hub.do(issue())["error"]["code"] == "storage"
    assert hub.outcomes[-1].standing.day is None
    assert hub.where("A00001").ahead == 0
    assert hub.where("A00002") == "unknown_ticket"
    folds = []
    monkeypatch.setattr(hub.writer._commits, "fold_again", lambda: folds.append(1))
    assert hub.do(issue())["error"]["code"] == "storage"
    assert hub.where("A00001").ahead == 0
    assert (folds, hub.outcomes[-1].standing.day) == ([], None)
    monkeypatch.undo()
    lock.execute("ROLLBACK")
    lock.close()
    assert hub.do(issue())["result"]["ticket"]["number"] == "A00002"
    assert hub.outcomes[-1].standing.day is not None
    assert hub.rows("SELECT count(*) FROM meta") == [(0,)]


def test_the_outage_ends_by_itself_when_nobody_asks(hub, tmp_path, caplog) -> None:
    caplog.set_level("INFO", "hub")
    hub.do(issue())
    lock = sqlite3.connect(tmp_path / "floor.db", isolation_level=None, check_same_thread=False)
    lock.execute("BEGIN IMMEDIATE")
    assert hub.do(issue())["error"]["code"] == "storage"
    lock.execute("ROLLBACK")
    lock.close()
    deadline = time.monotonic() + DEADLINE
    while hub.outcomes[-1].standing.day is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert "written again" in caplog.records[-1].getMessage()


def test_a_question_that_cannot_be_answered_is_not_answered_with_no(hub, tmp_path) -> None:
    hub.do(issue())
    lock = sqlite3.connect(tmp_path / "floor.db", isolation_level=None, check_same_thread=False)
    lock.execute("BEGIN EXCLUSIVE")
    hub.writer._commits.decider = None
    lock.execute("ALTER TABLE journal RENAME TO elsewhere")
    lock.execute("COMMIT")
    assert hub.where("A00001") == "storage"
    lock.execute("ALTER TABLE elsewhere RENAME TO journal")
    lock.close()
    assert hub.where("A00001").ticket.number == "A00001"
    assert hub.where("A00002") == "unknown_ticket"


def test_a_full_disk_loses_nothing_that_was_acknowledged(hub) -> None:
    kept = hub.do(issue())["result"]["ticket"]
    (pages,) = hub.rows("PRAGMA page_count")[0]

    def full(connection, _record) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}").close()

    event.listen(hub.engine, "connect", full)
    hub.engine.dispose()
    hub.writer._journal.close()
    answers = [hub.do(issue()) for _ in range(60)]
    codes = {answer["error"]["code"] for answer in answers if not answer["ok"]}
    assert codes == {"storage"}
    event.remove(hub.engine, "connect", full)
    hub.writer._journal.close()
    hub.engine.dispose()
    assert hub.do(issue())["ok"]
    acknowledged = [kept["number"]] + [a["result"]["ticket"]["number"] for a in answers if a["ok"]]
    on_disk = [row[0] for row in hub.rows("SELECT number FROM ticket_numbers ORDER BY number")]
    assert on_disk[: len(acknowledged)] == acknowledged
    assert verify(hub.engine).broken is None
