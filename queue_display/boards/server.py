"""Serves the board page, its fonts and its device.json on the loopback, so that no token stands in an address."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from queue_display.boards.description import PAGES

LOOPBACK = "127.0.0.1"
FONT_FOLDERS = (
    Path("/usr/share/fonts/truetype/noto"),
    Path("/usr/share/fonts/noto"),
    Path("/usr/local/share/fonts"),
)
FONTS = frozenset({"NotoSans-Regular.ttf", "NotoSans-Bold.ttf"})
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


def application(device: Mapping[str, Any]) -> Starlette:
    """The pages under `/board/` and the system's Noto Sans under `/fonts/`."""

    async def device_json(request: Request) -> Response:
        return JSONResponse(dict(device))

    async def font(request: Request) -> Response:
        name = request.path_params["name"]
        folder = next((folder for folder in FONT_FOLDERS if (folder / name).is_file()), None)
        if name not in FONTS or folder is None:
            return Response(status_code=404)
        return FileResponse(folder / name, media_type="font/ttf")

    async def front(request: Request) -> Response:
        return RedirectResponse("/board/")

    return Starlette(
        routes=[
            Route("/", front),
            Route("/board/device.json", device_json),
            Route("/fonts/{name}", font),
            Mount("/board", StaticFiles(directory=PAGES, html=True)),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"]),
            Middleware(PolicyHeaders),
        ],
    )


class _Pages(uvicorn.Server):
    """uvicorn without its own signal handlers: the board program decides when to stop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class PageServer:
    """A page server on a free loopback port, from entering the context to leaving it; the page is at `url`."""

    def __init__(self, device: Mapping[str, Any]) -> None:
        self._socket = socket.create_server((LOOPBACK, 0))
        self.url = f"http://{LOOPBACK}:{self._socket.getsockname()[1]}/board/"
        settings = uvicorn.Config(
            application(device), lifespan="off", log_config=None, access_log=False, ws="none"
        )
        self._server = _Pages(settings)
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "PageServer":
        serving = self._server.serve([self._socket])
        self._task = asyncio.create_task(serving, name="board-pages")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        self._server.force_exit = True
        if self._task is not None:
            await self._task
        self._socket.close()
