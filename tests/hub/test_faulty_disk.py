"""What happens to the database behind the hub's back: held by another program, read-only, torn, damaged, removed."""

import asyncio
import logging
import shutil
import sqlite3
import time

import pytest
from sqlalchemy import event

from hub.database import storage
from hub.database.storage import database_in, open_store
from hub.errors import HubError, HubProblem
from hub.running import HubOptions
from hub.running import serve as serve_hub
from hub.upkeep.verification import verify
from service_floor.queue import commands as c

PAGE = 4_096
DEADLINE = 10


def issue():
    return c.IssueTicket(("certify",))


@pytest.fixture
def no_traceback(caplog):
    caplog.set_level(logging.INFO)
    yield
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []


async def test_while_another_program_holds_the_database_screens_live_and_presses_wait(
    start_hub, talk, tmp_path, monkeypatch, no_traceback
) -> None:
    monkeypatch.setattr(storage, "BUSY_TIMEOUT_MS", 50)
    async with start_hub() as hub:
        kiosk, board = await talk(hub, "k1"), await talk(hub, "board", "calls")
        assert (await kiosk.issue())["ok"]
        lock = sqlite3.connect(tmp_path / "data" / "floor.db", isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        for _ in range(3):
            refused = await kiosk.issue(req="the-same-press")
            assert (refused["ok"], refused["error"]["code"]) == (False, "storage")
        assert (await board.hello("calls"))["t"] == "snapshot"
        assert not hub.health().ok
        lock.execute("ROLLBACK")
        lock.close()
        async with asyncio.timeout(DEADLINE):
            while not (answer := await kiosk.issue(req="the-same-press"))["ok"]:
                assert answer["error"]["code"] == "storage"
        assert answer["result"]["ticket"]["number"] == "A00002"


def test_a_database_that_may_only_be_read_is_said_and_survived(make_hub, no_traceback) -> None:
    hub = make_hub()
    hub.start()
    assert hub.do(issue())["ok"]

    def read_only(connection, _record) -> None:
        connection.execute("PRAGMA query_only=ON").close()

    event.listen(hub.engine, "connect", read_only)
    hub.engine.dispose()
    hub.writer._journal.close()
    assert hub.do(issue())["error"]["code"] == "storage"
    assert hub.where("A00001").ahead == 0
    event.remove(hub.engine, "connect", read_only)
    hub.engine.dispose()
    assert hub.do(issue())["result"]["ticket"]["number"] == "A00002"


@pytest.mark.parametrize("name", ["floor.db", "floor.db-wal"])
def test_nothing_is_acknowledged_into_a_file_that_is_gone(
    make_hub, tmp_path, caplog, no_traceback, name
) -> None:
    hub = make_hub()
    hub.start()
    assert hub.do(issue())["ok"]
    elsewhere = (tmp_path / name).rename(tmp_path / "elsewhere")
    for _ in range(2):
        assert hub.do(issue())["error"]["code"] == "storage"
    (told,) = [each.getMessage() for each in caplog.records if each.levelno == logging.ERROR]
    assert str(tmp_path / name) in told
    assert "centerfloor restore" in told
    (tmp_path / name).unlink(missing_ok=True)
    elsewhere.rename(tmp_path / name)
    deadline = time.monotonic() + DEADLINE
    while not (answer := hub.do(issue()))["ok"]:
        assert time.monotonic() < deadline
    assert answer["result"]["ticket"]["number"] == "A00002"


def _copy(hub, folder, to):
    """What a power cut leaves: database and write-ahead log, in the middle of the day."""
    to.mkdir()
    for file in folder.glob("floor.db*"):
        if not file.name.endswith("-shm"):
            shutil.copy(file, to / file.name)
    return to / "floor.db-wal"


def test_a_torn_log_gives_back_whole_commits_and_a_good_chain(make_hub, tmp_path) -> None:
    hub = make_hub()
    hub.start()
    for _ in range(20):
        assert hub.do(issue())["ok"]
    log = _copy(hub, tmp_path, tmp_path / "whole")
    size, rows = log.stat().st_size, []
    for part in range(0, 11):
        torn = tmp_path / f"torn-{part}"
        shutil.copytree(tmp_path / "whole", torn)
        with (torn / log.name).open("r+b") as file:
            file.truncate(size * part // 10 - (part % 3 > 0) * 1_000)
        engine = open_store(database_in(torn))
        verdict = verify(engine)
        engine.dispose()
        assert verdict.broken is None
        rows.append(verdict.rows)
    assert rows == sorted(rows)
    assert rows[-1] >= 20


def _damaged(source, target, page: int) -> None:
    shutil.copytree(source, target)
    with (target / "floor.db").open("r+b") as file:
        file.seek(page * PAGE)
        file.write(b"\xa5" * PAGE)


@pytest.mark.slow
async def test_whichever_page_is_damaged_the_hub_starts_or_says_why(
    start_hub, hall, plan, clock, talk, tmp_path, caplog
) -> None:
    async with start_hub() as hub:
        kiosk = await talk(hub, "k1")
        for _ in range(40):
            await kiosk.issue()
    whole = tmp_path / "data"
    pages = (whole / "floor.db").stat().st_size // PAGE
    told = set()
    # Every second page: that much time a test has, and each kind of page is among them.
    for page in range(0, pages, 2):
        folder = tmp_path / f"page-{page}"
        _damaged(whole, folder, page)
        try:
            async with serve_hub(hall, plan, HubOptions(folder), clock) as hub:
                kiosk = await talk(hub, "k1")
                answer = await kiosk.issue()
                told.add("ok" if answer["ok"] else answer["error"]["code"])
        except HubError as problem:
            told.add(problem.code)
        shutil.rmtree(folder)
    assert (
        {"ok", HubProblem.JOURNAL_BROKEN}
        <= told
        <= {"ok", "storage", HubProblem.DATABASE_UNUSABLE, HubProblem.JOURNAL_BROKEN}
    )
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []


async def test_pages_that_go_bad_while_the_hub_runs_are_said_and_nothing_breaks(
    start_hub, talk, tmp_path, caplog
) -> None:
    async with start_hub() as hub:
        kiosk = await talk(hub, "k1")
        for _ in range(40):
            await kiosk.issue()
        other = sqlite3.connect(tmp_path / "data" / "floor.db")
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        other.close()
        with (tmp_path / "data" / "floor.db").open("r+b") as file:
            size = file.seek(0, 2)
            file.seek(PAGE)
            file.write(b"\xa5" * (size - PAGE))
        answers = [await kiosk.issue() for _ in range(20)]
        codes = {each["error"]["code"] for each in answers if not each["ok"]}
        assert codes == {"storage"}
    told = [each.getMessage() for each in caplog.records if "cannot be written" in each.msg]
    assert len(told) == 1
    assert "centerfloor journal verify" in told[0]
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []
