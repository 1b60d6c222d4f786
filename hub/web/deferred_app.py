"""Deferred ASGI application: imported and built in a thread when its first request comes, and kept from then on.

The open interface and the console take a third of the processor time of a hub's start, and many centres use neither.
"""

import asyncio
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send


class DeferredApp:
    """Stands for the application that `build` makes. Requests that come while it is built wait for it together."""

    def __init__(self, build: Callable[[], ASGIApp]) -> None:
        self._build = build
        self._lock = asyncio.Lock()
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. What `build` raises, the request fails with; the next one tries again."""
        if self._app is None:
            async with self._lock:
                if self._app is None:
                    self._app = await asyncio.to_thread(self._build)
        await self._app(scope, receive, send)
