"""The door of every page: who asks, may they, and did our own page send the form? Only then the page is made."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hub.web.console.access.forms import FormError, is_from_here, read_form
from hub.web.console.access.sessions import ConsoleSession, ConsoleSessions
from hub.web.console.areas import Roles, areas_of
from hub.web.console.rendering import HEADERS, Rendering, Wording
from hub.web.ticket_page import language_of

HOME: Final = "/console"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who may make it, `at` a second that never goes back. `form` is empty where nothing was sent."""

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
        """A whole page for this visitor, with the menu and what is to be told."""
        return self.rendering.page(
            template,
            self.session.language,
            status,
            session=self.session,
            areas=areas_of(self.session.role),
            notice=self.session.take_notice(),
            **values,
        )

    def part(self, template: str, **values: Any) -> Response:
        """The part of a page that renews itself."""
        return self.rendering.page(template, self.session.language, session=self.session, **values)

    def tell(self, key: str, **data: object) -> None:
        """Let the next page say that something was done."""
        self.session.notice = (True, self.wording.say(key, **data))

    def complain(self, sentence: str) -> None:
        """Let the next page say why something was not done."""
        self.session.notice = (False, sentence)


Page = Callable[[Visit], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def _same(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


def go_to(path: str) -> Response:
    """Show another page of the console. After a form: so that going back sends nothing again."""
    return RedirectResponse(f"{HOME}/{path}", 303, HEADERS)


def cookie_name(request: Request) -> str:
    """The name of the cookie. Over TLS the browser itself holds the name to this very host."""
    return "__Host-console" if request.url.scheme == "https" else "console"


def cookie_of(request: Request) -> str:
    """The cookie's token; empty without one."""
    return request.cookies.get(cookie_name(request), "")


@dataclass(frozen=True, slots=True)
class PageGuard:
    """Makes endpoints that open for whom they may."""

    sessions: ConsoleSessions
    rendering: Rendering

    def shows(self, roles: Roles, page: Page) -> Endpoint:
        """A page that is looked at."""

        async def endpoint(request: Request) -> Response:
            session = self.sessions.find(cookie_of(request))
            if session is None:
                return go_to("sign-in")
            if session.role not in roles:
                return self.no(request, 403, "not_yours", session)
            return await page(Visit(request, session, self.rendering, self.sessions.now))

        return endpoint

    def renews(self, roles: Roles, part: Page) -> Endpoint:
        """A part that a page fetches by itself: it keeps nobody signed in."""

        async def endpoint(request: Request) -> Response:
            session = self.sessions.find(cookie_of(request), touch=False)
            if session is None or session.role not in roles:
                return Response(status_code=401, headers=HEADERS)
            return await part(Visit(request, session, self.rendering, self.sessions.now))

        return endpoint

    def does(self, roles: Roles, action: Page) -> Endpoint:
        """Something that a form asks for."""

        async def endpoint(request: Request) -> Response:
            session = self.sessions.find(cookie_of(request))
            if session is None:
                return go_to("sign-in")
            if not is_from_here(request):
                return self.no(request, 403, "not_from_here", session)
            if session.role not in roles:
                return self.no(request, 403, "not_yours", session)
            try:
                form = await read_form(request)
            except FormError as problem:
                return self.no(request, problem.status, "no_form", session)
            if not _same(form.get("form_token", ""), session.form_token):
                return self.no(request, 403, "not_from_here", session)
            return await action(Visit(request, session, self.rendering, self.sessions.now, form))

        return endpoint

    def no(
        self, request: Request, status: int, why: str, session: ConsoleSession | None = None
    ) -> Response:
        """A page that says why not."""
        language = session.language if session else wanted_language(request)
        return self.rendering.page("no.html", language, status, why=why)


def wanted_language(request: Request) -> str:
    """The language of somebody who is not signed in."""
    asked = request.query_params.get("lang")
    return language_of(asked, request.headers.get("accept-language", ""))
