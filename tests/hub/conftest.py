"""A hall, a clock that is driven by hand, hubs on free ports of loopback, and a bare client of the wire."""

import asyncio
import contextlib
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from config.loading import load
from config.model import Installation
from config.planning import floor_plan
from hub.running import RunningHub, Surroundings, serve
from service_floor.queue.hours import ZONE
from service_floor.queue.plan import FloorPlan

HALL = Path(__file__).parent / "hall.toml"
DEADLINE = 10.0


class Clock:
    """The hub's clock, standing at eight on a Friday until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> datetime:
        self.now += timedelta(**time)
        return self.now


class Talker:
    """A device on a bare websocket: what it is told is kept in order."""

    def __init__(self, wire: ClientConnection, device: str) -> None:
        self.wire = wire
        self.device = device
        self.told: list[dict[str, Any]] = []

    async def say(self, frame: dict[str, Any] | str | bytes) -> None:
        await self.wire.send(json.dumps(frame) if isinstance(frame, dict) else frame)

    async def hear(self) -> dict[str, Any]:
        async with asyncio.timeout(DEADLINE):
            frame: dict[str, Any] = json.loads(await self.wire.recv())
        self.told.append(frame)
        return frame

    async def hear_of(self, *kinds: str) -> dict[str, Any]:
        """The next frame of these kinds."""
        while True:
            frame = await self.hear()
            if frame["t"] in kinds:
                return frame

    async def hello(self, *topics: str, token: str | None = None, **more: Any) -> dict[str, Any]:
        token = f"{self.device}-0123456789abcdef" if token is None else token
        hello = {"t": "hello", "device": self.device, "token": token, "topics": topics}
        await self.say(hello | more)
        return await self.hear_of("snapshot", "resumed", "error")

    async def order(self, kind: str, req: str | None = None, **what: Any) -> dict[str, Any]:
        """Give a command and hear its answer, or the error that it is."""
        req = req or secrets.token_urlsafe(12)
        await self.say({"t": "cmd", "req": req, "cmd": {"kind": kind, **what}})
        return await self._reply_to(req)

    async def ask(self, kind: str, code: str) -> dict[str, Any]:
        req = secrets.token_urlsafe(12)
        await self.say({"t": "ask", "req": req, "ask": {"kind": kind, "code": code}})
        return await self._reply_to(req)

    async def issue(self, *services: str, **more: Any) -> dict[str, Any]:
        return await self.order("issue_ticket", services=services or ("certify",), **more)

    async def open_counter(self, officer: str | None = None) -> None:
        """Sit down at this terminal's counter and open it."""
        counter = self.device.replace("t", "c")
        officer = officer or self.device.replace("t", "o")
        assert (await self.order("sign_in", counter=counter, officer=officer))["ok"]
        assert (await self.order("open_counter", counter=counter))["ok"]

    async def closing(self) -> int:
        """Read to the end; the code with which the hub closed."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self.hear()
        code = self.wire.close_code
        assert code is not None
        return code

    async def _reply_to(self, req: str) -> dict[str, Any]:
        while True:
            frame = await self.hear()
            if frame["t"] in ("answer", "error") and frame["req"] == req:
                return frame


@pytest.fixture(scope="session")
def hall() -> Installation:
    return load(HALL)


@pytest.fixture(scope="session")
def plan(hall: Installation) -> FloorPlan:
    return floor_plan(hall, date(2026, 11, 20))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def start_hub(hall: Installation, plan: FloorPlan, clock: Clock, tmp_path: Path) -> Any:
    """Starts a hub on the test's own folder; started again it finds what it left."""

    def start(**surroundings: Any) -> Any:
        return serve(hall, plan, Surroundings(tmp_path / "data", **surroundings), clock)

    return start


@pytest.fixture
async def hub(start_hub: Any) -> AsyncIterator[RunningHub]:
    async with start_hub() as running:
        yield running


@pytest.fixture
async def talk() -> AsyncIterator[Callable[..., Any]]:
    """Connects a device to a hub; with topics it has said hello already."""
    async with AsyncExitStack() as stack:

        async def connected(
            hub: RunningHub, device: str, *topics: str, hello: bool = True
        ) -> Talker:
            wire = await stack.enter_async_context(_wire(hub.floor))
            talker = Talker(wire, device)
            if hello:
                await talker.hello(*topics)
            return talker

        yield connected


@asynccontextmanager
async def _wire(url: str) -> AsyncIterator[ClientConnection]:
    async with connect(url, compression=None, max_size=2**24, close_timeout=1, proxy=None) as wire:
        yield wire
        # What was not read is not worth a closing handshake.
        wire.transport.abort()
