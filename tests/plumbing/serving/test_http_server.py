"""The HTTP server within a block: it answers, stops at once, and leaves the program's signal handlers as they are."""

import asyncio
import contextlib
import signal
import ssl
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
import pytest

from hub.upkeep.certificates import AUTHORITY, CERTIFICATE, KEY, make_authority
from plumbing.serving import http_server
from plumbing.serving.http_server import HttpOptions

HALF = "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n["


async def get(url: str, verify=True, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False, verify=verify) as client:
        return await client.get(url, headers=headers)


async def test_it_answers_and_signals_stay_the_programs(serving) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    async with serving() as (host, port):
        answer = await get(f"http://{host}:{port}/page")
        assert [signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGINT)] == before
    assert (answer.status_code, answer.text) == (200, "127.0.0.1")
    assert "server" not in answer.headers


async def test_after_the_block_nothing_listens(serving) -> None:
    async with serving() as place:
        pass
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(*place)


async def test_a_forwarded_address_is_trusted_from_a_proxy_only(serving) -> None:
    header = {"X-Forwarded-For": "203.0.113.7"}
    async with serving() as (host, port):
        assert (await get(f"http://{host}:{port}/page", **header)).text == "127.0.0.1"
    async with serving(HttpOptions(proxies=["127.0.0.1"])) as (host, port):
        assert (await get(f"http://{host}:{port}/page", **header)).text == "203.0.113.7"


async def test_more_connections_than_the_limit_get_no_page(serving) -> None:
    async with serving(HttpOptions(most_connections=2)) as (host, port):
        held = [await asyncio.open_connection(host, port) for _ in range(2)]
        assert (await get(f"http://{host}:{port}/page")).status_code == 503
        for _, writer in held:
            writer.close()
            await writer.wait_closed()


async def test_a_certificate_makes_it_encrypted(serving, tmp_path) -> None:
    make_authority(tmp_path, ("127.0.0.1",), datetime.now(UTC))
    options = HttpOptions(certificate=tmp_path / CERTIFICATE, key=tmp_path / KEY)
    async with serving(options) as (host, port):
        context = ssl.create_default_context(cafile=tmp_path / AUTHORITY)
        assert (await get(f"https://{host}:{port}/page", context)).status_code == 200


async def test_a_tls_handshake_that_does_not_come_is_not_waited_for(
    serving, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(http_server, "TLS_HANDSHAKE_SECONDS", 0.05)
    make_authority(tmp_path, ("127.0.0.1",), datetime.now(UTC))
    async with serving(
        HttpOptions(certificate=tmp_path / CERTIFICATE, key=tmp_path / KEY)
    ) as place:
        reader, writer = await asyncio.open_connection(*place)
        async with asyncio.timeout(10):
            with contextlib.suppress(ConnectionResetError):
                assert await reader.read() == b""
        writer.close()


@asynccontextmanager
async def stopping(serving, seconds: float):
    """A server that stops while it waits for the second half of a request."""
    block = serving(HttpOptions(last_answers_seconds=seconds))
    place = await block.__aenter__()
    reader, writer = await asyncio.open_connection(*place)
    writer.write(HALF.encode())
    await writer.drain()
    assert (await get(f"http://{place[0]}:{place[1]}/page")).status_code == 200
    end = asyncio.create_task(block.__aexit__(None, None, None))
    async with asyncio.timeout(10):
        yield reader, writer, end
        await end
    writer.transport.abort()


async def test_a_request_under_way_is_answered_at_the_end(serving) -> None:
    async with stopping(serving, 10.0) as (reader, writer, _):
        writer.write(b"]")
        assert b" 202 " in await reader.readline()


async def test_a_request_that_does_not_finish_does_not_hold_the_program(serving) -> None:
    async with stopping(serving, 0.0) as (reader, _, end):
        await end
        with contextlib.suppress(ConnectionResetError):
            assert await reader.read() == b""
