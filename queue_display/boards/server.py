"""HTTP server of the board page, its fonts and its device.json on the loopback, so that no token stands in an address.

A page that was enrolled hands its token back here: the browser's profile goes when the browser ends.
"""

import json
import socket
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plumbing.fonts import font_path
from plumbing.serving.http_server import HttpOptions, http_served
from queue_display.boards.description import PAGES

LOOPBACK = "127.0.0.1"
LONGEST_TOKEN = 200
LONGEST_BODY = 1000
# A request that is cancelled while it opens a file leaves the file open.
_LAST_ANSWERS_SECONDS = 2.0
POLICY = {
    "content-security-policy": "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; frame-ancestors 'none'",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


class PolicyHeaders:
    """Puts the headers of `POLICY` on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(key.encode(), value.encode()) for key, value in POLICY.items()]
                message["headers"] = [*message["headers"], *extra]
            await send(message)

        await self._app(scope, receive, with_policy if scope["type"] == "http" else send)


def keep_nothing(token: str) -> None:
    """Default callback: the token is not kept after the server ends."""


def application(device: Mapping[str, Any], keep: Callable[[str], None] = keep_nothing) -> Starlette:
    """The pages under `/board/` and the system's Noto Sans under `/fonts/`; the callback `keep` gets the token of an enrolled page."""
    told = dict(device)

    async def device_json(request: Request) -> Response:
        return JSONResponse(told)

    async def token(request: Request) -> Response:
        if request.headers.get("origin") != f"http://{request.headers.get('host')}":
            return Response(status_code=403)
        given = await _token_for(str(told.get("device")), request)
        if given is None:
            return Response(status_code=400)
        told["token"] = given
        keep(given)
        return Response(status_code=204)

    async def font(request: Request) -> Response:
        path = font_path(request.path_params["name"])
        if path is None:
            return Response(status_code=404)
        return FileResponse(path, media_type="font/ttf")

    async def front(request: Request) -> Response:
        return RedirectResponse("/board/")

    return Starlette(
        routes=[
            Route("/", front),
            Route("/board/device.json", device_json),
            Route("/board/token", token, methods=["POST"]),
            Route("/fonts/{name}", font),
            Mount("/board", StaticFiles(directory=PAGES, html=True)),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"]),
            Middleware(PolicyHeaders),
        ],
    )


async def _token_for(device: str, request: Request) -> str | None:
    """The token that the hub gave to the page of this device; None for any other body."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            return None
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("device") != device:
        return None
    token = said.get("token")
    if not isinstance(token, str) or not 0 < len(token) <= LONGEST_TOKEN:
        return None
    return token if token.isascii() and token.isprintable() else None


class PageServer:
    """A page server on a free loopback port, from entering the context to leaving it; the page is at `url`."""

    def __init__(
        self, device: Mapping[str, Any], keep: Callable[[str], None] = keep_nothing
    ) -> None:
        self._socket = socket.create_server((LOOPBACK, 0))
        self.url = f"http://{LOOPBACK}:{self._socket.getsockname()[1]}/board/"
        self._serving = http_served(
            application(device, keep),
            self._socket,
            HttpOptions(last_answers_seconds=_LAST_ANSWERS_SECONDS),
        )

    async def __aenter__(self) -> "PageServer":
        await self._serving.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._serving.__aexit__(kind, error, trace)
        self._socket.close()
