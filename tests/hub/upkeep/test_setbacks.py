"""What a machine can do to a hub: a clock set back, a last write that was torn, a disk that is full."""

from datetime import timedelta

from hub.rows import entries
from hub.storage import database_in, open_store
from hub.upkeep.checking import verify


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
