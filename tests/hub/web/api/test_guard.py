"""Who asks too often, and who guesses."""

from pathlib import Path

import httpx
import pytest

from config.loading import load
from hub.web.api.guard import WRONG_KEYS

GOOD = "good-key-0123456789abcdefgh"
SLOW = "slow-key-0123456789abcdefgh"


@pytest.fixture(scope="session")
def hall():
    keys = [
        {"name": "good", "key": GOOD, "scopes": ["floor:read"]},
        {"name": "slow", "key": SLOW, "scopes": ["floor:read"], "per_minute": 2},
    ]
    return load(Path(__file__).parents[2] / "hall.toml", {"api_keys": keys})


@pytest.fixture
async def ask(hub):
    async with httpx.AsyncClient(
        base_url=f"{hub.http}/api/v1", trust_env=False, verify=False
    ) as client:

        async def get(key):
            return await client.get("/floor", headers={"Authorization": f"Bearer {key}"})

        yield get


async def test_a_key_that_asks_too_often_is_told_when_to_come_back_and_others_go_on(ask) -> None:
    assert [(await ask(SLOW)).status_code for _ in range(3)] == [200, 200, 429]
    held = await ask(SLOW)
    assert held.json()["error"]["code"] == "too_many_requests"
    assert 1 <= int(held.headers["retry-after"]) == held.json()["error"]["data"]["seconds"] <= 30
    assert (await ask(GOOD)).status_code == 200


@pytest.mark.slow
async def test_guesses_are_held_back_and_a_good_key_from_there_goes_on(ask) -> None:
    told = [(await ask(f"wrong-{n}")).status_code for n in range(WRONG_KEYS + 3)]
    assert told == [401] * WRONG_KEYS + [429] * 3
    assert (await ask(GOOD)).status_code == 200
