"""HTTP listener of the hub: the pages with a limit on connections, TLS and trusted proxies, for the time of a block."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import socket
from typing import Final

from hub.web.connection_limits import ConnectionLimits, LimitedListener, RequestLimit
from hub.web.pages import WebSite, web_app
from hub.wire.encryption import Encryption
from plumbing.serving.http_server import HttpOptions, http_served

MOST: Final = 500
"""Connections of all addresses together."""
_LAST_ANSWERS_SECONDS: Final = 2.0


@asynccontextmanager
async def pages_served(
    site: WebSite, listener: socket, bounds: ConnectionLimits, encryption: Encryption | None = None
) -> AsyncIterator[None]:
    """Answer browsers on this socket."""
    app = web_app(site)
    options = HttpOptions(
        most_connections=MOST,
        certificate=encryption.certificate if encryption else None,
        key=encryption.key if encryption else None,
        proxies=bounds.proxies,
        last_answers_seconds=_LAST_ANSWERS_SECONDS,
    )
    limited = RequestLimit(app, bounds.of_address) if bounds.proxies else app
    async with http_served(limited, LimitedListener(listener, bounds), options):
        yield
