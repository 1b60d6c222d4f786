"""Executors for blocking work: the event loop hands it to threads, with an optional limit on how much may be waiting."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def in_thread(
    executor: Executor, work: Callable[P, T], *given: P.args, **named: P.kwargs
) -> T:
    """Run blocking work in a thread of the executor and return its result; its exceptions are raised here."""
    return await asyncio.get_running_loop().run_in_executor(
        executor, partial(work, *given, **named)
    )


class TooMuchWorkError(Exception):
    """The executor's queue is full.

    Example scenario: more dossiers are pushed at once than the database takes in.
    """


class BoundedExecutor:
    """An executor with a limit on the calls that run or wait. Used on the event loop only."""

    def __init__(self, executor: Executor, most: int) -> None:
        self._executor = executor
        self._most = most
        self._waiting = 0

    async def do(self, work: Callable[[], T]) -> T:
        """Run this in a thread and return its result; raises TooMuchWorkError at once if the queue is full."""
        if self._waiting >= self._most:
            raise TooMuchWorkError
        self._waiting += 1
        done = asyncio.get_running_loop().run_in_executor(self._executor, work)
        # The caller may be cancelled before the work is done; the work counts until it is done.
        done.add_done_callback(self._count_off)
        return await asyncio.shield(done)

    def _count_off(self, _: object) -> None:
        self._waiting -= 1
