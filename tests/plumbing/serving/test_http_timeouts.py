"""Browsers that hold a connection and do nothing with it lose it; slow ones that make progress keep it."""

import asyncio
import socket

import httpx
import pytest

from plumbing.serving import http_timeouts

LOOK = 0.1
CALM = 0.5
"""For those who must be waited for: a loaded machine may keep them from moving a few times as long as a step."""
STEP = 0.025
BODY = "POST {} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n"


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_timeouts, "PATIENCE", LOOK)


@pytest.fixture
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_timeouts, "PATIENCE", CALM)


@pytest.fixture
async def connect(place):
    writers = []

    async def begin(text: str):
        reader, writer = await asyncio.open_connection(*place)
        writers.append(writer)
        writer.write(text.encode())
        await writer.drain()
        return reader, writer

    yield begin
    for writer in writers:
        writer.transport.abort()


async def all_of(reader: asyncio.StreamReader) -> bytes:
    """Everything until the server hangs up."""
    try:
        async with asyncio.timeout(10):
            return await reader.read()
    except ConnectionResetError:
        return b""


async def dribbled(writer: asyncio.StreamWriter, letters: int) -> None:
    for _ in range(letters):
        writer.write(b" ")
        await asyncio.sleep(STEP)


@pytest.mark.parametrize(
    "sent",
    ["", "GET /page HTTP/1.1\r\nHost: x\r\n", BODY.format("/body", 9) + "half"],
    ids=["nothing", "half a head", "half a body"],
)
async def test_an_unfinished_request_loses_the_connection(connect, sent) -> None:
    reader, _ = await connect(sent)
    assert await all_of(reader) == b""


async def test_a_head_that_comes_letter_by_letter_is_not_waited_for(connect) -> None:
    reader, writer = await connect("GET /page HTTP/1.1\r\n")

    async def dribble() -> None:
        while True:
            writer.write(b"X: y\r\n")
            await asyncio.sleep(STEP)

    dribbling = asyncio.create_task(dribble())
    assert await all_of(reader) == b""
    dribbling.cancel()


async def test_a_slow_body_with_progress_is_waited_for(calm, connect) -> None:
    letters = int(2 * CALM / STEP)
    reader, writer = await connect(BODY.format("/body", letters))
    await dribbled(writer, letters)
    async with asyncio.timeout(10):
        assert b" 202 " in await reader.readline()


async def test_a_body_without_an_end_is_not(connect, monkeypatch) -> None:
    monkeypatch.setattr(http_timeouts, "LONGEST_BODY", 2 * LOOK)
    reader, writer = await connect(BODY.format("/body", 9_000))
    dribbling = asyncio.create_task(dribbled(writer, 9_000))
    assert await all_of(reader) == b""
    dribbling.cancel()


async def test_a_body_after_the_answer_is_not_waited_for(connect) -> None:
    reader, writer = await connect(BODY.format("/refuse", 9_000))
    dribbling = asyncio.create_task(dribbled(writer, 9_000))
    async with asyncio.timeout(10):
        assert b" 401 " in await reader.readline()
    await all_of(reader)
    dribbling.cancel()


async def test_a_browser_that_does_not_read_loses_the_connection(place) -> None:
    loop = asyncio.get_running_loop()
    with socket.socket() as phone:
        phone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        phone.setblocking(False)
        await loop.sock_connect(phone, place)
        ask = b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n"
        async with asyncio.timeout(10):
            with pytest.raises(ConnectionError):
                await loop.sock_sendall(phone, ask * 1_000_000)


async def test_a_browser_that_asks_again_and_again_keeps_it(calm, place) -> None:
    url = f"http://{place[0]}:{place[1]}/page"
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        ports = set()
        for _ in range(int(1.5 * CALM / (2 * STEP))):
            answer = await client.get(url)
            assert answer.status_code == 200
            ports.add(answer.extensions["network_stream"].get_extra_info("client_addr"))
            await asyncio.sleep(2 * STEP)
        assert len(ports) == 1
