"""Connection limits of the HTTP listener: which kind of place a connection holds, and the budgets of requests.

A connection is unheard until the head of its first request is here, and silent while no request is under way: then it may
be closed to make room for a newer one. While its request is answered it counts as a citizen's page, as a visitor's, or as that of a browser that signed in before. A proxy that the
configuration names brings many browsers over its own connections; its requests are counted by the address that it
forwards. No other source is trusted for an address.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from socket import socket
from typing import Final

from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from plumbing.limits import (
    KNOWN_ADDRESSES,
    PAGES_CITIZENS,
    PAGES_MEMBERS,
    PAGES_PROXIED,
    PAGES_RETURNING,
    PAGES_SILENT,
    PAGES_UNHEARD,
    PAGES_VISITORS,
    KnownKeys,
    PlaceLimit,
    address_key,
)
from plumbing.serving.admission import UNHEARD, Admission, AdmittingListener, Standing
from plumbing.serving.http_timeouts import PEER

_AGAIN_SECONDS: Final = 5
_CITIZEN: Final = "/t/"
_LONGEST_COOKIES: Final = 4_096


class PageKind(StrEnum):
    """Kinds of connections of the pages' port."""

    SILENT = "silent"
    RETURNING = "returning"
    PROXIED = "proxied"
    CITIZEN = "citizen"
    VISITOR = "visitor"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """As configured: silent connections per address, and the proxies that are trusted for addresses. `share` of all
    places is available, `known` are addresses where a device or a signed-in browser is, and `member_of` gives the
    browser of a cookie header, empty if it never signed in."""

    of_address: int = PAGES_SILENT.of_key
    proxies: Collection[str] = ()
    share: float = 1.0
    known: KnownKeys = field(default_factory=lambda: KnownKeys(KNOWN_ADDRESSES))
    member_of: Callable[[Mapping[str, str]], str] = lambda _: ""

    def admission(self) -> Admission:
        """Admission control for the listener."""
        limits: dict[str, PlaceLimit] = {
            UNHEARD: PlaceLimit(PAGES_UNHEARD.of_all, self.of_address),
            PageKind.SILENT: PlaceLimit(PAGES_SILENT.of_all, self.of_address),
            PageKind.RETURNING: PAGES_RETURNING,
            PageKind.PROXIED: PAGES_PROXIED,
            PageKind.CITIZEN: PAGES_CITIZENS,
            PageKind.VISITOR: PAGES_VISITORS,
            PageKind.MEMBER: PAGES_MEMBERS,
        }
        proxies = frozenset(map(address_key, self.proxies))

        def entry(address: str) -> str:
            if address in proxies:
                return PageKind.PROXIED
            return PageKind.RETURNING if address in self.known else PageKind.SILENT

        return Admission(
            {kind: limit.scaled(self.share) for kind, limit in limits.items()},
            entry,
            first=(PageKind.RETURNING, PageKind.PROXIED),
            at_once=(PageKind.PROXIED,),
        )


def limited_listener(listener: socket, bounds: ConnectionLimits) -> AdmittingListener:
    """The listener of the pages, with admission control."""
    return AdmittingListener(listener, bounds.admission())


class RequestLimit:
    """Middleware: a connection counts as a citizen's, a visitor's or a member's while its request is answered, by the
    forwarded address where a proxy brings it. Where the budget of citizens' pages is used up, the answer is 503."""

    def __init__(self, app: ASGIApp, admission: Admission, bounds: ConnectionLimits) -> None:
        self._app = app
        self._admission = admission
        self._bounds = bounds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        peer = scope.get("state", {}).get(PEER)
        before = self._admission.standing(peer)
        if scope["type"] != "http" or before is None:
            await self._app(scope, receive, send)
            return
        wanted = self._standing(scope)
        if wanted.kind == PageKind.CITIZEN and not self._admission.has_room(
            wanted.kind, wanted.key
        ):
            headers = {"Retry-After": str(_AGAIN_SECONDS), "Cache-Control": "no-store"}
            await PlainTextResponse("Too many requests\n", 503, headers)(scope, receive, send)
            return
        self._admission.move(peer, wanted.kind, wanted.key)
        try:
            await self._app(scope, receive, send)
        finally:
            kind = before.kind
            if wanted.kind == PageKind.MEMBER and kind == PageKind.SILENT:
                self._bounds.known.add(before.key)
                kind = PageKind.RETURNING
            self._admission.move(peer, kind, before.key)

    def _standing(self, scope: Scope) -> Standing:
        member = self._bounds.member_of(_cookies(scope))
        if member:
            return Standing(PageKind.MEMBER, member)
        client = scope.get("client")
        address = address_key(client[0]) if client else ""
        if scope["path"].startswith(_CITIZEN):
            return Standing(PageKind.CITIZEN, address)
        return Standing(PageKind.VISITOR, address)


def client_address(request: Request) -> str:
    """The key of rate limits: the client's address; for IPv6 its network, since single addresses cost nothing."""
    return address_key(request.client.host) if request.client else ""


def _cookies(scope: Scope) -> Mapping[str, str]:
    """The cookies of a request; none where there are far too many."""
    for name, value in scope["headers"]:
        if name == b"cookie" and len(value) <= _LONGEST_COOKIES:
            return cookie_parser(value.decode("latin-1"))
    return {}
