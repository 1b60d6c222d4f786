"""The console as an application of its own, to be mounted at `/console`: all its routes and its exception handler."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hub.web.console.access.page_guard import PageGuard, session_token
from hub.web.console.access.sessions import ConsoleSessions
from hub.web.console.access.sign_in import SignInPages
from hub.web.console.clock import ClockPages
from hub.web.console.devices import DevicePages
from hub.web.console.fairness import FairnessPages
from hub.web.console.greeter import GreeterPages
from hub.web.console.officers import OfficerPages
from hub.web.console.overview import OverviewPages
from hub.web.console.rendering import Rendering
from hub.web.console.sources import ConsoleSources
from hub.web.console.stranded import StrandedPages


def console_app(sources: ConsoleSources) -> Starlette:
    """The console of one hub."""
    guard = PageGuard(ConsoleSessions(), Rendering(sources.installation, sources.alarms))
    pages = (
        SignInPages, OverviewPages, ClockPages, StrandedPages, GreeterPages, DevicePages, OfficerPages,
        FairnessPages,
    )  # fmt: skip
    routes = [route for kind in pages for route in kind(sources, guard).routes()]

    async def refused(request: Request, problem: Exception) -> Response:
        status = problem.status_code if isinstance(problem, HTTPException) else 500
        why = {404: "not_found", 405: "not_allowed"}.get(status, "broken")
        session = guard.sessions.find(session_token(request), touch=False)
        answer = guard.refusal(request, status, why, session)
        if isinstance(problem, HTTPException):
            answer.headers.update(problem.headers or {})
        else:
            # The server logs the exception and closes the connection.
            answer.headers["Connection"] = "close"
        return answer

    return Starlette(routes=routes, exception_handlers={HTTPException: refused, Exception: refused})
