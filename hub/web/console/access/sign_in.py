"""Sign-in and sign-out: authentication by name and PIN opens a session; lock-out after few wrong PINs, rate limit of
the address after many."""

from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hub.accounts.audit_log import by_console_at
from hub.accounts.rights import PEOPLE
from hub.accounts.roster import RosterOfficer
from hub.accounts.store import PinState, PinVerdict
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
from plumbing.limits import AttemptLimit
from service_floor.vietnamese.collation import name_key
from service_floor.zone import local

MOST_A_MINUTE: Final = 240
"""Rate limit of sign-ins of all together: each costs 30 ms of a processor. The limit per address is far lower."""
_ALL: Final = "all"
_MINUTE: Final = 60.0
_LONGEST_NAME: Final = 40
_LONGEST_PIN: Final = 64
_WHY: Final = {
    PinState.WRONG: "wrong",
    PinState.UNKNOWN_OFFICER: "wrong",
    PinState.LOCKED: "locked",
    PinState.NOT_SET: "no_pin",
}


@dataclass(frozen=True, slots=True)
class SignInPages:
    """The page with name and PIN, and the sign-out."""

    sources: ConsoleSources
    guard: PageGuard
    attempts: AttemptLimit = field(default_factory=lambda: AttemptLimit(MOST_A_MINUTE, _MINUTE))

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
        """The empty form."""
        return self._form(request, wanted_language(request))

    async def sign_in(self, request: Request) -> Response:
        """Check name and PIN, and open a session."""
        language = wanted_language(request)
        if not is_same_origin(request):
            return self.guard.refusal(request, 403, "not_from_here")
        try:
            form = await read_form(request)
        except FormError as problem:
            return self.guard.refusal(request, problem.status, "no_form")
        if form.get("lang") in LANGUAGES:
            language = form["lang"]
        officer = form.get("officer", "")[:_LONGEST_NAME]
        try:
            verdict = await self._check(request, officer, form.get("pin", "")[:_LONGEST_PIN])
        except SQLAlchemyError:
            return self._form(request, language, "storage", officer, status=503)
        if isinstance(verdict, int):
            again = local(self.sources.floor_service.now + timedelta(seconds=verdict))
            return self._form(request, language, "too_many", officer, f"{again:%H:%M:%S}", 429)
        if verdict.state is not PinState.OK:
            until = f"{local(verdict.until):%H:%M}" if verdict.until else ""
            return self._form(request, language, _WHY[verdict.state], officer, until, 401)
        return self._welcome(request, self.sources.roster.officers[officer], language)

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

    async def _check(self, request: Request, officer: str, pin: str) -> PinVerdict | int:
        """The outcome of a PIN check, or the seconds until the rate limit allows one.

        An officer without a page here counts as unknown: a stranger at this page must not lock out those at the
        counters. Attempts that the limit of an address refuses do not count towards the limit of all.
        """
        authentication, now = self.sources.authentication, monotonic()
        place = by_console_at(client_address(request))
        wait = authentication.seconds_to_wait(place) or self.attempts.seconds_to_wait(_ALL, now)
        if wait:
            return wait
        self.attempts.note(_ALL, now)
        known = self.sources.roster.officers.get(officer)
        shown = officer if known is not None and _has_access(known) else ""
        verdict = await authentication.check_pin(shown, pin, place)
        return authentication.seconds_to_wait(place) if verdict is None else verdict

    def _welcome(self, request: Request, known: RosterOfficer, language: str) -> Response:
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
        return answer

    def _form(
        self,
        request: Request,
        language: str,
        why: str = "",
        officer: str = "",
        until: str = "",
        status: int = 200,
    ) -> Response:
        staff = [each for each in self.sources.roster.officers.values() if _has_access(each)]
        staff.sort(key=lambda each: name_key(each.name))
        return self.guard.rendering.page(
            "sign_in.html", language, status, staff=staff, why=why, officer=officer, until=until
        )


def _has_access(officer: RosterOfficer) -> bool:
    return PEOPLE[officer.role] in ROLES
