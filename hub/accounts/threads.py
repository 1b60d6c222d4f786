"""Threads of the accounts: queries of the database, and PIN checks in two lanes with bounded queues.

A check costs 30 ms of a processor. Known terminals and browsers have a lane of their own, so that a crowd of strangers who
guess PINs keeps nobody else waiting; the strangers' lane has a rate limit too. Their threads have no lower priority: a
starved thread would hold the database's lock.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from time import monotonic
from typing import Final, TypeVar

from plumbing.executors import BoundedExecutor, TooMuchWorkError
from plumbing.limits import (
    PIN_CHECKS_OF_ADDRESS,
    PIN_CHECKS_OF_STRANGERS,
    PIN_CHECKS_WAITING,
    ConcurrencyLimit,
    RateLimit,
)

T = TypeVar("T")

_STRANGERS: Final = "strangers"


class AccountThreads:
    """Made by `account_threads`; used on the event loop."""

    def __init__(self, readers: Executor, known: Executor, strangers: Executor) -> None:
        self.readers = readers
        self._known = BoundedExecutor(known, PIN_CHECKS_WAITING)
        self._strangers = BoundedExecutor(strangers, PIN_CHECKS_WAITING)
        self._of_place = ConcurrencyLimit(PIN_CHECKS_OF_ADDRESS)
        self._rate = RateLimit()

    async def check_known(self, check: Callable[[], T]) -> T:
        """Check a PIN of a known terminal or browser. Raises TooMuchWorkError."""
        return await self._known.do(check)

    async def check_stranger(self, place: str, check: Callable[[], T]) -> T:
        """Check a PIN that was typed at an unknown place. Raises TooMuchWorkError."""
        release = self._of_place.take(place)
        if release is None:
            raise TooMuchWorkError
        try:
            if self._rate.spend(_STRANGERS, PIN_CHECKS_OF_STRANGERS, monotonic()):
                raise TooMuchWorkError
            return await self._strangers.do(check)
        finally:
            release()


@contextmanager
def account_threads(readers: Executor) -> Iterator[AccountThreads]:
    """The threads for the time of a block."""
    with ExitStack() as stack:
        known = stack.enter_context(ThreadPoolExecutor(1, "hub-pins"))
        strangers = stack.enter_context(ThreadPoolExecutor(1, "hub-pins-of-strangers"))
        yield AccountThreads(readers, known, strangers)
