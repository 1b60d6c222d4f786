"""Board program: a page server on the loopback and the browser process that shows its page.

Order of events: what the page must know, from the configuration → page server → browser. A browser or page that dies
is restarted with back-off, until SIGTERM. The page itself keeps the link to the hub.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.model import Installation
from config.model.programs import Board
from hub.client import HubAddress, TokenFile, address_of, pin_of
from plumbing.backoff import Backoff
from plumbing.languages import HOUSE_LANGUAGE
from plumbing.stop_signals import asked_to_stop
from queue_display.boards.browser import Browser, BrowserError, BrowserReason, Screen
from queue_display.boards.description import describe
from queue_display.boards.server import PageServer

log = logging.getLogger("board")

STEADY_SECONDS = 60.0
KIOSK = Screen()


@dataclass(frozen=True, slots=True)
class BoardProgram:
    """Made by `compose`; `run` lives until SIGTERM or SIGINT."""

    device: Mapping[str, Any]
    screen: Screen
    address: HubAddress
    state: Path | None = None

    async def run(self, on_ready: Callable[[Browser], None] = lambda browser: None) -> None:
        """Show the board until asked to stop; `on_ready` gets each browser that shows it.

        Raises BrowserError where the machine has no browser at all.
        """
        with asked_to_stop() as asked:
            async with PageServer(self.device, self._keep) as pages:
                await self._until(asked, self._show(pages.url, on_ready))

    def _keep(self, token: str) -> None:
        """Callback of an enrolled page: keep its token. A folder that cannot be written costs a new enrolment at the next start, not the picture."""
        if self.state is None:
            return
        try:
            TokenFile(self.state, self.address.device).keep(token)
        except OSError as error:
            log.error("the token cannot be kept: %s", error)
        else:
            log.info("%s is enrolled", self.address.device)

    @staticmethod
    async def _until(stop: asyncio.Event, showing: Coroutine[Any, Any, None]) -> None:
        shown = asyncio.create_task(showing, name="board-browser")
        stopping = asyncio.create_task(stop.wait(), name="board-stop")
        done, _ = await asyncio.wait({shown, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for task in (shown, stopping):
            task.cancel()
        await asyncio.wait({shown, stopping})
        if shown in done:
            shown.result()

    async def _pin(self) -> str:
        """Key pin for Chromium, which does not know our certificate authority: the key of the hub after this program has verified it."""
        if not self.address.url.startswith("wss:"):
            return ""
        return await asyncio.to_thread(pin_of, self.address)

    async def _show(self, url: str, on_ready: Callable[[Browser], None]) -> None:
        backoff = Backoff()
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                async with Browser(url, self.screen, await self._pin()) as browser:
                    on_ready(browser)
                    problem = str(await browser.died())
            except BrowserError as error:
                if error.reason is BrowserReason.NOT_INSTALLED:
                    raise
                problem = str(error)
            except OSError as error:
                problem = f"the hub cannot be reached or is not believed: {error}"
            if loop.time() - began > STEADY_SECONDS:
                backoff.reset()
            pause = backoff.next_pause()
            log.warning("browser lost (%s), again in %.0f s", problem, pause)
            await asyncio.sleep(pause)


def compose(
    installation: Installation,
    settings: Board,
    *,
    screen: Screen = KIOSK,
    language: str = HOUSE_LANGUAGE,
    state: Path | None = None,
) -> BoardProgram:
    """Put the board of these settings together; `state` is the folder of its token, where it was enrolled."""
    address = address_of(installation, settings.name, settings.token, state)
    device = describe(installation, settings, address.url, language)
    return BoardProgram(device | {"token": address.token}, screen, address, state)
