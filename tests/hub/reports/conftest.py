"""A Friday written by a running hub, and the beginning of the Saturday after it."""

import pytest

from hub.database.storage import database_in, open_store


@pytest.fixture
async def friday(start_hub, talk, clock, tmp_path):
    """Three tickets: the last has a claim and is called first, then one with a reason, then the first. No officer says a word on the claim. The folder in which the hub has left it."""
    async with start_hub() as hub:
        kiosk, officer = await talk(hub, "k1"), await talk(hub, "t1")
        await officer.open_counter()

        async def come(priority=None):
            answer = await kiosk.issue(priority=priority)
            clock.pass_by(seconds=10)
            return answer["result"]["ticket"]["id"]

        async def serve(kind, **what):
            assert (await officer.order(kind, counter="c1", **what))["ok"]
            await officer.order("start_serving", counter="c1")
            clock.pass_by(minutes=5)
            await officer.order("finish", counter="c1")

        await come()
        second = await come()
        await come("elderly")
        await serve("call_next")
        await serve("call_ticket", ticket=second, reason="wheelchair")
        await serve("call_next")
        clock.pass_by(days=1)
        await come()
    return tmp_path / "data"


@pytest.fixture
def engine(friday):
    engine = open_store(database_in(friday))
    yield engine
    engine.dispose()
