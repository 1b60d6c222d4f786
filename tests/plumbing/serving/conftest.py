"""A small application behind the real HTTP server."""

import socket
from contextlib import asynccontextmanager

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from plumbing.serving.http_server import HttpOptions, http_served

LARGE = b"x" * 200_000


async def _page(request: Request) -> Response:
    return PlainTextResponse(request.client.host if request.client else "")


async def _large(_: Request) -> Response:
    return Response(LARGE)


async def _body(request: Request) -> Response:
    return PlainTextResponse(f"{len(await request.body())} bytes", 202)


async def _refuse(_: Request) -> Response:
    return PlainTextResponse("no", 401)


APP = Starlette(
    routes=[
        Route("/page", _page),
        Route("/large", _large),
        Route("/body", _body, methods=["POST"]),
        Route("/refuse", _refuse, methods=["POST"]),
    ]
)


@pytest.fixture
def serving():
    """Serves the application for the time of a block; gives host and port."""

    @asynccontextmanager
    async def served(options: HttpOptions = HttpOptions()):  # noqa: B008 - frozen, so that it may be shared
        with socket.create_server(("127.0.0.1", 0)) as listener:
            place = listener.getsockname()[:2]
            async with http_served(APP, listener, options):
                yield place

    return served


@pytest.fixture
async def place(serving):
    async with serving() as host_and_port:
        yield host_and_port
