"""HTTP server for the time of a block: uvicorn on the program's event loop, without signal handlers, with connection timeouts."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from plumbing.limits import ACCEPT_QUEUE, TLS_HANDSHAKE_SECONDS
from plumbing.serving.http_timeouts import TimeoutHttp

_LOOK_SECONDS: Final = 0.005
_DATE_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class HttpOptions:
    """`most_connections` of all addresses together (None: no limit); with `certificate` and `key` the server uses TLS.

    `X-Forwarded-For` is trusted from `proxies` only. `accepts_at_once` connections are accepted before the event loop does
    other work. Requests under way at the end have `last_answers_seconds` to finish.
    """

    most_connections: int | None = None
    certificate: Path | None = None
    key: Path | None = None
    proxies: Collection[str] = ()
    last_answers_seconds: float = 0.0
    accepts_at_once: int = ACCEPT_QUEUE


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: the program decides when to stop, and it stops at once."""

    def __init__(self, config: uvicorn.Config, last_answers_seconds: float) -> None:
        super().__init__(config)
        self._last_answers_seconds = last_answers_seconds
        self._over = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Listen as uvicorn does, with a timeout of the TLS handshake: its own would be a minute."""
        await self.lifespan.startup()
        config = self.config

        def connection() -> asyncio.Protocol:
            return TimeoutHttp(config, self.server_state, self.lifespan.state)

        self.servers = [
            await asyncio.get_running_loop().create_server(
                connection,
                sock=listening,
                ssl=config.ssl,
                ssl_handshake_timeout=TLS_HANDSHAKE_SECONDS if config.ssl else None,
                backlog=config.backlog,
            )
            for listening in sockets or ()
        ]
        self.started = True

    def stop(self) -> None:
        """Have `serve` come to its end."""
        self.should_exit = True
        self._over.set()

    async def main_loop(self) -> None:
        """Renew the date in the headers of answers each second, until the stop."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                async with asyncio.timeout(_DATE_SECONDS):
                    await self._over.wait()

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Accept no more connections and let requests under way finish; a slower one is aborted."""
        for listening in self.servers:
            listening.close()
        state = self.server_state
        with suppress(TimeoutError):
            async with asyncio.timeout(self._last_answers_seconds):
                while state.connections or state.tasks:
                    for connection in tuple(state.connections):
                        connection.shutdown()
                    await asyncio.sleep(_LOOK_SECONDS)
        for connection in tuple(state.connections):
            connection.transport.abort()
        for task in tuple(state.tasks):
            task.cancel()


@asynccontextmanager
async def http_served(app: ASGIApp, listener: socket, options: HttpOptions) -> AsyncIterator[None]:
    """Answer requests on this socket. The access log is off: it would hold citizens' ticket codes."""
    config = uvicorn.Config(
        app,
        ssl_certfile=options.certificate,
        ssl_keyfile=options.key,
        http=TimeoutHttp,
        log_config=None,
        # A malformed request of a stranger is answered and is not an event of the program: it would fill the log.
        log_level="error",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        limit_concurrency=options.most_connections,
        backlog=options.accepts_at_once,
        proxy_headers=bool(options.proxies),
        forwarded_allow_ips=list(options.proxies),
    )
    server = _Server(config, options.last_answers_seconds)
    serving = asyncio.create_task(server.serve(sockets=[listener]), name="http-server")
    while not server.started and not serving.done():
        await asyncio.sleep(_LOOK_SECONDS)
    try:
        yield
    finally:
        server.stop()
        await serving
