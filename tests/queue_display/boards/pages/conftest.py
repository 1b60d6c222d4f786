"""The board page in the system's Chromium, at a floor of literal values that speaks the wire."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from hub.messages import CallView, Topic
from queue_display.boards.gallery import MORNING
from queue_display.boards.literal_floor import LiteralFloor
from queue_display.boards.server import PageServer

DEVICE = {
    "device": "board-1",
    "token": "a-token-of-a-board",
    "title": "Trung tâm",
    "rows": 6,
    "language": "vi",
    "languages": ["vi", "en"],
    "hotline": "1900 0000",
    "counters": [{"id": f"c{n}", "number": n, "name": f"Quầy {n}"} for n in range(1, 41)],
    "services": [{"id": "land", "name": "Đất đai"}],
}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium(chromium_url: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(chromium_url)
        yield browser
        await browser.close()


class Board:
    """One page at one floor."""

    def __init__(self, page: Page, floor: LiteralFloor) -> None:
        self.page = page
        self.floor = floor
        self.device = DEVICE

    async def until(self, expression: str, seconds: float = 30) -> None:
        """Wait for an expression to hold; asked from outside, because the page's policy forbids `eval`."""
        deadline = time.monotonic() + seconds
        while not await self.page.evaluate(expression):
            assert time.monotonic() < deadline, expression
            await asyncio.sleep(0.05)

    async def numbers(self) -> list[str]:
        """The ticket numbers on the board, from the top."""
        shown: list[str] = await self.page.evaluate(
            "[...document.querySelectorAll('.call[data-slot]')]"
            ".sort((a, b) => a.dataset.slot - b.dataset.slot)"
            ".map((row) => row.querySelector('.number').textContent)"
        )
        return shown

    async def text(self, part: str) -> str:
        return await self.page.locator(f'[data-part="{part}"]').inner_text()

    async def until_numbers(self, *expected: str) -> None:
        deadline = time.monotonic() + 8
        while (shown := await self.numbers()) != list(expected):
            assert time.monotonic() < deadline, shown
            await asyncio.sleep(0.05)

    def hellos(self) -> list[dict[str, Any]]:
        return [frame for frame in self.floor.heard if frame["t"] == "hello"]

    def call(self, number: str, counter: int = 1, ago: float = 0, **more: Any) -> CallView:
        """A call made `ago` seconds ago."""
        given = {"attempt": 1, "priority": False, "over": False, **more}
        return CallView(
            call=f"call-{number}-{given['attempt']}",
            ticket=f"ticket-{number}",
            number=number,
            counter=f"c{counter}",
            called_at=self.floor.now() - timedelta(seconds=ago),
            **given,
        )

    def put_call(self, *args: Any, silent: bool = False, **more: Any) -> str:
        """Make a call; `silent` loses its delta on the way."""
        view = self.call(*args, **more)
        self.floor.put(Topic.CALLS, view.call, view, silent=silent)
        return view.call

    async def is_live(self) -> bool:
        state = await self.page.evaluate("document.getElementById('board')?.dataset.connection")
        return bool(state == "live")

    async def until_live(self) -> None:
        deadline = time.monotonic() + 8
        while not await self.is_live():
            assert time.monotonic() < deadline, "no picture of the floor"
            await asyncio.sleep(0.05)

    async def heard(self, wanted: Callable[[dict[str, Any]], bool], seconds: float = 10) -> None:
        deadline = time.monotonic() + seconds
        while not any(wanted(frame) for frame in self.floor.heard):
            assert time.monotonic() < deadline, self.floor.heard
            await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def _opened(chromium: Browser, clock: bool, device: dict[str, Any]) -> AsyncIterator[Board]:
    async with (
        LiteralFloor(MORNING) as floor,
        PageServer({**DEVICE, **device, "floor_url": floor.url}) as pages,
    ):
        page = await chromium.new_page(viewport={"width": 1920, "height": 1080})
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        try:
            if clock:
                await page.clock.install()
            await page.goto(pages.url)
            board = Board(page, floor)
            await board.until_live()
            yield board
        finally:
            await page.close()
        assert problems == []


@pytest.fixture
def a_board(chromium: Browser) -> Callable[..., "contextlib.AbstractAsyncContextManager[Board]"]:
    """Opens the page at a floor of its own; `clock` takes the page's time in hand, the rest describes the device."""

    def opener(
        clock: bool = False, **device: Any
    ) -> "contextlib.AbstractAsyncContextManager[Board]":
        return _opened(chromium, clock, device)

    return opener
