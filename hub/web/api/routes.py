"""Routes of the open API `/api/v1`, described by its own `/api/v1/openapi.json`. It writes only to the register of
dossiers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, FastAPI, Path, Request, Response
from pydantic_core import to_json

from hub.errors import HubError
from hub.messages import CounterView, ServiceView, TicketPlace, Topic, WireError
from hub.reports.day_report import FairnessOfDay, StatisticsOfDay
from hub.reports.report_cache import CachedReport, ReportCache, ReportQueueFullError
from hub.web.api.answers import (
    CallsAnswer,
    CounterNow,
    CountersAnswer,
    FloorAnswer,
    ServiceNow,
    ServicesAnswer,
    TicketsAnswer,
)
from hub.web.api.dossiers import DossierService, dossier_routes
from hub.web.api.errors import ApiError, ApiProblem, Refused, add_error_answers
from hub.web.api.guard import ApiKeyGuard, Guard
from hub.web.api.keys import ApiKeys
from hub.wire.floor_service import FloorService
from service_floor.queue.planning.plan import FloorPlan

_JSON: Final = "application/json"
_CACHING: Final = {"Cache-Control": "private, no-cache"}
_ABOUT: Final = """\
Reads the floor of a centre as it stands, and the reports of its days; takes dossiers from the one-stop software and tells them. No citizen's name or identity number is in any answer.

Send the key as `Authorization: Bearer …`. What is not answered has the shape `{"error": {"code": …, "data": …}}`."""
_REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    401: {"model": Refused, "description": "`key_missing`, `key_unknown`"},
    403: {"model": Refused, "description": "`scope_missing`"},
    404: {"model": Refused, "description": "There is no such thing today, or no such day"},
    422: {"model": Refused, "description": "`bad_request`"},
    429: {"model": Refused, "description": "`too_many_requests`: see `Retry-After`"},
    503: {"model": Refused, "description": "`busy`, `storage`: ask again later"},
}

_WHY_NOT: Final = {WireError.BUSY: ApiProblem.BUSY, WireError.INTERNAL: ApiProblem.INTERNAL}

Id = Annotated[str, Path(max_length=64)]


@dataclass(frozen=True, slots=True)
class ApiSources:
    """What the API reads from; put together by the composition root."""

    floor_service: FloorService[Any]
    keys: ApiKeys
    reports: ReportCache
    plan: FloorPlan
    dossiers: DossierService


def api_app(sources: ApiSources) -> FastAPI:
    """The API as an application of its own, to be mounted."""
    app = FastAPI(
        title="Center floor", version="1.0", description=_ABOUT, docs_url=None, redoc_url=None
    )
    add_error_answers(app)
    guard = ApiKeyGuard(sources.keys)
    read, write = guard.requires("dossiers:read"), guard.requires("dossiers:write")
    for routes in (
        _floor_routes(sources, guard.requires("floor:read")),
        _day_routes(sources, guard.requires("reports:read")),
        dossier_routes(sources.dossiers, read, write, lambda: sources.floor_service.now),
    ):
        app.include_router(routes, responses=_REFUSALS)
    return app


def _floor_routes(sources: ApiSources, guard: Guard) -> APIRouter:
    """The current floor, from the feed's cache; only a single ticket is a query to the writer thread."""
    feed, plan = sources.floor_service.feed, sources.plan
    routes = APIRouter(tags=["floor"], dependencies=[Depends(guard)])

    @routes.get("/floor", response_model=FloorAnswer)
    async def floor(request: Request) -> Response:
        return _feed_answer(sources, request, "floor", feed.values(Topic.FLOOR)["day"])

    @routes.get("/services", response_model=ServicesAnswer)
    async def services(request: Request) -> Response:
        values = feed.values(Topic.SERVICES)
        return _feed_answer(sources, request, "services", _array(_services(plan, values)))

    @routes.get("/counters", response_model=CountersAnswer)
    async def counters(request: Request) -> Response:
        values = feed.values(Topic.COUNTERS)
        return _feed_answer(sources, request, "counters", _array(_counters(plan, values)))

    @routes.get("/calls", response_model=CallsAnswer)
    async def calls(request: Request) -> Response:
        return _feed_answer(sources, request, "calls", _array(feed.values(Topic.CALLS).values()))

    @routes.get("/tickets", response_model=TicketsAnswer)
    async def tickets(request: Request) -> Response:
        return _feed_answer(
            sources, request, "tickets", _array(feed.values(Topic.TICKETS).values())
        )

    @routes.get("/tickets/{code}", response_model=TicketPlace)
    async def ticket(code: Id) -> Response:
        """A ticket of today by id or number, finished ones too, and how many go before it."""
        place = await sources.floor_service.place(code)
        if isinstance(place, TicketPlace):
            return Response(place.model_dump_json(), headers=_CACHING, media_type=_JSON)
        if place is WireError.UNKNOWN_TICKET:
            raise ApiError(404, ApiProblem.UNKNOWN_TICKET)
        raise ApiError(503, _WHY_NOT.get(place, ApiProblem.STORAGE))

    return routes


def _day_routes(sources: ApiSources, guard: Guard) -> APIRouter:
    """Reports of days from the journal. An open day may be a minute old in the cache; `head` has the time up to
    which it was read."""
    routes = APIRouter(prefix="/days/{day}", tags=["days"], dependencies=[Depends(guard)])

    @routes.get("/statistics", response_model=StatisticsOfDay)
    async def statistics(day: date) -> Response:
        report = await _report(sources.reports, day)
        return Response(report.statistics, headers=_CACHING, media_type=_JSON)

    @routes.get("/fairness", response_model=FairnessOfDay)
    async def fairness(day: date) -> Response:
        report = await _report(sources.reports, day)
        return Response(report.fairness, headers=_CACHING, media_type=_JSON)

    return routes


async def _report(reports: ReportCache, day: date) -> CachedReport:
    try:
        report = await reports.report(day)
    except ReportQueueFullError as problem:
        raise ApiError(503, ApiProblem.BUSY) from problem
    except HubError as problem:
        if "seq" not in problem.data:
            raise ApiError(503, ApiProblem.STORAGE) from problem
        raise ApiError(503, ApiProblem.JOURNAL_UNREADABLE, row=problem.data["seq"]) from problem
    if report is None:
        raise ApiError(404, ApiProblem.UNKNOWN_DAY, day=day.isoformat())
    return report


def _feed_answer(sources: ApiSources, request: Request, name: str, value: str) -> Response:
    """A value of the feed with its position as ETag; 304 if the client has seen this position."""
    feed = sources.floor_service.feed
    seen = f'W/"{feed.epoch}-{feed.seq}"'
    headers = {**_CACHING, "ETag": seen}
    known = request.headers.get("if-none-match", "")
    if seen in (each.strip() for each in known.split(",")):
        return Response(status_code=304, headers=headers)
    now = to_json(sources.floor_service.now).decode()
    text = f'{{"epoch":"{feed.epoch}","seq":{feed.seq},"now":{now},"{name}":{value}}}'
    return Response(text, headers=headers, media_type=_JSON)


def _array(values: Iterable[str]) -> str:
    return f"[{','.join(values)}]"


def _services(plan: FloorPlan, values: Mapping[str, str]) -> Iterable[str]:
    for service in plan.services.values():
        view = ServiceView.model_validate_json(values[service.id])
        now = ServiceNow(**dict(view), name=service.name, agency=service.agency)
        yield now.model_dump_json()


def _counters(plan: FloorPlan, values: Mapping[str, str]) -> Iterable[str]:
    for counter in plan.counters.values():
        view = CounterView.model_validate_json(values[counter.id])
        about = {"name": counter.name, "sign": counter.number, "profile": counter.profile}
        yield CounterNow(**dict(view), **about).model_dump_json()
