"""A device without a token shows a code, goes on once somebody types it, and asks again when it is turned away."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hub.client import (
    Enroller,
    EnrolmentPrompt,
    EnrolmentSettings,
    HubAddress,
    Link,
    Outbox,
    TokenFile,
)
from hub.running import RunningHub

DEADLINE = 15.0


class Door:
    """A running link with its enroller; remembers each prompt to show."""

    def __init__(self, url: str, folder: Path, token: str = "", pause: float = 0.05) -> None:
        self.shown: list[EnrolmentPrompt | None] = []
        self.up = False
        self._news = asyncio.Event()
        self._outbox = Outbox(folder / "k1.outbox")
        enroller = Enroller(EnrolmentSettings("kiosk", folder, pause), self._show)
        address = HubAddress(url, "k1", token)
        link = Link(address, (), self._outbox, self, enroller=enroller)
        self._task = asyncio.create_task(link.run())

    def changed(self, change: object) -> None: ...

    def connected(self, up: bool) -> None:
        self.up = up
        self._news.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(DEADLINE):
            while not condition():
                self._news.clear()
                await self._news.wait()

    async def code(self) -> str:
        """The code that is shown, once there is one."""
        await self.until(lambda: bool(self.shown and self.shown[-1] and self.shown[-1].code))
        assert self.shown[-1] is not None
        return self.shown[-1].code

    async def shut(self) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        self._outbox.close()

    def _show(self, prompt: EnrolmentPrompt | None) -> None:
        self.shown.append(prompt)
        self._news.set()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "device"
    made.mkdir()
    return made


async def test_a_new_device_is_let_in_by_its_code_and_keeps_its_token(
    hub: RunningHub, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    door = Door(hub.floor, folder)
    code = await door.code()
    first = door.shown[-1]
    assert first is not None
    assert (first.minutes, first.turned_away, first.hub) == (10, False, "127.0.0.1")
    assert await hub.authentication.approve(code, "k1", "tech") is None
    await door.until(lambda: door.up)
    assert door.shown[-1] is None
    await door.shut()
    kept = TokenFile(folder, "k1").read()
    assert kept
    assert kept not in caplog.text
    again = Door(hub.floor, folder, kept)
    await again.until(lambda: again.up)
    assert again.shown == []
    await again.shut()


async def test_a_device_that_is_revoked_shows_a_code_and_comes_back(
    hub: RunningHub, folder: Path
) -> None:
    door = Door(hub.floor, folder, "k1-0123456789abcdef")
    await door.until(lambda: door.up)
    await hub.authentication.revoke("k1", "boss")
    code = await door.code()
    assert not door.up
    assert door.shown[-1] is not None
    assert door.shown[-1].turned_away
    assert await hub.authentication.approve(code, "k1", "tech") is None
    await door.until(lambda: door.up)
    assert door.shown[-1] is None
    await door.shut()


async def test_a_code_typed_for_another_device_is_told_and_replaced(
    hub: RunningHub, folder: Path
) -> None:
    door = Door(hub.floor, folder)
    wrong = await door.code()
    assert await hub.authentication.approve(wrong, "k2", "tech") is None
    await door.until(lambda: bool(door.shown[-1] and door.shown[-1].code not in {"", wrong}))
    assert door.shown[-1] is not None
    assert door.shown[-1].other == "k2"
    assert TokenFile(folder, "k1").read() is None
    await door.shut()


async def test_a_hub_that_comes_later_is_waited_for(start_hub: Any, folder: Path) -> None:
    async with start_hub() as hub:
        url, port = hub.floor, int(hub.floor.rsplit(":", 1)[1])
    door = Door(url, folder)
    await door.until(lambda: bool(door.shown))
    assert door.shown[-1] == EnrolmentPrompt("127.0.0.1", "k1")
    async with start_hub(floor_port=port):
        await door.code()
        await door.shut()


async def test_a_token_that_cannot_be_kept_works_until_the_end(
    hub: RunningHub, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    door = Door(hub.floor, folder)
    code = await door.code()
    # Neither file nor folder can be made of it, whoever runs the test.
    (folder / "k1.token-new").mkdir()
    assert await hub.authentication.approve(code, "k1", "tech") is None
    await door.until(lambda: door.up)
    assert "cannot be kept" in caplog.text
    await door.shut()
