"""A deferred application is built once, by its first request."""

import asyncio

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message

from hub.web.deferred_app import DeferredApp


async def ask(app: ASGIApp) -> bytes:
    """The body of its answer."""
    heard: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        heard.append(message)

    await app({"type": "http", "method": "GET", "path": "/", "headers": []}, receive, send)
    return b"".join(message.get("body", b"") for message in heard)


async def test_requests_that_come_together_wait_for_one_application() -> None:
    built: list[int] = []

    def build() -> ASGIApp:
        built.append(1)
        return PlainTextResponse("here")

    app = DeferredApp(build)
    assert built == []
    assert await asyncio.gather(*(ask(app) for _ in range(5))) == [b"here"] * 5
    assert await ask(app) == b"here"
    assert built == [1]


async def test_an_application_that_could_not_be_built_is_tried_again() -> None:
    problems = [OSError("no template")]

    def build() -> ASGIApp:
        if problems:
            raise problems.pop()
        return PlainTextResponse("here")

    app = DeferredApp(build)
    with pytest.raises(OSError, match="no template"):
        await ask(app)
    assert await ask(app) == b"here"
