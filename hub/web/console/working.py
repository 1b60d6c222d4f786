"""Has something done that would keep the floor waiting: in a thread of the console, while the event loop goes on."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def in_thread(
    workers: Executor, work: Callable[P, T], *given: P.args, **named: P.kwargs
) -> T:
    """What the work returns, or raises."""
    return await asyncio.get_running_loop().run_in_executor(workers, partial(work, *given, **named))
