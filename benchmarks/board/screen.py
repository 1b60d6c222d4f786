"""A headless Chromium driven by Playwright, and the moments at which its pages painted, on the bench's own clock."""

import asyncio
import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from benchmarks.place import BenchFailedError, BenchSkippedError
from queue_display.boards.browser import BrowserError, find_browser

SIZE: Final[ViewportSize] = {"width": 1920, "height": 1080}

_PAGES: Final = Path(__file__).parent / "pages"
_CLOCK_LOOKS: Final = 30
_POLL_SECONDS: Final = 0.05


def script(name: str) -> str:
    """One of the scripts that are put into pages."""
    return (_PAGES / name).read_text(encoding="utf-8")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The system's Chromium, as long as the block lasts."""
    try:
        path = find_browser()
    except BrowserError as problem:
        raise BenchSkippedError(f"no Chromium here ({problem.detail})") from problem
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path)
        yield browser
        await browser.close()


async def clock_ahead(page: Page) -> float:
    """By how many seconds the page's clock is ahead of ours: the look with the shortest way there and back knows best."""
    looks = list[tuple[float, float]]()
    for _ in range(_CLOCK_LOOKS):
        before = time.time()
        there: float = await page.evaluate("(performance.timeOrigin + performance.now()) / 1000")
        after = time.time()
        looks.append((after - before, there - (before + after) / 2))
    return min(looks)[1]


async def painted(page: Page, wanted: Collection[str], seconds: float) -> dict[str, Any]:
    """What the page has painted, as soon as all that is wanted is among it, or after so many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        seen: dict[str, Any] = await page.evaluate("window.bench.painted")
        if seen.keys() >= set(wanted) or time.monotonic() > deadline:
            return seen
        await asyncio.sleep(_POLL_SECONDS)


async def wait_for(page: Page, expression: str, seconds: float) -> None:
    """Wait until an expression is true in the page."""
    deadline = time.monotonic() + seconds
    while not await page.evaluate(expression):
        if time.monotonic() > deadline:
            raise BenchFailedError(f"the page never came to: {expression}")
        await asyncio.sleep(_POLL_SECONDS)
