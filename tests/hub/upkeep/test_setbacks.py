"""What a machine can do to a hub: a clock set back, and a last write that was torn."""

import os
import random
from datetime import timedelta

import pytest

from hub.database.storage import close_store, database_in, open_store
from hub.journal.journal import Journal
from hub.journal.rows import entries
from hub.upkeep.verification import verify
from service_floor.queue import commands as c
from service_floor.queue.events import DayOpened


async def test_a_clock_set_back_gains_no_place_and_opens_no_day_twice(
    start_hub, talk, clock, tmp_path
) -> None:
    async with start_hub() as hub:
        first = await (await talk(hub, "k1")).issue()
    for back in (timedelta(hours=1), timedelta(days=1), timedelta(days=400)):
        clock.now -= back
        async with start_hub() as hub:
            assert (hub.health().ok, str(hub.health().day)) == (True, "2026-11-20")
            later = await (await talk(hub, "k1")).issue()
            assert later["ok"], later
            desk = await talk(hub, "t1")
            await desk.open_counter()
            assert (await desk.order("close_counter", counter="c1"))["ok"]
            assert (await desk.order("sign_out", counter="c1"))["ok"]
    async with start_hub() as hub:
        desk = await talk(hub, "t1")
        await desk.open_counter()
        called = await desk.order("call_next", counter="c1")
        assert called["result"]["ticket"]["number"] == first["result"]["ticket"]["number"]
    engine = open_store(database_in(tmp_path / "data"))
    assert verify(engine).broken is None
    assert {row.day for row in entries(engine)} == {"2026-11-20"}
    assert [row.kind for row in entries(engine)].count("day_opened") == 1
    numbers = [row.body for row in entries(engine) if row.kind == "ticket_issued"]
    assert len(numbers) == len(set(numbers)) == 4
    engine.dispose()


@pytest.mark.slow
def test_a_torn_last_write_costs_nothing_that_was_written_before_it(
    make_hub, clock, tmp_path
) -> None:
    hub = make_hub()
    hub.start()
    log = tmp_path / "floor.db-wal"
    marks = []
    for _ in range(12):
        assert hub.do(c.IssueTicket(("certify",)))["ok"]
        marks.append((log.stat().st_size, hub.writer._journal.seq))
    # What stands on the disk now is what a killed hub leaves.
    database, whole = (tmp_path / "floor.db").read_bytes(), log.read_bytes()
    chance = random.Random(3)
    for n, (size, rows) in enumerate(marks):
        end = marks[n + 1][0] if n + 1 < len(marks) else size
        torn = whole[: chance.randint(size, max(size, end - 1))]
        garbled = whole[:size] + os.urandom(chance.randint(1, 9_000))
        flipped = bytearray(whole[: end or size])
        if end > size:
            flipped[chance.randrange(size, end)] ^= 0x10
        for k, left in enumerate((torn, garbled, bytes(flipped))):
            folder = tmp_path / f"left-{n}-{k}"
            folder.mkdir()
            (folder / "floor.db").write_bytes(database)
            (folder / "floor.db-wal").write_bytes(left)
            _opens_with(folder, rows, clock)


def _opens_with(folder, rows, clock) -> None:
    engine = open_store(database_in(folder))
    assert (verify(engine).rows, verify(engine).broken) == (rows, None)
    journal = Journal(engine)
    assert len(list(journal.replay())) == rows
    with journal.page() as page:
        page.record(DayOpened(clock.now.date()), clock.now, clock.now.date(), "hub")
    journal.close()
    assert (verify(engine).rows, verify(engine).broken) == (rows + 1, None)
    close_store(engine)
