"""Page guard of the console: authentication by session cookie, authorisation by role and CSRF protection, before a
page is made."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hub.web.console.access.forms import FormError, is_same_origin, read_form
from hub.web.console.access.sessions import ConsoleSession, ConsoleSessions
from hub.web.console.areas import Roles, areas_of
from hub.web.console.rendering import HEADERS, Rendering, Wording
from plumbing.languages import accepted_language

HOME: Final = "/console"


@dataclass(frozen=True, slots=True)
class Visit:
    """One authorised request, `at` a second of a monotonic clock. `form` is empty if nothing was sent."""

    request: Request
    session: ConsoleSession
    rendering: Rendering
    at: float
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def wording(self) -> Wording:
        """The visitor's language."""
        return self.rendering.wordings[self.session.language]

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A whole page for this visitor, with the menu and the flash message."""
        return self.rendering.page(
            template,
            self.session.language,
            status,
            session=self.session,
            areas=areas_of(self.session.role),
            notice=self.session.take_notice(),
            **values,
        )

    def fragment(self, template: str, **values: Any) -> Response:
        """The part of a page that refreshes itself."""
        return self.rendering.page(template, self.session.language, session=self.session, **values)

    def flash(self, key: str, **data: object) -> None:
        """Show on the next page that something was done."""
        self.session.notice = (True, self.wording.say(key, **data))

    def flash_error(self, sentence: str) -> None:
        """Show on the next page why something was not done."""
        self.session.notice = (False, sentence)


Page = Callable[[Visit], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def _is_equal(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


def redirect_to(path: str) -> Response:
    """Redirect to another page of the console. After a form: so that going back sends nothing again."""
    return RedirectResponse(f"{HOME}/{path}", 303, HEADERS)


def cookie_name(request: Request) -> str:
    """The name of the session cookie. Over TLS the prefix `__Host-` binds it to this very host."""
    return "__Host-console" if request.url.scheme == "https" else "console"


def session_token(request: Request) -> str:
    """The session cookie's token; empty without one."""
    return request.cookies.get(cookie_name(request), "")


@dataclass(frozen=True, slots=True)
class PageGuard:
    """Makes request handlers that only authorised sessions reach."""

    sessions: ConsoleSessions
    rendering: Rendering

    def page(self, roles: Roles, show: Page) -> Endpoint:
        """Handler of a GET page."""

        async def endpoint(request: Request) -> Response:
            session = self.sessions.find(session_token(request))
            if session is None:
                return redirect_to("sign-in")
            if session.role not in roles:
                return self.refusal(request, 403, "not_yours", session)
            return await show(Visit(request, session, self.rendering, self.sessions.now))

        return endpoint

    def fragment(self, roles: Roles, part: Page) -> Endpoint:
        """Handler of a part that a page fetches by itself: it does not extend the session."""

        async def endpoint(request: Request) -> Response:
            session = self.sessions.find(session_token(request), touch=False)
            if session is None or session.role not in roles:
                return Response(status_code=401, headers=HEADERS)
            return await part(Visit(request, session, self.rendering, self.sessions.now))

        return endpoint

    def action(self, roles: Roles, perform: Page) -> Endpoint:
        """Handler of a form: same origin, role and form token are checked before it is carried out."""

        async def endpoint(request: Request) -> Response:
            session = self.sessions.find(session_token(request))
            if session is None:
                return redirect_to("sign-in")
            if not is_same_origin(request):
                return self.refusal(request, 403, "not_from_here", session)
            if session.role not in roles:
                return self.refusal(request, 403, "not_yours", session)
            try:
                form = await read_form(request)
            except FormError as problem:
                return self.refusal(request, problem.status, "no_form", session)
            if not _is_equal(form.get("form_token", ""), session.form_token):
                return self.refusal(request, 403, "not_from_here", session)
            return await perform(Visit(request, session, self.rendering, self.sessions.now, form))

        return endpoint

    def refusal(
        self, request: Request, status: int, why: str, session: ConsoleSession | None = None
    ) -> Response:
        """A page with the reason of a refusal."""
        language = session.language if session else wanted_language(request)
        return self.rendering.page("no.html", language, status, why=why)


def wanted_language(request: Request) -> str:
    """The language of a visitor without a session."""
    asked = request.query_params.get("lang")
    return accepted_language(asked, request.headers.get("accept-language", ""))
