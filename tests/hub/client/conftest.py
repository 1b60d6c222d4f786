"""A listener that remembers, and links that end with their test."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from hub.client import Change, HubAddress, Link, Outbox
from hub.messages import Answer, Topic

DEADLINE = 10.0


class Memory:
    """Remembers what a link tells, and lets a test wait for it."""

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
        self.answers.append(answer)
        self._tell()

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

    def make(url: str, device: str, *topics: Topic, token: str = "") -> tuple[Link, Memory]:
        memory = Memory()
        outbox = Outbox(tmp_path / f"{device}.outbox")
        address = HubAddress(url, device, token or f"{device}-0123456789abcdef")
        made = Link(address, topics, outbox, memory)
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
