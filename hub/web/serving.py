"""Runs the pages with uvicorn on the hub's own event loop, for the time of a block."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from socket import socket
from typing import Final

import uvicorn

from hub.web.connection_limits import ConnectionLimits, LimitedListener, RequestLimit
from hub.web.connection_timeouts import TimeoutHttp
from hub.web.pages import WebSite, web_app
from hub.wire.encryption import Encryption

MOST: Final = 500
"""Connections of everybody together."""
_LAST_ANSWERS_SECONDS: Final = 2.0
_LOOK_SECONDS: Final = 0.005


class _Pages(uvicorn.Server):
    """uvicorn without its own signal handlers: the hub decides when to stop, and it stops at once."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._over = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def stop(self) -> None:
        """Have `serve` come to its end."""
        self.should_exit = True
        self._over.set()

    async def main_loop(self) -> None:
        """Renew the date that answers carry each second, until the stop."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._over.wait()

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Take no more connections, and let what is asked be answered; who is slower than that gets no answer."""
        for listening in self.servers:
            listening.close()
        state = self.server_state
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_ANSWERS_SECONDS):
                while state.connections or state.tasks:
                    for connection in tuple(state.connections):
                        connection.shutdown()
                    await asyncio.sleep(_LOOK_SECONDS)
        for connection in tuple(state.connections):
            connection.transport.abort()
        for task in tuple(state.tasks):
            task.cancel()


@asynccontextmanager
async def pages_served(
    site: WebSite, listener: socket, bounds: ConnectionLimits, encryption: Encryption | None = None
) -> AsyncIterator[None]:
    """Answer browsers on this socket. The access log is off: it would hold citizens' ticket codes."""
    server = _Pages(
        uvicorn.Config(
            RequestLimit(web_app(site), bounds.of_address) if bounds.proxies else web_app(site),
            ssl_certfile=encryption.certificate if encryption else None,
            ssl_keyfile=encryption.key if encryption else None,
            http=TimeoutHttp,
            log_config=None,
            # What strangers send wrongly is answered, and no event of the hub: it would fill the log.
            log_level="error",
            access_log=False,
            lifespan="off",
            ws="none",
            server_header=False,
            limit_concurrency=MOST,
            proxy_headers=bool(bounds.proxies),
            forwarded_allow_ips=list(bounds.proxies),
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[LimitedListener(listener, bounds)]))
    while not server.started and not serving.done():
        await asyncio.sleep(_LOOK_SECONDS)
    try:
        yield
    finally:
        server.stop()
        await serving
