"""HTTP listener of the hub: the pages with a limit on connections, TLS and trusted proxies, for the time of a block."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import socket
from typing import Final

from hub.web.connection_limits import ConnectionLimits, RequestLimit, limited_listener
from hub.web.pages import WebSite, web_app
from hub.wire.encryption import Encryption
from plumbing.limits import ACCEPTS_AT_ONCE
from plumbing.serving.http_server import HttpOptions, http_served

_LAST_ANSWERS_SECONDS: Final = 2.0


@asynccontextmanager
async def pages_served(
    site: WebSite, listener: socket, bounds: ConnectionLimits, encryption: Encryption | None = None
) -> AsyncIterator[None]:
    """Answer browsers on this socket."""
    app = web_app(site)
    options = HttpOptions(
        certificate=encryption.certificate if encryption else None,
        key=encryption.key if encryption else None,
        proxies=bounds.proxies,
        last_answers_seconds=_LAST_ANSWERS_SECONDS,
        accepts_at_once=ACCEPTS_AT_ONCE,
    )
    admitting = limited_listener(listener, bounds)
    limited = RequestLimit(app, admitting.admission, bounds)
    async with http_served(limited, admitting, options):
        ending = asyncio.create_task(admitting.end_unheard())
        try:
            yield
        finally:
            ending.cancel()
            await asyncio.wait([ending])
