"""In and out: name and PIN open a session, after few wrong ones the officer is locked, after many the address waits."""

from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hub.accounts.deeds import by_console_at
from hub.accounts.rights import PEOPLE
from hub.accounts.roster import RosterOfficer
from hub.accounts.store import PinState, PinVerdict
from hub.web.connection_limits import asker
from hub.web.console.access.forms import FormError, is_from_here, read_form
from hub.web.console.access.page_guard import (
    HOME,
    PageGuard,
    Visit,
    cookie_name,
    cookie_of,
    go_to,
    wanted_language,
)
from hub.web.console.areas import ROLES, Area, first_area
from hub.web.console.rendering import HEADERS
from hub.web.console.sources import ConsoleSources
from hub.web.ticket_page import LANGUAGES
from plumbing.limits import AttemptLimit
from service_floor.vietnamese.collation import name_key
from service_floor.zone import local

MOST_A_MINUTE: Final = 240
"""Sign-ins of everybody together: each costs the machine 30 ms. Those of one address are counted too, and far fewer."""
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
    """The page with name and PIN, and the way out."""

    sources: ConsoleSources
    doors: PageGuard
    attempts: AttemptLimit = field(default_factory=lambda: AttemptLimit(MOST_A_MINUTE, _MINUTE))

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/", self.home),
            Route("/sign-in", self.ask),
            Route("/sign-in", self.sign_in, methods=["POST"]),
            Route("/sign-out", self.doors.does(ROLES, self.sign_out), methods=["POST"]),
            Route("/language", self.doors.does(ROLES, self.change_language), methods=["POST"]),
        ]

    async def home(self, request: Request) -> Response:
        """Wherever this visitor begins."""
        session = self.doors.sessions.find(cookie_of(request))
        return go_to(first_area(session.role) if session else "sign-in")

    async def ask(self, request: Request) -> Response:
        """The empty form."""
        return self._form(request, wanted_language(request))

    async def sign_in(self, request: Request) -> Response:
        """Check name and PIN, and open a session."""
        language = wanted_language(request)
        if not is_from_here(request):
            return self.doors.no(request, 403, "not_from_here")
        try:
            form = await read_form(request)
        except FormError as problem:
            return self.doors.no(request, problem.status, "no_form")
        if form.get("lang") in LANGUAGES:
            language = form["lang"]
        officer = form.get("officer", "")[:_LONGEST_NAME]
        try:
            verdict = await self._check(request, officer, form.get("pin", "")[:_LONGEST_PIN])
        except SQLAlchemyError:
            return self._form(request, language, "storage", officer, status=503)
        if isinstance(verdict, int):
            again = local(self.sources.reception.now + timedelta(seconds=verdict))
            return self._form(request, language, "too_many", officer, f"{again:%H:%M:%S}", 429)
        if verdict.state is not PinState.OK:
            until = f"{local(verdict.until):%H:%M}" if verdict.until else ""
            return self._form(request, language, _WHY[verdict.state], officer, until, 401)
        return self._welcome(request, self.sources.roster.officers[officer], language)

    async def sign_out(self, visit: Visit) -> Response:
        """End the session, here and in the browser."""
        self.doors.sessions.end(cookie_of(visit.request))
        answer = go_to(f"sign-in?lang={visit.session.language}")
        answer.delete_cookie(cookie_name(visit.request), path="/")
        return answer

    async def change_language(self, visit: Visit) -> Response:
        """Go on in the other language."""
        language = visit.form.get("language", "")
        if language in LANGUAGES:
            visit.session.language = language
        back = visit.form.get("back", "")
        return go_to(back if back in set(Area) else first_area(visit.session.role))

    async def _check(self, request: Request, officer: str, pin: str) -> PinVerdict | int:
        """What comes of a PIN, or for how many seconds none is looked at: too many were tried.

        An officer without a page here is nobody: whoever finds this page must not lock out those at the counters. What one
        address tries in vain is not counted for all.
        """
        admission, now = self.sources.admission, monotonic()
        place = by_console_at(asker(request))
        wait = admission.seconds_to_wait(place) or self.attempts.seconds_to_wait(_ALL, now)
        if wait:
            return wait
        self.attempts.note(_ALL, now)
        known = self.sources.roster.officers.get(officer)
        shown = officer if known is not None and _has_access(known) else ""
        verdict = await admission.check_pin(shown, pin, place)
        return admission.seconds_to_wait(place) if verdict is None else verdict

    def _welcome(self, request: Request, known: RosterOfficer, language: str) -> Response:
        sessions = self.doors.sessions
        sessions.end(cookie_of(request))
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
        return self.doors.rendering.page(
            "sign_in.html", language, status, staff=staff, why=why, officer=officer, until=until
        )


def _has_access(officer: RosterOfficer) -> bool:
    return PEOPLE[officer.role] in ROLES
