"""One frame for many connections: it arrives as text, and a reader that is too slow is cut off."""

import asyncio
import contextlib
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from plumbing.serving.websocket_frames import text_frame, write_frame

ROOT = Path(__file__).resolve().parents[3]
INSIDE = ("websockets.frames", "websockets.protocol", "uvicorn.protocols")


@pytest.fixture
async def connected():
    """A server's connection and the client at its other end."""
    arrived: asyncio.Queue[ServerConnection] = asyncio.Queue()

    async def attend(connection: ServerConnection) -> None:
        arrived.put_nowait(connection)
        await connection.wait_closed()

    async with serve(attend, "127.0.0.1", 0, compression=None, close_timeout=1) as server:
        port = server.sockets[0].getsockname()[1]
        async with connect(f"ws://127.0.0.1:{port}", compression=None, max_queue=1) as client:
            yield await arrived.get(), client


@pytest.mark.parametrize("text", ["", "Số A001", "x" * 200, "x" * 70_000])
async def test_a_frame_arrives_as_the_text(connected, text) -> None:
    connection, client = connected
    assert write_frame(connection, text_frame(text), 1_000_000)
    async with asyncio.timeout(10):
        assert await client.recv() == text


async def test_a_reader_that_is_too_slow_is_cut_off(connected) -> None:
    connection, client = connected
    frame = text_frame("x" * 100_000)
    written = [write_frame(connection, frame, 150_000) for _ in range(200)]
    assert not all(written)
    async with asyncio.timeout(10):
        with contextlib.suppress(ConnectionClosed):
            async for _ in client:
                pass
    assert client.close_code == 1006


async def test_a_connection_that_is_not_open_is_left_as_it_is(connected) -> None:
    connection, client = connected
    await client.close()
    async with asyncio.timeout(10):
        await connection.wait_closed()
    assert write_frame(connection, text_frame("late"), 0)


def test_no_other_module_imports_the_insides_of_both_libraries() -> None:
    """What is not public may change in any release: it stands behind the upper bounds of one package."""
    packages = ("centerfloor", "counter_terminal", "drivers", "hub", "kiosk", "queue_display")
    users = [
        path.relative_to(ROOT).as_posix()
        for package in packages
        for path in (ROOT / package).rglob("*.py")
        if any(module in path.read_text("utf-8") for module in INSIDE)
    ]
    assert users == []
