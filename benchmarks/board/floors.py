"""The floor under a call on the board: a bare page to which a websocket pushes one line of text."""

import asyncio
import random
import time
from typing import Final

from playwright.async_api import Browser
from websockets.asyncio.server import ServerConnection, serve

from benchmarks.board.screen import SIZE, clock_ahead, painted, script
from benchmarks.place import BenchFailedError

_PATIENCE_SECONDS: Final = 10.0


async def pushes_ms(browser: Browser, count: int) -> list[float]:
    """The times from push to painted of so many pushes at irregular moments."""
    arrived: asyncio.Future[ServerConnection] = asyncio.get_running_loop().create_future()

    async def attend(wire: ServerConnection) -> None:
        arrived.set_result(wire)
        await wire.wait_closed()

    async with serve(attend, "127.0.0.1", 0, compression=None) as server:
        port = server.sockets[0].getsockname()[1]
        page = await browser.new_page(viewport=SIZE)
        await page.evaluate(script("bare.js"), f"ws://127.0.0.1:{port}")
        wire = await arrived
        ahead = await clock_ahead(page)
        pushed: dict[str, float] = {}
        for n in range(count):
            await asyncio.sleep(random.uniform(0.05, 0.15))
            pushed[str(n)] = time.time()
            await wire.send(str(n))
        seen = await painted(page, pushed, _PATIENCE_SECONDS)
        await page.close()
    if missing := pushed.keys() - seen.keys():
        raise BenchFailedError(f"{len(missing)} pushes were not painted by the bare page")
    return [seen[n]["at"] - (at + ahead) * 1e3 for n, at in pushed.items()]
