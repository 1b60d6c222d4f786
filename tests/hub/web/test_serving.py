"""How the pages end: what is asked is still answered, and nobody who keeps a connection keeps the hub."""

import asyncio
import contextlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.loading import load
from hub.web import serving

KEY = "one-stop-0123456789abcdef"
HEAD = (
    "POST /api/v1/dossiers/bulk HTTP/1.1\r\nHost: x\r\n"
    f"Authorization: Bearer {KEY}\r\nContent-Length: 2\r\n\r\n"
)


@pytest.fixture(scope="session")
def hall():
    key = {"name": "one-stop", "key": KEY, "scopes": ["dossiers:write"]}
    return load(Path(__file__).parents[1] / "hall.toml", {"api_keys": [key]})


async def ask(place, text) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    writer.write(text.encode())
    await writer.drain()
    return reader, writer


async def answered(reader: asyncio.StreamReader) -> bytes:
    async with asyncio.timeout(10):
        return await reader.readline()


@contextlib.asynccontextmanager
async def stopping(start_hub):
    """A hub that has been told to stop while a browser has sent half of a request; and that half."""
    async with contextlib.AsyncExitStack() as stack:
        hub = await stack.enter_async_context(start_hub())
        place = urlsplit(hub.http)
        reader, writer = await ask(place, HEAD + "[")
        # The first request to the interface builds it; the second is answered once it stands.
        kept, keeper = await ask(place, "GET /api/v1/floor HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b" 401 " in await answered(kept)
        end = asyncio.create_task(stack.pop_all().aclose())
        # Whoever asks nothing is hung up on first.
        await kept.read()
        yield reader, writer, end
        await end
        for each in (keeper, writer):
            each.close()
            await each.wait_closed()


async def test_what_is_asked_when_the_hub_is_stopped_is_answered(start_hub) -> None:
    async with stopping(start_hub) as (reader, writer, end):
        assert not end.done()
        writer.write(b"]")
        assert b" 422 " in await answered(reader)


async def test_who_does_not_finish_does_not_hold_the_hub(start_hub, monkeypatch) -> None:
    monkeypatch.setattr(serving, "_LAST_ANSWERS_SECONDS", 0.05)
    async with stopping(start_hub) as (_, _, end):
        async with asyncio.timeout(10):
            await end
