"""A listener that remembers, and links that end with their test."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from hub.client import Change, HubAddress, Link, Outbox, Policy
from hub.messages import Answer, Question, Topic
from service_floor.queue.commands import Command

DEADLINE = 10.0


class Memory:
    """Remembers what happens to a link, and lets a test wait for it."""

    def __init__(self) -> None:
        self.lines: list[bool] = []
        self.answers: list[Answer] = []
        self.changes: list[Change] = []
        self._news = asyncio.Condition()

    def changed(self, change: Change) -> None:
        self.changes.append(change)
        self._tell()

    def connected(self, up: bool) -> None:
        self.lines.append(up)
        self._tell()

    def answered(self, answer: Answer) -> None:
        """Callback of the requests of `ask`, and of those that an earlier run left."""
        self.answers.append(answer)
        self._tell()

    def ask(
        self,
        link: Link,
        request: Command | Question,
        policy: Policy = Policy.DURABLE,
        req: str = "",
    ) -> "asyncio.Future[Answer]":
        """Send a request; its answer is remembered, and waited for by who wants it."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

        def answered(answer: Answer) -> None:
            future.set_result(answer)
            self.answered(answer)

        link.send(request, policy, answered, req)
        return future

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(DEADLINE), self._news:
            await self._news.wait_for(condition)

    def _tell(self) -> None:
        self._telling = asyncio.ensure_future(self._notify())

    async def _notify(self) -> None:
        async with self._news:
            self._news.notify_all()


LinkMaker = Callable[..., tuple[Link, Memory]]


@pytest.fixture
async def link(tmp_path: Path) -> AsyncIterator[LinkMaker]:
    """Makes a running link of a device of the test hall."""
    tasks: list[asyncio.Task[None]] = []
    outboxes: list[Outbox] = []

    def make(
        url: str, device: str, *topics: Topic, token: str = "", earlier: Policy = Policy.DURABLE
    ) -> tuple[Link, Memory]:
        memory = Memory()
        outbox = Outbox(tmp_path / f"{device}.outbox")
        address = HubAddress(url, device, token or f"{device}-0123456789abcdef")
        made = Link(address, topics, outbox, memory, lambda *_: (earlier, memory.answered))
        outboxes.append(outbox)
        tasks.append(asyncio.create_task(made.run()))
        return made, memory

    yield make
    for task in tasks:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    for outbox in outboxes:
        outbox.close()
