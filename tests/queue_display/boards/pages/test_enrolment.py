"""A screen without a token: it shows a code, becomes a board once the code was typed, and tells when it was turned out."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright
from websockets.asyncio.server import ServerConnection, serve

from queue_display.boards.description import describe
from queue_display.boards.server import PageServer

pytestmark = pytest.mark.browser

TURNED_OUT_MS = 5_000  # of the page's own time, which passes as the test wants
CODE = re.compile(r"[B-DF-HJ-NP-TV-Z]{4}-[B-DF-HJ-NP-TV-Z]{4}")
LIVE = "document.getElementById('board').dataset.connection === 'live'"
STORED = "JSON.parse(localStorage.getItem('board-device'))"


@pytest_asyncio.fixture
async def chromium(chromium_url: str) -> AsyncIterator[Browser]:
    """A line for each test: a hub leaves threads to its loop, which end with it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(chromium_url)
        yield browser
        await browser.close()


async def until(page: Page, expression: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not await page.evaluate(expression):
        assert time.monotonic() < deadline, await page.locator("body").inner_text()
        await asyncio.sleep(0.05)


async def text(page: Page, part: str) -> str:
    return await page.locator(f'[data-part="enrolment-{part}"]').inner_text()


async def code_on(page: Page, other_than: str = "") -> str:
    """The code on the screen; `other_than` is one that stood there before."""
    shown = "document.querySelector('[data-part=\"enrolment-code\"]').textContent"
    await until(page, f"!['', '{other_than}'].includes({shown})")
    code = await text(page, "code")
    assert CODE.fullmatch(code)
    return code


async def as_television(page: Page, floor: str) -> None:
    """The page as a hub serves it: no device.json, and the floor's port."""
    port = int(floor.rsplit(":", 1)[1].strip("/"))
    await page.route("**/device.json", lambda route: route.fulfill(status=404))
    await page.route("**/labels.json", lambda route: route.fulfill(json={"title": "Trung tâm"}))
    await page.route("**/floor.json", lambda route: route.fulfill(json={"floor_port": port}))


async def test_a_television_becomes_a_board_by_a_code_and_asks_again_once_it_was_turned_out(
    chromium: Browser, open_hall: Any
) -> None:
    async with open_hall() as hall, PageServer({}) as pages:
        context = await chromium.new_context(viewport={"width": 1920, "height": 1080})
        page = await context.new_page()
        try:
            await as_television(page, hall.hub.floor)
            await page.clock.install()
            await page.goto(pages.url)
            code = await code_on(page)
            assert "Thiết bị" in (await text(page, "steps")).replace("\u00a0", " ")
            assert await text(page, "minutes") == "Mã còn hiệu lực 10 phút"
            assert await text(page, "notice") == ""

            assert await hall.hub.authentication.approve(code, "board-1", "it") is None
            await until(page, LIVE)
            kept = await page.evaluate(STORED)
            assert kept["device"] == "board-1"
            assert kept["token"]
            assert kept["token"] not in page.url
            await page.reload()
            await until(page, LIVE)

            assert await hall.hub.authentication.revoke("board-1", "it")
            await until(page, "!document.getElementById('enrolment').hidden")
            assert await text(page, "notice") == "Màn hình board-1 đã bị gỡ khỏi hệ thống."
            assert (await page.evaluate(STORED))["token"] == ""
            await page.clock.fast_forward(TURNED_OUT_MS)
            code = await code_on(page, code)
            async with page.expect_event("load"):
                assert await hall.hub.authentication.approve(code, "board-1", "it") is None
            await until(page, LIVE)
            assert not await page.locator("#enrolment").is_visible()
        finally:
            await context.close()


async def test_the_program_s_page_hands_its_token_over_and_takes_no_other_name(
    chromium: Browser, open_hall: Any
) -> None:
    kept: list[str] = []
    extra = [{"name": "board-1"}, {"name": "board-2"}]
    async with open_hall({"boards": extra}) as hall:
        (settings, _) = hall.installation.boards
        device = describe(hall.installation, settings, hall.hub.floor, "en")
        async with PageServer(device, kept.append) as pages:
            page = await chromium.new_page()
            try:
                await page.clock.install()
                await page.goto(pages.url)
                code = await code_on(page)
                assert "Technician" in await text(page, "steps")
                assert await hall.hub.authentication.approve(code, "board-2", "it") is None
                await until(page, "document.body.innerText.includes('typed for board-2')")
                await page.clock.fast_forward(TURNED_OUT_MS)
                code = await code_on(page, code)
                assert kept == []

                assert await hall.hub.authentication.approve(code, "board-1", "it") is None
                await until(page, LIVE)
                assert len(kept) == 1
                assert await page.evaluate("localStorage.length") == 0
                await page.reload()
                await until(page, LIVE)
            finally:
                await page.close()


async def test_a_code_that_ran_out_or_whose_line_broke_makes_room_for_a_new_one(
    chromium: Browser,
) -> None:
    asked: list[dict[str, Any]] = []
    codes = ("BCDF-GHJK", "LMNP-QRST", "VWXZ-BCDF")

    async def give_code(wire: ServerConnection) -> None:
        async for frame in wire:
            now = datetime.now().astimezone()
            asked.append(json.loads(frame))
            if len(asked) > len(codes):
                refused = {"t": "error", "req": None, "error": {"code": "too_many_waiting"}}
                await wire.send(json.dumps(refused))
                return
            code = codes[len(asked) - 1]
            expires = now + timedelta(seconds=90)
            told = {"t": "enrolment", "code": code, "now": str(now), "expires": str(expires)}
            await wire.send(json.dumps(told))

    async with serve(give_code, "127.0.0.1", 0) as floor, PageServer({}) as pages:
        page = await chromium.new_page()
        try:
            await page.clock.install()
            port = next(iter(floor.sockets)).getsockname()[1]
            await as_television(page, f"ws://127.0.0.1:{port}")
            await page.goto(pages.url)
            assert await code_on(page) == codes[0]
            assert await text(page, "minutes") == "Mã còn hiệu lực 2 phút"
            await page.clock.fast_forward(45_000)
            await until(page, "document.body.innerText.includes('chưa đến 1 phút')")

            await page.clock.fast_forward(46_000)
            await until(page, "document.body.innerText.includes('Đang xin mã mới')")
            assert await text(page, "code") == ""
            await page.clock.fast_forward(6_000)
            await page.clock.fast_forward(6_500)
            assert await code_on(page) == codes[1]

            for wire in tuple(floor.connections):
                wire.transport.abort()
            await until(page, "document.body.innerText.includes('Đang xin mã mới')")
            await page.clock.fast_forward(6_500)
            assert await code_on(page) == codes[2]

            for wire in tuple(floor.connections):
                wire.transport.abort()
            await until(page, "document.body.innerText.includes('Đang xin mã mới')")
            await page.clock.fast_forward(6_500)
            await until(page, "document.body.innerText.includes('Quá nhiều màn hình đang chờ mã')")
            assert asked == [{"t": "enrol", "kind": "board", "proto": [1]}] * 4
        finally:
            await page.close()
