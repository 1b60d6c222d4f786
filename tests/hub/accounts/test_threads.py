"""A crowd that guesses PINs waits by itself."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from hub.accounts.threads import account_threads
from plumbing.executors import TooMuchWorkError
from plumbing.limits import PIN_CHECKS_OF_ADDRESS, PIN_CHECKS_WAITING


@pytest.fixture
def threads():
    with ThreadPoolExecutor(1) as readers, account_threads(readers) as threads:
        yield threads


async def test_strangers_wait_in_a_bounded_queue_and_known_ones_beside_it(threads) -> None:
    go = threading.Event()
    places = [f"10.0.0.{n // PIN_CHECKS_OF_ADDRESS}" for n in range(PIN_CHECKS_WAITING)]
    waiting = [asyncio.create_task(threads.check_stranger(place, go.wait)) for place in places]
    await asyncio.sleep(0)
    with pytest.raises(TooMuchWorkError):
        await threads.check_stranger("10.0.0.0", go.wait)
    with pytest.raises(TooMuchWorkError):
        await threads.check_stranger("10.9.9.9", go.wait)
    assert await threads.check_known(lambda: "checked") == "checked"
    go.set()
    assert await asyncio.gather(*waiting) == [True] * PIN_CHECKS_WAITING
    assert await threads.check_stranger("10.0.0.0", lambda: 1) == 1
