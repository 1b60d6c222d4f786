"""Sign-in and sign-out: authentication by name, PIN and, where one is set, a second factor opens a session.

Nobody learns from this page which names are real: the name is typed, and an unknown name, a wrong PIN, a wrong second
factor, a missing PIN and a lock-out get one answer, unless the officer signed in at this browser before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hub.accounts.audit_log import by_console_at
from hub.accounts.rights import PEOPLE
from hub.accounts.roster import RosterOfficer
from hub.accounts.verification.browsers import COOKIE, COOKIE_OF_TLS
from hub.accounts.verification.pin_verification import PinAttempt, PinState
from hub.web.connection_limits import client_address
from hub.web.console.access.forms import FormError, is_same_origin, read_form
from hub.web.console.access.page_guard import (
    HOME,
    PageGuard,
    Visit,
    cookie_name,
    redirect_to,
    session_token,
    wanted_language,
)
from hub.web.console.areas import ROLES, Area, first_area
from hub.web.console.rendering import HEADERS
from hub.web.console.sources import ConsoleSources
from plumbing.languages import LANGUAGES
from plumbing.limits import KNOWN_ORIGIN_DAYS
from service_floor.vietnamese.text import fold
from service_floor.zone import local

_LONGEST_NAME: Final = 160
_LONGEST_PIN: Final = 64


@dataclass(frozen=True, slots=True)
class SignInPages:
    """The page with name, PIN and second factor, and the sign-out."""

    sources: ConsoleSources
    guard: PageGuard
    refusals: dict[tuple[str, str], bytes | memoryview] = field(default_factory=dict)

    def routes(self) -> list[Route]:
        """Their routes."""
        return [
            Route("/", self.home),
            Route("/sign-in", self.ask),
            Route("/sign-in", self.sign_in, methods=["POST"]),
            Route("/sign-out", self.guard.action(ROLES, self.sign_out), methods=["POST"]),
            Route("/language", self.guard.action(ROLES, self.change_language), methods=["POST"]),
        ]

    async def home(self, request: Request) -> Response:
        """Redirect to this visitor's first page."""
        session = self.guard.sessions.find(session_token(request))
        return redirect_to(first_area(session.role) if session else "sign-in")

    async def ask(self, request: Request) -> Response:
        """The empty form; a browser that signed in before is offered the officers who did so there."""
        return await self._form(request, wanted_language(request))

    async def sign_in(self, request: Request) -> Response:
        """Check name, PIN and second factor, and open a session."""
        language = wanted_language(request)
        if not is_same_origin(request):
            return self.guard.refusal(request, 403, "not_from_here")
        try:
            form = await read_form(request)
        except FormError as problem:
            return self.guard.refusal(request, problem.status, "no_form")
        if form.get("lang") in LANGUAGES:
            language = form["lang"]
        typed = form.get("officer", "")[:_LONGEST_NAME]
        cookie = self.sources.authentication.browsers.new()
        attempt = self._attempt(request, form, typed, cookie)
        try:
            verdict = await self.sources.authentication.check_pin(attempt)
        except SQLAlchemyError:
            return await self._form(request, language, "storage", typed, status=503)
        if isinstance(verdict, int):
            return self._too_many(language, verdict)
        if verdict.state is PinState.OK:
            known = self.sources.roster.officers[attempt.officer]
            return self._welcome(request, known, language, "" if attempt.origin else cookie)
        # Only a browser where this officer signed in before learns more than that it did not work.
        locked = verdict.at_known and verdict.until is not None
        until = f"{local(verdict.until):%H:%M}" if locked and verdict.until else ""
        why = "locked" if locked else "wrong"
        return await self._form(request, language, why, typed, until, 401)

    async def sign_out(self, visit: Visit) -> Response:
        """End the session, here and in the browser."""
        self.guard.sessions.end(session_token(visit.request))
        answer = redirect_to(f"sign-in?lang={visit.session.language}")
        answer.delete_cookie(cookie_name(visit.request), path="/")
        return answer

    async def change_language(self, visit: Visit) -> Response:
        """Switch to the other language."""
        language = visit.form.get("language", "")
        if language in LANGUAGES:
            visit.session.language = language
        back = visit.form.get("back", "")
        return redirect_to(back if back in set(Area) else first_area(visit.session.role))

    def _too_many(self, language: str, seconds: int) -> Response:
        """The answer above a rate limit: the form without a name, rendered once a second for all, since a crowd gets it."""
        again = local(self.sources.floor_service.now + timedelta(seconds=seconds))
        key = (language, f"{again:%H:%M:%S}")
        if key not in self.refusals:
            self.refusals.clear()
            self.refusals[key] = self.guard.rendering.page(
                "sign_in.html", language, 429, why="too_many", officer="", until=key[1], earlier=[]
            ).body
        return Response(self.refusals[key], 429, HEADERS, "text/html")

    def _attempt(
        self, request: Request, form: Mapping[str, str], typed: str, cookie: str
    ) -> PinAttempt:
        """What is checked. An officer without a page here counts as unknown: a stranger at this page must not lock out
        those at the counters."""
        browsers = self.sources.authentication.browsers
        browser = browsers.recognise(request.cookies)
        known = officer_called(typed, self.sources.roster.officers.values())
        return PinAttempt(
            officer=known.officer if known is not None else "",
            pin=form.get("pin", "")[:_LONGEST_PIN],
            by=by_console_at(client_address(request)),
            origin=_origin(browser) if browser else "",
            newcomer=_origin(cookie.partition(".")[0]),
            second=form.get("code", "")[:_LONGEST_PIN],
        )

    def _welcome(
        self, request: Request, known: RosterOfficer, language: str, browser: str
    ) -> Response:
        sessions = self.guard.sessions
        sessions.end(session_token(request))
        role = PEOPLE[known.role]
        token = sessions.begin(known.officer, role, language)
        answer = RedirectResponse(f"{HOME}/{first_area(role)}", 303, HEADERS)
        answer.set_cookie(
            cookie_name(request),
            token,
            path="/",
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        if browser:
            secure = request.url.scheme == "https"
            answer.set_cookie(
                COOKIE_OF_TLS if secure else COOKIE,
                browser,
                max_age=KNOWN_ORIGIN_DAYS * 24 * 3600,
                path="/",
                httponly=True,
                samesite="strict",
                secure=secure,
            )
        return answer

    async def _form(
        self,
        request: Request,
        language: str,
        why: str = "",
        officer: str = "",
        until: str = "",
        status: int = 200,
    ) -> Response:
        earlier = await self._earlier(request)
        return self.guard.rendering.page(
            "sign_in.html", language, status,
            why=why, officer=officer or next(iter(earlier), ""), until=until, earlier=earlier,
        )  # fmt: skip

    async def _earlier(self, request: Request) -> list[str]:
        """The names of those who signed in at this browser before, the last one first; none while the database cannot
        be read."""
        browser = self.sources.authentication.browsers.recognise(request.cookies)
        try:
            found = await self.sources.authentication.earlier_officers(
                _origin(browser) if browser else ""
            )
        except SQLAlchemyError:
            return []
        officers = self.sources.roster.officers
        return [officers[each].name for each in found if _has_access(officers[each])]


def officer_called(typed: str, officers: Iterable[RosterOfficer]) -> RosterOfficer | None:
    """The person with a page of the console who has this id or name, as people type it: in any case, with or without
    accents. None if there is none, or two of this name, who then type their id."""
    wanted = fold(" ".join(typed.split()))
    staff = [each for each in officers if _has_access(each)]
    for each in staff:
        if each.officer == typed.strip():
            return each
    alike = [each for each in staff if wanted in (fold(each.officer), fold(each.name))]
    exact = [each for each in alike if each.name == " ".join(typed.split())]
    found = exact or alike
    return found[0] if wanted and len(found) == 1 else None


def _origin(browser: str) -> str:
    return f"browser {browser}"


def _has_access(officer: RosterOfficer) -> bool:
    return PEOPLE[officer.role] in ROLES
