"""Handshake checks of the floor websocket: cross-origin pages are refused, and wrong tokens are rate limited by address."""

import logging
from http import HTTPStatus
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request as Handshake
from websockets.http11 import Response

from hub.wire.clients import Clients
from plumbing.limits import WRONG_TOKEN_SECONDS as WRONG_SECONDS
from plumbing.limits import WRONG_TOKENS, AttemptLimit

log = logging.getLogger("hub")

# Where a board's own program serves its page.
_OWN_MACHINE: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class HandshakeGuard:
    """Checks each request for a connection before it is accepted."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._wrong_tokens = AttemptLimit(WRONG_TOKENS, WRONG_SECONDS)

    def check(self, wire: ServerConnection, asked: Handshake) -> Response | None:
        """403 for a page of another site, 429 for an address with too many wrong tokens, None if the handshake goes on.

        An address is listened to while a device that was there is away: guesses of a neighbour do not keep it out.
        """
        if _is_cross_origin(asked):
            return wire.respond(HTTPStatus.FORBIDDEN, "")
        guessing = self._wrong_tokens.is_reached(self._clients.address_of(wire), monotonic())
        if guessing and not self._clients.is_awaited(wire):
            return wire.respond(HTTPStatus.TOO_MANY_REQUESTS, "")
        return None

    def note_wrong_token(self, wire: ServerConnection) -> None:
        """Count a wrong token. A burst is logged when it begins and at the limit, without what was tried."""
        address = self._clients.address_of(wire)
        count = self._wrong_tokens.note(address, monotonic())
        if count == 1:
            log.warning("a device at %s says hello with a wrong name or token", address)
        elif count == WRONG_TOKENS:
            log.warning(
                "%d wrong tokens from %s, it is not listened to for a while", count, address
            )


def _is_cross_origin(asked: Handshake) -> bool:
    """Whether a page asks that neither this hub nor the browser's own machine served (RFC 6454). Programs send no origin."""
    here = {_host_of(f"//{host}") for host in asked.headers.get_all("Host")} | _OWN_MACHINE
    origins = [_host_of(origin) for origin in asked.headers.get_all("Origin")]
    return any(host is None or host not in here for host in origins)


def _host_of(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
