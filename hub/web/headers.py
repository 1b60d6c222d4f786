"""Middleware of all pages: security headers, and the list of host names under which the hub answers.

A page of another site can give its own name the hub's address (DNS rebinding) and is then of one origin with the hub for
the browser; the name in the request tells them apart. Plain ASGI: a middleware of Starlette costs each request a task.
"""

from collections.abc import Callable, Collection
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_HSTS: Final = ("Strict-Transport-Security", "max-age=31536000")
"""Over TLS (RFC 6797): for a year the browser asks this host for nothing plainly. It ignores this for bare addresses."""
_MISDIRECTED: Final = (
    "This hub does not answer under this name. A technician adds it to hub.names.\n"
)


class HostNames:
    """The names under which the hub answers: its own addresses, this machine's, and what the configuration names; and any
    name without a dot, which nobody outside of the building can give an address. Without names every one is answered."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = frozenset(each.lower().rstrip(".") for each in names if each)

    def has(self, host: str, own_address: str) -> bool:
        """Whether the hub answers a request for this `Host`, which came in at its address `own_address`."""
        name = host_name(host)
        if not self._names or name is None or name in self._names:
            return name is not None
        if _is_address(name):
            return name == own_address
        return "." not in name


def host_name(host: str) -> str | None:
    """The name in a `Host` header, without its port; None if it cannot be read."""
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return None
    return name.rstrip(".").lower() if name else None


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


class PageHeaders:
    """Answers 421 to a name that is not the hub's, and adds the headers that an answer does not set itself. The callback
    `noted` gets path and status of each answer."""

    def __init__(self, app: ASGIApp, names: HostNames, noted: Callable[[str, int], None]) -> None:
        self._app = app
        self._names = names
        self._noted = noted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._noted(scope["path"], message["status"])
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault(*_HSTS)
            await send(message)

        if not self._is_own(scope):
            refusal = PlainTextResponse(_MISDIRECTED, 421, {"Cache-Control": "no-store"})
            await refusal(scope, receive, sent)
            return
        await self._app(scope, receive, sent)

    def _is_own(self, scope: Scope) -> bool:
        hosts = Headers(scope=scope).getlist("host")
        server: Any = scope.get("server") or ("",)
        return all(self._names.has(host, str(server[0])) for host in hosts)
