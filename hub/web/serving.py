"""Runs the pages with uvicorn on the hub's own event loop, for the time of a block."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from socket import socket

import uvicorn

from hub.encryption import Encryption
from hub.web.pages import Site, web_app
from hub.web.patience import ImpatientHttp


class _Pages(uvicorn.Server):
    """uvicorn without its own signal handlers: the hub decides when to stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def pages_served(
    site: Site, listener: socket, encryption: Encryption | None = None
) -> AsyncIterator[None]:
    """Answer browsers on this socket. The access log is off: it would hold citizens' ticket codes."""
    server = _Pages(
        uvicorn.Config(
            web_app(site),
            ssl_certfile=encryption.certificate if encryption else None,
            ssl_keyfile=encryption.key if encryption else None,
            http=ImpatientHttp,
            log_config=None,
            # What strangers send wrongly is answered, and no event of the hub: it would fill the log.
            log_level="error",
            access_log=False,
            lifespan="off",
            ws="none",
            server_header=False,
            limit_concurrency=500,
            timeout_graceful_shutdown=2,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.005)
    try:
        yield
    finally:
        server.should_exit = True
        await serving
