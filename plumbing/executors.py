"""Work of the web that waits for the disk: done in threads, so many at a time and so many waiting, never on the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

_Answer = TypeVar("_Answer")


class TooMuchWorkError(Exception):
    """More is waiting than may wait."""


class BoundedExecutor:
    """Does what it is given in its executor. On the event loop only."""

    def __init__(self, workers: Executor, most: int) -> None:
        self._workers = workers
        self._most = most
        self._waiting = 0

    async def do(self, work: Callable[[], _Answer]) -> _Answer:
        """Do this; raises TooMuchWorkError at once where too much is waiting."""
        if self._waiting >= self._most:
            raise TooMuchWorkError
        self._waiting += 1
        done = asyncio.get_running_loop().run_in_executor(self._workers, work)
        # Who asked may be gone before it is done; the work is counted until it is.
        done.add_done_callback(self._count_off)
        return await asyncio.shield(done)

    def _count_off(self, _: object) -> None:
        self._waiting -= 1
