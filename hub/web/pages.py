"""Routes of the hub's web application. It only reads; changes of the floor come over the websocket or from the
console."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from hub.accounts.devices import Devices
from hub.messages import PROTOCOL, TicketPlace, WireError
from hub.web.headers import HostNames, PageHeaders
from hub.web.metrics import metrics_of
from hub.web.ticket_page import TicketPages
from hub.web.wire_schema import wire_schema_text
from hub.wire.floor_service import FloorService
from plumbing.fonts import PACKAGE, font_path
from plumbing.languages import accepted_language
from service_floor.ticket_ids import TICKET_ID_LENGTH

_FRESH: Final = {"Cache-Control": "no-store"}
_API: Final = "/api/v1/"
_JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class BoardPages:
    """The hall board for TVs that open it from the hub: the folder of its page, and the names behind the ids of the
    feed."""

    folder: Path
    labels: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WebSite:
    """What the routes serve: `floor_port` is where a page finds the websocket, `api` the open API, `console` the
    pages that need authentication, `devices` knows the valid tokens for the metrics,
    `names` are those of the hub; without any, every name is answered."""

    floor_service: FloorService[Any]
    tickets: TicketPages
    board: BoardPages | None
    floor_port: int
    api: ASGIApp | None = None
    console: ASGIApp | None = None
    devices: Devices | None = None
    names: Collection[str] = ()


def web_app(site: WebSite) -> Starlette:
    """The application with all routes, security headers and exception handlers."""
    metrics, api_answers = metrics_of(site.floor_service, site.devices)
    routes: list[BaseRoute] = [*_machine_routes(site), _citizen_route(site), metrics]
    if site.api is not None:
        routes.append(Mount("/api/v1", site.api, name="api"))
    if site.console is not None:
        routes += _console_routes(site.console)
    routes.append(Mount("/assets", StaticFiles(directory=str(files("hub.web") / "assets"))))
    if site.board is not None:
        routes += _board_routes(site.board)

    def note(path: str, status: int) -> None:
        if path.startswith(_API):
            api_answers.labels(status).inc()

    return Starlette(
        routes=routes,
        middleware=[Middleware(PageHeaders, names=HostNames(site.names), noted=note)],
        exception_handlers={HTTPException: _not_here},
    )


async def _not_here(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    # A path with a line break is routed to no mounted application, and every error of the API has one shape.
    if request.url.path.startswith(_API):
        from hub.web.api.errors import framework_answer

        return framework_answer(problem)
    return JSONResponse({"detail": problem.detail}, problem.status_code, problem.headers)


def _console_routes(console: ASGIApp) -> Iterator[BaseRoute]:
    async def greeter(_: Request) -> Response:
        """A short address for a tablet."""
        return RedirectResponse("/console/greeter", 303, _FRESH)

    yield Mount("/console", console, name="console")
    yield _get("/greeter", greeter)


def _board_routes(board: BoardPages) -> Iterator[BaseRoute]:
    async def labels(_: Request) -> Response:
        return JSONResponse(dict(board.labels), headers=_FRESH)

    yield _get("/board/labels.json", labels)
    yield Mount("/board", StaticFiles(directory=board.folder, html=True), name="board")


def _machine_routes(site: WebSite) -> Iterator[Route]:
    async def healthz(_: Request) -> Response:
        health = site.floor_service.health()
        status = 200 if health.ok else 503
        return Response(health.model_dump_json(), status, _FRESH, _JSON)

    async def schema(_: Request) -> Response:
        return Response(wire_schema_text(), media_type=_JSON)

    async def floor(_: Request) -> Response:
        return JSONResponse({"floor_port": site.floor_port, "proto": PROTOCOL})

    async def font(request: Request) -> Response:
        path = font_path(request.path_params["name"])
        if path is None:
            return JSONResponse({"error": "font_missing", "install": PACKAGE}, 404)
        week = {"Cache-Control": "public, max-age=604800"}
        return FileResponse(path, media_type="font/ttf", headers=week)

    async def favicon(_: Request) -> Response:
        icon = files("hub.web") / "assets" / "favicon.svg"
        return FileResponse(str(icon), media_type="image/svg+xml")

    yield _get("/healthz", healthz)
    yield _get("/schema/wire.json", schema)
    yield _get("/floor.json", floor)
    yield _get("/fonts/{name}", font)
    yield _get("/favicon.ico", favicon)


def _citizen_route(site: WebSite) -> Route:
    async def ticket(request: Request) -> Response:
        code = request.path_params["ticket"]
        wanted = request.query_params.get("lang")
        language = accepted_language(wanted, request.headers.get("accept-language", ""))
        # The floor is asked only about what can be an id.
        can_be = code.isascii() and len(code) == TICKET_ID_LENGTH
        place = await site.floor_service.place(code) if can_be else WireError.UNKNOWN_TICKET
        # A number is easily guessed; only the ticket's own id opens its page.
        if place is WireError.UNKNOWN_TICKET or (
            isinstance(place, TicketPlace) and place.ticket.id != code
        ):
            return HTMLResponse(site.tickets.notice(language, "unknown"), 404, _FRESH)
        if isinstance(place, WireError):
            return HTMLResponse(site.tickets.notice(language, "busy"), 503, _FRESH)
        page = site.tickets.ticket(language, place, site.floor_service.now)
        return HTMLResponse(page, headers=_FRESH)

    return _get("/t/{ticket}", ticket)


def _get(path: str, answer: Callable[[Request], Awaitable[Response]]) -> Route:
    return Route(path, answer, methods=["GET"])
