"""Connection limits of the HTTP listener: connections per address, and concurrent requests per address behind a proxy.

Connections are counted where they are accepted, before anything is read or encrypted: one over the limit is closed at
once. A proxy that the configuration names brings many browsers over its own connections; those are not counted, but
the requests of each address behind it are. No other source is trusted for an address.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from socket import socket
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from plumbing.limits import ConcurrencyLimit, address_key

_AGAIN_SECONDS: Final = 5


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """As configured: concurrent connections per address, and the proxies that are trusted for addresses."""

    of_address: int = 60
    proxies: Collection[str] = ()


class LimitedListener(socket):
    """Listening socket with a per-address connection limit; takes over the listener that it is made of."""

    def __init__(self, listener: socket, bounds: ConnectionLimits) -> None:
        super().__init__(listener.family, listener.type, listener.proto, listener.detach())
        self._places = ConcurrencyLimit(bounds.of_address)
        self._proxies = frozenset(map(address_key, bounds.proxies))

    def accept(self) -> "tuple[socket, Any]":
        """The next connection; raises ConnectionAbortedError if it is over the limit, as for one that was reset."""
        wire, address = super().accept()
        if address_key(address[0]) in self._proxies:
            return wire, address
        leave = self._places.take(address_key(address[0]))
        if leave is None:
            wire.close()
            raise ConnectionAbortedError
        return _CountedSocket(wire, leave), address


class _CountedSocket(socket):
    """A connection that releases its place when it is closed."""

    def __init__(self, wire: socket, leave: Callable[[], None]) -> None:
        super().__init__(wire.family, wire.type, wire.proto, wire.detach())
        self._leave: Callable[[], None] | None = leave

    def close(self) -> None:
        leave, self._leave = self._leave, None
        if leave is not None:
            leave()
        super().close()


class RequestLimit:
    """Middleware for browsers behind a proxy: limits the concurrent requests of each address."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._places = ConcurrencyLimit(most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        if scope["type"] != "http" or client is None:
            await self._app(scope, receive, send)
            return
        leave = self._places.take(address_key(client[0]))
        if leave is None:
            headers = {"Retry-After": str(_AGAIN_SECONDS), "Cache-Control": "no-store"}
            await PlainTextResponse("Too many requests\n", 503, headers)(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            leave()


def client_address(request: Request) -> str:
    """The key of rate limits: the client's address; for IPv6 its network, since single addresses cost nothing."""
    return address_key(request.client.host) if request.client else ""
