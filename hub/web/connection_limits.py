"""How much of the pages one address may take, so that it cannot keep the others out.

Connections are counted where they are accepted, before anything is read or encrypted: one too many is closed unheard. A
proxy that the configuration names brings many browsers over its own connections; those are not counted, but the
requests of each address behind it are. Nobody else is believed about an address.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from socket import socket
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_NETWORK_BITS: Final = 64
"""Of an IPv6 address that a provider gives to one customer; the rest is theirs to choose."""
_AGAIN_SECONDS: Final = 5


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """What the configuration says: how many of one address at once, and whose word on addresses is taken."""

    of_address: int = 60
    proxies: Collection[str] = ()


class AddressCounter:
    """Who is here, by address; holds no more entries than there are who hold something."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._here: Counter[str] = Counter()

    def enter(self, address: str) -> Callable[[], None] | None:
        """One more of this address: how to take leave; None where it has its fill."""
        place = place_of(address)
        if self._here[place] >= self._most:
            return None
        self._here[place] += 1
        return lambda: self._leave(place)

    def _leave(self, place: str) -> None:
        self._here[place] -= 1
        if not self._here[place]:
            del self._here[place]


class LimitedListener(socket):
    """A listening socket that lets in so many of one address; takes over the listener that it is made of."""

    def __init__(self, listener: socket, bounds: ConnectionLimits) -> None:
        super().__init__(listener.family, listener.type, listener.proto, listener.detach())
        self._crowd = AddressCounter(bounds.of_address)
        self._proxies = frozenset(map(place_of, bounds.proxies))

    def accept(self) -> "tuple[socket, Any]":
        """The next connection; raises ConnectionAbortedError where it was one too many, as for one that hung up."""
        wire, address = super().accept()
        if place_of(address[0]) in self._proxies:
            return wire, address
        leave = self._crowd.enter(address[0])
        if leave is None:
            wire.close()
            raise ConnectionAbortedError
        return _CountedSocket(wire, leave), address


class _CountedSocket(socket):
    """A connection that takes leave when it is closed."""

    def __init__(self, wire: socket, leave: Callable[[], None]) -> None:
        super().__init__(wire.family, wire.type, wire.proto, wire.detach())
        self._leave: Callable[[], None] | None = leave

    def close(self) -> None:
        leave, self._leave = self._leave, None
        if leave is not None:
            leave()
        super().close()


class RequestLimit:
    """The web application for browsers behind a proxy: so many requests of one of them at once."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._crowd = AddressCounter(most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        if scope["type"] != "http" or client is None:
            await self._app(scope, receive, send)
            return
        leave = self._crowd.enter(client[0])
        if leave is None:
            headers = {"Retry-After": str(_AGAIN_SECONDS), "Cache-Control": "no-store"}
            await PlainTextResponse("Too many requests\n", 503, headers)(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            leave()


def asker(request: Request) -> str:
    """Whose tries are counted together: who asks, by address; of IPv6 the network, where addresses cost nothing."""
    return place_of(request.client.host) if request.client else ""


def place_of(address: str) -> str:
    """What counts as one address: of IPv6 the network, of an IPv4 address in IPv6's clothes the address."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return f"{IPv6Address(int(known) >> _NETWORK_BITS << _NETWORK_BITS)}/{_NETWORK_BITS}"
