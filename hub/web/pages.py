"""Routes of the hub's web application. It only reads; changes of the floor come over the websocket or from the
console."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exception_handlers import http_exception_handler
from fastapi.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)
from fastapi.staticfiles import StaticFiles
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from hub.accounts.devices import Devices
from hub.messages import PROTOCOL, TicketPlace, WireError
from hub.web.api.errors import framework_answer
from hub.web.metrics import add_metrics
from hub.web.ticket_page import TicketPages, language_of
from hub.web.wire_schema import wire_schema_text
from hub.wire.floor_service import FloorService, Health
from plumbing.fonts import PACKAGE, font_path

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
_FRESH: Final = {"Cache-Control": "no-store"}
_LONGEST_TICKET: Final = 64
_API: Final = "/api/v1/"


@dataclass(frozen=True, slots=True)
class BoardPages:
    """The hall board for TVs that open it from the hub: the folder of its page, and the names behind the ids of the
    feed."""

    folder: Path
    labels: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WebSite:
    """What the routes serve: `floor_port` is where a page finds the websocket, `api` the open API, `console` the
    pages that need authentication, `devices` knows the valid tokens for the metrics."""

    floor_service: FloorService[Any]
    tickets: TicketPages
    board: BoardPages | None
    floor_port: int
    api: FastAPI | None = None
    console: Starlette | None = None
    devices: Devices | None = None


def web_app(site: WebSite) -> FastAPI:
    """The application with all routes, security headers and exception handlers."""
    app = FastAPI(title="Floor hub", docs_url=None, redoc_url=None, openapi_url=None)
    _add_machine_routes(app, site)
    _add_citizen_routes(app, site)
    api_answers = add_metrics(app, site.floor_service, site.devices)
    if site.api is not None:
        app.mount("/api/v1", site.api, name="api")
    if site.console is not None:
        _add_console(app, site.console)
    app.mount("/assets", StaticFiles(directory=str(files("hub.web") / "assets")), name="assets")
    if site.board is not None:
        _add_board(app, site.board)

    @app.exception_handler(HTTPException)
    async def not_here(request: Request, problem: HTTPException) -> Response:
        # A path with a line break is routed to no mounted application, and every error of the API has one shape.
        if request.url.path.startswith(_API):
            return framework_answer(problem)
        return await http_exception_handler(request, problem)

    @app.middleware("http")
    async def guard(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await answer(request)
        if request.url.path.startswith(_API):
            api_answers.labels(response.status_code).inc()
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return app


def _add_console(app: FastAPI, console: Starlette) -> None:
    app.mount("/console", console, name="console")

    @app.get("/greeter")
    async def greeter() -> Response:
        """A short address for a tablet."""
        return RedirectResponse("/console/greeter", 303, _FRESH)


def _add_board(app: FastAPI, board: BoardPages) -> None:
    @app.get("/board/labels.json")
    async def labels() -> JSONResponse:
        return JSONResponse(dict(board.labels), headers=_FRESH)

    app.mount("/board", StaticFiles(directory=board.folder, html=True), name="board")


def _add_machine_routes(app: FastAPI, site: WebSite) -> None:
    @app.get("/healthz")
    async def healthz(response: Response) -> Health:
        response.headers.update(_FRESH)
        health = site.floor_service.health()
        response.status_code = 200 if health.ok else 503
        return health

    @app.get("/schema/wire.json")
    async def schema() -> Response:
        return Response(wire_schema_text(), media_type="application/json")

    @app.get("/floor.json")
    async def floor() -> dict[str, int]:
        return {"floor_port": site.floor_port, "proto": PROTOCOL}

    @app.get("/fonts/{name}")
    async def font(name: str) -> Response:
        path = font_path(name)
        if path is None:
            return JSONResponse({"error": "font_missing", "install": PACKAGE}, 404)
        week = {"Cache-Control": "public, max-age=604800"}
        return FileResponse(path, media_type="font/ttf", headers=week)

    @app.get("/favicon.ico")
    async def favicon() -> Response:
        return FileResponse(
            str(files("hub.web") / "assets" / "favicon.svg"), media_type="image/svg+xml"
        )


def _add_citizen_routes(app: FastAPI, site: WebSite) -> None:
    @app.get("/t/{ticket}")
    async def ticket(request: Request, ticket: str, lang: str | None = None) -> Response:
        language = language_of(lang, request.headers.get("accept-language", ""))
        place = await site.floor_service.place(ticket[:_LONGEST_TICKET])
        # A number is easily guessed; only the ticket's own id opens its page.
        if place is WireError.UNKNOWN_TICKET or (
            isinstance(place, TicketPlace) and place.ticket.id != ticket
        ):
            return HTMLResponse(site.tickets.notice(language, "unknown"), 404, _FRESH)
        if isinstance(place, WireError):
            return HTMLResponse(site.tickets.notice(language, "busy"), 503, _FRESH)
        page = site.tickets.ticket(language, place, site.floor_service.now)
        return HTMLResponse(page, headers=_FRESH)
