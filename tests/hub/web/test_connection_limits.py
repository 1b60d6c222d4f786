"""One address may hold so many connections of the pages, and keeps nobody else out with them."""

import asyncio
import contextlib
import ssl
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from argon2 import PasswordHasher
from starlette.requests import Request

from config.loading import load
from hub.accounts import pins
from hub.upkeep.certificates import AUTHORITY, CERTIFICATE, KEY, make_authority
from hub.web import connection_limits
from hub.web.connection_limits import client_address
from hub.wire.encryption import Encryption
from plumbing.limits import PlaceLimit

MOST = 6
STRANGER, SECOND, PROXY = "127.0.0.2", "127.0.0.3", "127.0.0.9"


@pytest.fixture(scope="session")
def hall():
    bounds = {"hub.connections_per_address": MOST, "hub.proxies": [PROXY]}
    return load(Path(__file__).parents[1] / "hall.toml", bounds)


class Neighbour:
    """Somebody at an address of their own."""

    def __init__(self, hub, address: str) -> None:
        self.place = urlsplit(hub.http)
        self.address = address
        self.held: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def hold(self, count: int) -> None:
        """Open connections and say nothing."""
        for _ in range(count):
            place = (self.place.hostname, self.place.port)
            self.held.append(await asyncio.open_connection(*place, local_addr=(self.address, 0)))

    async def cut(self) -> int:
        """How many of them the hub has closed, once it has closed all that it will."""
        reading = [asyncio.ensure_future(reader.read()) for reader, _ in self.held]
        done, kept = await asyncio.wait(reading, timeout=0.3)
        for each in kept:
            each.cancel()
        await asyncio.gather(*reading, return_exceptions=True)
        return len(done)

    async def page(self, path: str = "/healthz", **headers: str) -> int:
        """Ask for a page; its status, 0 where the door was shut."""
        way = httpx.AsyncHTTPTransport(local_address=self.address, verify=False)
        async with httpx.AsyncClient(transport=way, trust_env=False) as browser:
            try:
                url = f"http://{self.place.netloc}{path}"
                return (await browser.get(url, headers=headers)).status_code
            except httpx.TransportError:
                return 0

    async def leave(self) -> None:
        for _, writer in self.held:
            writer.transport.abort()
        for _, writer in self.held:
            with contextlib.suppress(OSError):
                await writer.wait_closed()


@pytest.fixture
async def neighbour(hub):
    known: list[Neighbour] = []

    def at(address: str) -> Neighbour:
        known.append(Neighbour(hub, address))
        return known[-1]

    yield at
    for each in known:
        await each.leave()


async def test_silent_connections_give_way_to_one_that_asks(neighbour) -> None:
    stranger = neighbour(STRANGER)
    await stranger.hold(MOST + 3)
    assert await stranger.cut() == 3
    # A phone behind the same address is served, and so is every other address.
    assert await stranger.page() == 200
    assert await neighbour(SECOND).page() == 200


async def test_many_addresses_full_of_silence_shut_nobody_out(start_hub, monkeypatch) -> None:
    monkeypatch.setattr(connection_limits, "PAGES_UNHEARD", PlaceLimit(20, MOST))
    async with start_hub() as hub, contextlib.AsyncExitStack() as stack:
        crowd = [Neighbour(hub, f"127.0.1.{n}") for n in range(1, 9)]
        for each in crowd:
            stack.push_async_callback(each.leave)
            await each.hold(MOST)
        assert sum([await each.cut() for each in crowd[:3]]) > 0
        assert await Neighbour(hub, SECOND).page() == 200
        assert await crowd[0].page() == 200


async def test_a_phone_is_answered_while_its_address_floods_the_hub(neighbour) -> None:
    stranger = neighbour(STRANGER)
    for _ in range(10):
        await stranger.hold(MOST)
        assert await stranger.page("/t/ABC") == 404


async def test_a_request_under_way_is_not_closed_for_a_newcomer(neighbour, hub) -> None:
    stranger = neighbour(STRANGER)
    await stranger.hold(1)
    _, writer = stranger.held[0]
    writer.write(
        b"POST /console/sign-in HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nContent-Length: 2\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\na"
    )
    assert await neighbour(SECOND).page("/console/sign-in") == 200
    await stranger.hold(MOST + 1)
    assert await stranger.cut() == 1
    writer.write(b"=")
    reader, _ = stranger.held[0]
    assert b" 401 " in await reader.readline()


async def test_a_proxy_of_the_configuration_brings_many(neighbour) -> None:
    proxy = neighbour(PROXY)
    await proxy.hold(MOST + 3)
    assert await proxy.cut() == 0
    assert await proxy.page(**{"X-Forwarded-For": "203.0.113.7"}) == 200


@pytest.mark.slow
async def test_nobody_else_is_believed_about_an_address(hub, monkeypatch) -> None:
    """Ten wrong PINs of one address are too many, whatever it says that its address is."""
    monkeypatch.setattr(pins, "_HASHER", PasswordHasher(1, 8, 1))

    async def statuses(address: str) -> list[int]:
        way = httpx.AsyncHTTPTransport(local_address=address, verify=False)
        async with httpx.AsyncClient(transport=way, trust_env=False, verify=False) as browser:
            return [
                (
                    await browser.post(
                        f"{hub.http}/console/sign-in",
                        data={"officer": "nobody", "pin": "1"},
                        headers={"Origin": hub.http, "X-Forwarded-For": f"203.0.113.{n}"},
                    )
                ).status_code
                for n in range(11)
            ]

    assert await statuses(STRANGER) == [401] * 10 + [429]
    assert await statuses(PROXY) == [401] * 11


async def test_connections_that_never_get_encrypted_are_counted_too(start_hub, tmp_path) -> None:
    make_authority(tmp_path, ("127.0.0.1",), datetime.now(UTC))
    files = [tmp_path / name for name in (CERTIFICATE, KEY)]
    async with start_hub(encryption=Encryption(*files)) as hub:
        stranger = Neighbour(hub, STRANGER)
        await stranger.hold(MOST + 2)
        assert await stranger.cut() == 2
        context = ssl.create_default_context(cafile=tmp_path / AUTHORITY)
        async with httpx.AsyncClient(verify=context, trust_env=False) as browser:
            assert (await browser.get(f"{hub.http}/healthz")).status_code == 200
        await stranger.leave()


@pytest.mark.parametrize(
    ("client", "who"),
    [(("2001:db8:1:2::9", 1), "2001:db8:1:2::/64"), (("192.0.2.7", 1), "192.0.2.7"), (None, "")],
)
def test_tries_are_counted_by_who_asks(client, who) -> None:
    assert client_address(Request({"type": "http", "client": client})) == who
