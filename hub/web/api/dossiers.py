"""Dossier routes of the open API: the one-stop software pushes dossiers, one or many, and pulls what has changed."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import SQLAlchemyError

from hub.dossiers.register import Register, TakeOutcome, view_of
from hub.messages import DossierView, ErrorBody
from hub.web.api.dossier_rows import (
    MOST_ROWS,
    BadRow,
    DossierContent,
    DossierSent,
    content_of,
    read_row,
    rows_of,
    sentences_in,
)
from hub.web.api.errors import ApiError, ApiProblem, Refused
from hub.web.api.guard import Guard
from plumbing.executors import BoundedExecutor, TooMuchWorkError
from plumbing.languages import accepted_language
from service_floor.dossiers.codes import parse_dossier_code
from service_floor.dossiers.model import Dossier

log = logging.getLogger("hub")

MOST_BYTES: Final = 2 * 2**20
_HIGHEST: Final = 2**53 - 1
_REFUSED_OUTCOMES: Final = frozenset({TakeOutcome.STALE, TakeOutcome.CONFLICT})
_TOO_LARGE: Final[dict[int | str, dict[str, Any]]] = {
    413: {"model": Refused, "description": "`too_large`"}
}
_OUT_OF_DATE: Final[dict[int | str, dict[str, Any]]] = {
    409: {"model": Refused, "description": "`stale`, `conflict`"}
}
_AHEAD: Final[dict[int | str, dict[str, Any]]] = {
    409: {"model": Refused, "description": "`unknown_cursor`"}
}
_Answer = TypeVar("_Answer")

Code = Annotated[str, Path(max_length=80, description="`H56.14-261103-0007`")]


class DossierChange(BaseModel):
    """A dossier as it stands since its last change."""

    model_config = ConfigDict(frozen=True)

    change: int
    version: int
    dossier: DossierView


class ChangesAnswer(BaseModel):
    """Changes in their order. Ask next with `since` = `next`; there is more where `more` is true."""

    changes: tuple[DossierChange, ...]
    next: int
    more: bool


class DossierNow(BaseModel):
    """One dossier."""

    version: int
    dossier: DossierView


class RowError(ErrorBody):
    """Why a row was refused, with a sentence in the language of `Accept-Language`."""

    sentence: str


class RowResult(BaseModel):
    """The outcome of a row; `code` as the register writes it, none if the row has no readable code."""

    index: int
    code: str | None = None
    outcome: str = Field(description="`taken`, `unchanged` or `refused`")
    error: RowError | None = None


class BulkAnswer(BaseModel):
    """The outcomes of the rows: those that are not refused are kept."""

    taken: int
    unchanged: int
    refused: int
    rows: tuple[RowResult, ...]


@dataclass(frozen=True, slots=True)
class DossierService:
    """Register and bounded executor behind the routes; the executor's queue is limited, and a full one answers
    `busy`."""

    register: Register
    executor: BoundedExecutor

    async def read(self, question: Callable[[], _Answer]) -> _Answer:
        """Query the register in a thread, off the event loop."""
        return await self._done(question)

    async def put_one(self, code: str, body: bytes, language: str) -> RowResult:
        """Take one dossier."""
        return (await self._done(lambda: self._take([content_of(body, code)], language)))[0]

    async def put_many(self, body: bytes, language: str) -> BulkAnswer:
        """Take the valid rows of many."""
        results = await self._done(lambda: self._take(rows_of(body), language))
        outcomes = [each.outcome for each in results]
        counts = {name: outcomes.count(name) for name in ("taken", "unchanged", "refused")}
        return BulkAnswer(rows=tuple(results), **counts)

    async def _done(self, work: Callable[[], _Answer]) -> _Answer:
        try:
            return await self.executor.do(work)
        except TooMuchWorkError as problem:
            raise ApiError(503, ApiProblem.BUSY) from problem
        except SQLAlchemyError as problem:
            log.error("the register cannot be used: %s", problem)
            raise ApiError(503, ApiProblem.STORAGE) from problem

    def _take(self, rows: list[Any], language: str) -> list[RowResult]:
        read = [read_row(row) for row in rows]
        good = [each for each in read if isinstance(each, Dossier)]
        takings = iter(self.register.take(good) if good else ())
        return [
            _refused(index, None, each.error, language)
            if isinstance(each, BadRow)
            else _result(index, each, next(takings), language)
            for index, each in enumerate(read)
        ]


def dossier_routes(
    service: DossierService, reading: Guard, writing: Guard, now: Callable[[], Any]
) -> APIRouter:
    """The routes; the guards `reading` and `writing` authorise the requests."""
    routes = APIRouter(prefix="/dossiers", tags=["dossiers"])
    _add_pulls(routes, service, Depends(reading), now)
    _add_pushes(routes, service, Depends(writing))
    return routes


def _add_pulls(
    routes: APIRouter, service: DossierService, guard: Any, now: Callable[[], Any]
) -> None:
    @routes.get("", dependencies=[guard], responses=_AHEAD)
    async def changes(
        since: Annotated[int, Query(ge=0, le=_HIGHEST)] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 200,
    ) -> ChangesAnswer:
        """What has changed since, one row for each dossier. A `since` that was never issued is refused: begin at 0."""
        some, last = await service.read(lambda: service.register.changes(since, limit))
        if since > last:
            raise ApiError(409, ApiProblem.UNKNOWN_CURSOR, last=last)
        told = tuple(
            DossierChange(change=number, version=each.version, dossier=view_of(each, now()))
            for number, each in some
        )
        reached = told[-1].change if told else since
        return ChangesAnswer(changes=told, next=reached, more=reached < last)

    @routes.get("/{code}", dependencies=[guard])
    async def dossier(code: Code) -> DossierNow:
        read = parse_dossier_code(code)
        if read is None:
            raise ApiError(404, ApiProblem.UNKNOWN_DOSSIER)
        found = await service.read(lambda: service.register.find(read.text))
        if found is None:
            raise ApiError(404, ApiProblem.UNKNOWN_DOSSIER)
        return DossierNow(version=found.version, dossier=view_of(found, now()))


def _add_pushes(routes: APIRouter, service: DossierService, guard: Any) -> None:
    @routes.put(
        "/{code}",
        dependencies=[guard],
        responses=_TOO_LARGE | _OUT_OF_DATE,
        openapi_extra=_takes(DossierContent.model_json_schema()),
    )
    async def put(code: Code, request: Request) -> RowResult:
        """Take a dossier. A repeated one is `unchanged`."""
        result = await service.put_one(code, await _body(request), _language(request))
        if result.error is not None:
            status = 409 if result.error.code in _REFUSED_OUTCOMES else 422
            raise ApiError(status, result.error.code, **result.error.data)
        return result

    @routes.post(
        "/bulk",
        dependencies=[guard],
        responses=_TOO_LARGE,
        response_model_exclude_none=True,
        openapi_extra=_takes(_bulk_schema()),
    )
    async def bulk(request: Request) -> BulkAnswer:
        """Take many, each for itself: a refused row does not hold back the others."""
        return await service.put_many(await _body(request), _language(request))


async def _body(request: Request) -> bytes:
    """The body, buffered up to the size limit; read only after the key was authenticated."""
    said = request.headers.get("content-length", "0")
    if said.isdecimal() and int(said[:12]) > MOST_BYTES:
        raise ApiError(413, ApiProblem.TOO_LARGE, bytes=MOST_BYTES)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise ApiError(413, ApiProblem.TOO_LARGE, bytes=MOST_BYTES)
    return bytes(body)


def _language(request: Request) -> str:
    return accepted_language(None, request.headers.get("accept-language", ""))


def _result(index: int, dossier: Dossier, taking: TakeOutcome, language: str) -> RowResult:
    if taking in _REFUSED_OUTCOMES:
        return _refused(index, dossier.code, ErrorBody(code=taking), language)
    return RowResult(index=index, code=dossier.code, outcome=taking)


def _refused(index: int, code: str | None, error: ErrorBody, language: str) -> RowResult:
    sentence = sentences_in(language).say_code("row", error.code, error.data)
    told = RowError(code=error.code, data=error.data, sentence=sentence)
    return RowResult(index=index, code=code, outcome="refused", error=told)


def _takes(schema: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


def _bulk_schema() -> dict[str, Any]:
    rows = {
        "type": "array",
        "minItems": 1,
        "maxItems": MOST_ROWS,
        "items": DossierSent.model_json_schema(),
    }
    return {
        "type": "object",
        "properties": {"dossiers": rows},
        "required": ["dossiers"],
        "additionalProperties": False,
    }
