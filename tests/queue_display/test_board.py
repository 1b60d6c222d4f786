"""The board program with a real hub and the system's browser."""

import asyncio
import contextlib
import os
import shutil
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hub.client import TokenFile
from hub.upkeep.certificates import make_authority
from queue_display.board import BoardProgram, compose
from queue_display.boards.browser import Browser, BrowserError, BrowserReason, Frame, Screen

needs_chromium = pytest.mark.skipif(
    shutil.which("chromium") is None, reason="needs the system's chromium"
)
SCREEN = Screen(Frame.HEADLESS, width=1280, height=720)
LIVE = "document.getElementById('board')?.dataset.connection === 'live'"
NUMBER = "document.querySelector('.call[data-slot=\"0\"] .number')?.textContent"


def program_of(hall: Any) -> BoardProgram:
    return compose(hall.installation, hall.installation.boards[0], screen=SCREEN)


@pytest.mark.browser
@needs_chromium
async def test_the_hall_sees_a_call_the_hub_learns_it_and_a_crashed_page_comes_back(
    open_hall: Any, eventually: Any
) -> None:
    browsers: asyncio.Queue[Browser] = asyncio.Queue()
    async with open_hall() as hall:
        running = asyncio.create_task(program_of(hall).run(browsers.put_nowait))
        try:
            page = (await asyncio.wait_for(browsers.get(), 30)).page
            await page.wait_until(LIVE, 20)
            await hall.open("terminal-1", "an")
            number = await hall.call("certification")
            await page.wait_until(f"{NUMBER} === '{number}'", 5)
            assert (await page.screenshot()).startswith(b"\x89PNG")
            await eventually(lambda: hall.hub.health().counts["shown"] == 1)

            crash = asyncio.create_task(page.call("Page.crash"))
            page = (await asyncio.wait_for(browsers.get(), 30)).page
            with contextlib.suppress(BrowserError):
                await crash
            await page.wait_until(f"{NUMBER} === '{number}'", 20)

            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.wait_for(running, 20)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


@pytest.mark.browser
@needs_chromium
async def test_a_board_shows_the_hall_of_an_encrypted_hub(open_hall: Any, tmp_path: Path) -> None:
    make_authority(tmp_path / "tls", ["127.0.0.1"], datetime.now(UTC))
    names = {"certificate": "hub.pem", "key": "hub-key.pem", "authority": "authority.pem"}
    tls = {place: str(tmp_path / "tls" / name) for place, name in names.items()}
    browsers: asyncio.Queue[Browser] = asyncio.Queue()
    async with open_hall({"hub.tls": tls}) as hall:
        assert hall.installation.hub.tls is not None
        running = asyncio.create_task(program_of(hall).run(browsers.put_nowait))
        try:
            page = (await asyncio.wait_for(browsers.get(), 30)).page
            await page.wait_until(LIVE, 20)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


@pytest.mark.browser
@needs_chromium
async def test_a_board_without_a_token_is_enrolled_on_its_screen_and_the_program_keeps_the_token(
    open_hall: Any, tmp_path: Path
) -> None:
    code = "document.querySelector('[data-part=\"enrolment-code\"]')?.textContent"
    browsers: asyncio.Queue[Browser] = asyncio.Queue()
    async with open_hall({"boards": [{"name": "board-1"}]}) as hall:
        settings = hall.installation.boards[0]
        program = compose(hall.installation, settings, screen=SCREEN, state=tmp_path)
        running = asyncio.create_task(program.run(browsers.put_nowait))
        try:
            page = (await asyncio.wait_for(browsers.get(), 30)).page
            await page.wait_until(f"!!{code}", 20)
            shown = await page.evaluate(code)
            assert await hall.hub.authentication.approve(shown, "board-1", "it") is None
            await page.wait_until(LIVE, 20)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        again = compose(hall.installation, settings, screen=SCREEN, state=tmp_path)

    kept = TokenFile(tmp_path, "board-1").read()
    assert kept
    assert again.address.token == kept


async def test_a_machine_without_a_browser_is_told_at_once(
    open_hall: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    async with open_hall() as hall:
        with pytest.raises(BrowserError) as refused:
            await program_of(hall).run()

    assert refused.value.reason is BrowserReason.NOT_INSTALLED
