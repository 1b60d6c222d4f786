"""Error responses of the open API: a status, a code and data in one shape, with exception handlers for all. Input is
never repeated."""

from enum import StrEnum

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from hub.messages import ErrorBody


class ApiProblem(StrEnum):
    """Why a request was refused."""

    KEY_MISSING = "key_missing"
    KEY_UNKNOWN = "key_unknown"
    SCOPE_MISSING = "scope_missing"
    BAD_REQUEST = "bad_request"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    UNKNOWN_TICKET = "unknown_ticket"
    UNKNOWN_DAY = "unknown_day"
    UNKNOWN_DOSSIER = "unknown_dossier"
    UNKNOWN_CURSOR = "unknown_cursor"
    TOO_LARGE = "too_large"
    TOO_MANY_REQUESTS = "too_many_requests"
    JOURNAL_UNREADABLE = "journal_unreadable"
    BUSY = "busy"
    STORAGE = "storage"
    INTERNAL = "internal"


class ApiError(Exception):
    """A request that is refused.

    Example scenarios: the key is unknown; the day is not in the journal.
    """

    def __init__(self, status: int, code: str, **data: str | int) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.body = ErrorBody(code=code, data=data)


class Refused(BaseModel):
    """Every answer that is not 2xx or 304."""

    error: ErrorBody


_OF_STATUS = {404: ApiProblem.NOT_FOUND, 405: ApiProblem.METHOD_NOT_ALLOWED}


def add_error_answers(app: FastAPI) -> None:
    """Register exception handlers, so that every refusal of the application has the one shape."""

    @app.exception_handler(ApiError)
    async def refused(_: Request, problem: ApiError) -> JSONResponse:
        return _answer(problem.status, problem.body)

    @app.exception_handler(Exception)
    async def broken(_: Request, problem: Exception) -> JSONResponse:
        # The server logs the exception and closes the connection; the client gets a code and no details.
        answer = _answer(500, ErrorBody(code=ApiProblem.INTERNAL))
        answer.headers["Connection"] = "close"
        return answer

    @app.exception_handler(RequestValidationError)
    async def bad_request(_: Request, problem: RequestValidationError) -> JSONResponse:
        first = problem.errors()[0]
        at = ".".join(str(part)[:40] for part in first["loc"][:4])
        data = {"at": at, "problem": str(first["type"])}
        return _answer(422, ErrorBody(code=ApiProblem.BAD_REQUEST, data=data))

    @app.exception_handler(HTTPException)
    async def of_the_framework(request: Request, problem: HTTPException) -> JSONResponse:
        answer = framework_answer(problem)
        if problem.status_code == 405:
            answer.headers["Allow"] = ", ".join(sorted(_allowed(app, request)))
        return answer


def framework_answer(problem: HTTPException) -> JSONResponse:
    """The framework's own refusals: no such path, or a method that this path does not have."""
    code = _OF_STATUS.get(problem.status_code, ApiProblem.BAD_REQUEST)
    answer = _answer(problem.status_code, ErrorBody(code=code))
    answer.headers.update(problem.headers or {})
    return answer


def _allowed(app: FastAPI, request: Request) -> set[str]:
    """The methods that the schema has for this path; the framework only names those of its first route."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    paths = app.openapi()["paths"]
    if path in paths:
        return {method.upper() for method in paths[path]}
    fitting = (paths[each] for each in paths if compile_path(each)[0].match(path))
    return {method.upper() for methods in fitting for method in methods}


def _answer(status: int, body: ErrorBody) -> JSONResponse:
    headers = {"Cache-Control": "no-store"}
    if status == 429:
        headers["Retry-After"] = str(body.data["seconds"])
    if status == 413:
        # The rest of the body is not read.
        headers["Connection"] = "close"
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(Refused(error=body).model_dump(mode="json"), status, headers)
