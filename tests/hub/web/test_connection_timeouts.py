"""Browsers that hold a connection and do nothing with it."""

import asyncio
import socket
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from config.loading import load
from hub.web import connection_timeouts

LOOK = 0.1
CALM = 0.5
"""For those who must be waited for: a loaded machine may keep them from moving a few times as long as a step."""
STEP = 0.025
KEY = "push-key-0123456789abcdefgh"


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_timeouts, "PATIENCE", LOOK)


@pytest.fixture
async def connect(hub):
    writers = []

    async def begin(text: str):
        place = urlsplit(hub.http)
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        writers.append(writer)
        writer.write(text.encode())
        await writer.drain()
        return reader, writer

    yield begin
    for writer in writers:
        writer.transport.abort()


async def all_of(reader: asyncio.StreamReader) -> bytes:
    """Everything until the hub hangs up."""
    try:
        async with asyncio.timeout(10):
            return await reader.read()
    except ConnectionResetError:
        return b""


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "GET /healthz HTTP/1.1\r\nHost: x\r\n",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf",
    ],
    ids=["nothing", "half a head", "half a body"],
)
async def test_whoever_does_not_finish_a_request_loses_the_connection(connect, sent) -> None:
    reader, _ = await connect(sent)
    answer = await all_of(reader)
    assert answer == b"" or b" 405 " in answer


async def test_a_head_that_comes_letter_by_letter_is_not_waited_for(connect) -> None:
    reader, writer = await connect("GET /healthz HTTP/1.1\r\n")

    async def dribble() -> None:
        while True:
            writer.write(b"X: y\r\n")
            await asyncio.sleep(STEP)

    dribbling = asyncio.create_task(dribble())
    assert await all_of(reader) == b""
    dribbling.cancel()


BULK = "POST /api/v1/dossiers/bulk HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\nAuthorization: Bearer {}\r\n\r\n"


async def dribbled(writer: asyncio.StreamWriter, letters: int) -> None:
    for _ in range(letters):
        writer.write(b" ")
        await asyncio.sleep(STEP)


@pytest.fixture(scope="session")
def hall():
    key = {"name": "one-stop", "key": KEY, "scopes": ["dossiers:write"]}
    return load(Path(__file__).parents[1] / "hall.toml", {"api_keys": [key]})


@pytest.fixture
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_timeouts, "PATIENCE", CALM)


async def test_a_body_that_is_slow_but_moves_is_waited_for(calm, connect) -> None:
    letters = int(2 * CALM / STEP)
    reader, writer = await connect(BULK.format(KEY).replace("9000", str(letters)))
    await dribbled(writer, letters)
    async with asyncio.timeout(10):
        assert b" 422 " in await reader.readline()


async def test_a_body_that_moves_for_ever_is_not(connect, monkeypatch) -> None:
    monkeypatch.setattr(connection_timeouts, "LONGEST_BODY", 2 * LOOK)
    reader, writer = await connect(BULK.format(KEY))
    dribbling = asyncio.create_task(dribbled(writer, 9_000))
    assert await all_of(reader) == b""
    dribbling.cancel()


async def test_a_body_after_the_answer_is_not_waited_for(connect) -> None:
    reader, writer = await connect(BULK.format("wrong"))
    dribbling = asyncio.create_task(dribbled(writer, 9_000))
    async with asyncio.timeout(10):
        assert b" 401 " in await reader.readline()
    await all_of(reader)
    dribbling.cancel()


async def test_whoever_asks_and_does_not_read_loses_the_connection(hub) -> None:
    place = urlsplit(hub.http)
    loop = asyncio.get_running_loop()
    with socket.socket() as phone:
        phone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        phone.setblocking(False)
        await loop.sock_connect(phone, (place.hostname, place.port))
        ask = b"GET /schema/wire.json HTTP/1.1\r\nHost: x\r\n\r\n"
        async with asyncio.timeout(10):
            with pytest.raises(ConnectionError):
                await loop.sock_sendall(phone, ask * 100_000)


async def test_whoever_asks_again_and_again_keeps_it(calm, hub) -> None:
    async with httpx.AsyncClient(base_url=hub.http, trust_env=False) as client:
        ports = set()
        for _ in range(int(1.5 * CALM / (2 * STEP))):
            answer = await client.get("/floor.json")
            assert answer.status_code == 200
            stream = answer.extensions["network_stream"]
            ports.add(stream.get_extra_info("client_addr"))
            await asyncio.sleep(2 * STEP)
        assert len(ports) == 1
