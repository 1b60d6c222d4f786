"""Blocking work in threads: results and exceptions come back, and a full queue refuses at once."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from plumbing.executors import BoundedExecutor, TooMuchWorkError, in_thread


@pytest.fixture
def pool():
    with ThreadPoolExecutor(1, "worker") as threads:
        yield threads


async def test_work_runs_in_a_thread_and_its_result_comes_back(pool) -> None:
    def work(first: int, *, second: int) -> tuple[int, str]:
        return first + second, threading.current_thread().name

    assert await in_thread(pool, work, 1, second=2) == (3, "worker_0")


async def test_what_the_work_raises_is_raised_here(pool) -> None:
    with pytest.raises(ZeroDivisionError):
        await in_thread(pool, lambda: 1 / 0)


async def test_a_full_queue_refuses_at_once_and_a_finished_call_makes_room(pool) -> None:
    bounded = BoundedExecutor(pool, 2)
    gate = threading.Event()
    waiting = [asyncio.create_task(bounded.do(gate.wait)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(TooMuchWorkError):
        await bounded.do(lambda: True)
    gate.set()
    assert await asyncio.gather(*waiting) == [True, True]
    assert await bounded.do(lambda: "room") == "room"


async def test_work_of_a_caller_that_is_gone_counts_until_it_is_done(pool) -> None:
    bounded = BoundedExecutor(pool, 1)
    gate = threading.Event()
    gone = asyncio.create_task(bounded.do(gate.wait))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.wait([gone])
    with pytest.raises(TooMuchWorkError):
        await bounded.do(lambda: True)
    gate.set()
    await in_thread(pool, lambda: None)
    assert await bounded.do(lambda: True)
