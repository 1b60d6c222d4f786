"""Thread pools for blocking work of the event loop, with an optional limit on how much may be queued."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import ParamSpec, TypeVar

from plumbing.limits import ConcurrencyLimit

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
        self._places = ConcurrencyLimit(most)

    async def do(self, work: Callable[[], T]) -> T:
        """Run this in a thread and return its result; raises TooMuchWorkError at once if the queue is full."""
        release = self._places.take()
        if release is None:
            raise TooMuchWorkError
        done = asyncio.get_running_loop().run_in_executor(self._executor, work)
        # The caller may be cancelled before the work is done; the work counts until it is done.
        done.add_done_callback(lambda _: release())
        return await asyncio.shield(done)
