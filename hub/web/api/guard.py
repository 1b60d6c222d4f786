"""Authentication and authorisation of API requests by key and scope, with rate limits, before anything else of a
request is read."""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Annotated

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from config.model.programs import Scope
from hub.web.api.errors import ApiError, ApiProblem
from hub.web.api.keys import ApiKeys
from hub.web.connection_limits import client_address
from plumbing.limits import WRONG_KEY_SECONDS as WRONG_SECONDS
from plumbing.limits import WRONG_KEYS, AttemptLimit, RateLimit

_bearer = HTTPBearer(auto_error=False, scheme_name="key", description="A key of [[api_keys]]")

Guard = Callable[..., Awaitable[None]]
Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]


class ApiKeyGuard:
    """One for the API: its guards share their counts."""

    def __init__(self, keys: ApiKeys) -> None:
        self._keys = keys
        self._limiter = RateLimit()
        self._wrong = AttemptLimit(WRONG_KEYS, WRONG_SECONDS)

    def requires(self, scope: Scope) -> Guard:
        """A dependency that passes requests with a key that has the scope and is within its rate limit."""

        async def check(request: Request, credentials: Credentials) -> None:
            self._look_at(request, credentials, scope)

        return check

    def _look_at(
        self, request: Request, credentials: HTTPAuthorizationCredentials | None, scope: Scope
    ) -> None:
        if credentials is None:
            raise ApiError(401, ApiProblem.KEY_MISSING)
        known = self._keys.find(credentials.credentials.encode("latin-1"))
        if known is None:
            address = client_address(request)
            # A valid key from the same address still passes: only unknown ones are held back.
            if self._wrong.is_reached(address, monotonic()):
                raise too_many_requests(WRONG_SECONDS)
            self._wrong.note(address, monotonic())
            raise ApiError(401, ApiProblem.KEY_UNKNOWN)
        seconds = self._limiter.spend(known.name, known.per_minute, monotonic())
        if seconds:
            raise too_many_requests(seconds)
        if scope not in known.scopes:
            raise ApiError(403, ApiProblem.SCOPE_MISSING, scope=scope)


def too_many_requests(seconds: int) -> ApiError:
    """The answer when a rate limit is exceeded."""
    return ApiError(429, ApiProblem.TOO_MANY_REQUESTS, seconds=seconds)
