"""A hall, a clock that is driven by hand, a writer without a server, hubs on free ports of loopback, and a bare client of the wire."""

import asyncio
import contextlib
import json
import secrets
import shutil
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event, text
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from config.loading import load
from config.model import Installation
from config.planning import floor_plan
from hub.accounts import pins
from hub.database.storage import close_store, database_in, open_store
from hub.errors import HubError
from hub.floor.decider import CommandOutcome, Inquiry, Request
from hub.floor.live import floors
from hub.floor.tallies import Tallies
from hub.floor.writer import FloorWriter
from hub.journal.journal import Journal
from hub.reports import report_cache, report_worker
from hub.reports.report_worker import ReportTask
from hub.running import HubOptions, RunningHub, serve
from service_floor.queue.commands import Actor, Role
from service_floor.queue.planning.plan import FloorPlan
from service_floor.zone import ZONE

HALL = Path(__file__).parent / "hall.toml"
DEADLINE = 60.0  # a loaded machine is slow, which is no failure
KIOSK = Actor("k1", Role.KIOSK)


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


class WriterAlone:
    """A writer without a server: what it delivers is kept."""

    def __init__(self, plan: FloorPlan, clock: Clock, folder: Path) -> None:
        self.engine = open_store(database_in(folder))
        event.listen(self.engine, "connect", self._soften)
        self.engine.dispose()
        self.outcomes: list[CommandOutcome] = []
        tallies = Tallies()
        make_floor = floors(plan, lambda: secrets.token_hex(8), tallies)
        self.writer = FloorWriter(Journal(self.engine), make_floor, clock, self._deliver, tallies)
        try:
            self.restored = self.writer.restore()
        except HubError:
            self.engine.dispose()
            raise
        self.finished: Any = None

    def start(self) -> None:
        self.finished = self.writer.start()

    def stop(self) -> None:
        self.writer.stop()
        if self.finished is not None:
            self.finished.result(DEADLINE)
        self.engine.dispose()

    def send(self, *commands: Any, actor: Actor = KIOSK) -> list[Callable[[], dict[str, Any]]]:
        """Hand in commands, each a command or (request id, command); the way to each answer."""
        return [self._hand_in(command, actor) for command in commands]

    def do(self, command: Any, actor: Actor = KIOSK) -> dict[str, Any]:
        return self.send(command, actor=actor)[0]()

    def _hand_in(self, command: Any, actor: Actor) -> Callable[[], dict[str, Any]]:
        req, command = command if isinstance(command, tuple) else (secrets.token_hex(8), command)
        box: list[dict[str, Any]] = []
        done = threading.Event()

        def reply(answer: str) -> None:
            box.append(json.loads(answer))
            done.set()

        assert self.writer.submit(Request(actor, req, command, reply))

        def answer() -> dict[str, Any]:
            assert done.wait(DEADLINE)
            return box[0]

        return answer

    def where(self, code: str) -> Any:
        """Ask where a ticket stands."""
        box: list[Any] = []
        done = threading.Event()

        def reply(place: Any) -> None:
            box.append(place)
            done.set()

        assert self.writer.submit(Inquiry(code, reply))
        assert done.wait(DEADLINE)
        return box[0]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def _deliver(self, outcome: CommandOutcome) -> None:
        self.outcomes.append(outcome)
        for reply, value in outcome.replies:
            reply(value)

    @staticmethod
    def _soften(connection: Any, _record: object) -> None:
        # A test that locks the database does not wait for five seconds.
        connection.execute("PRAGMA busy_timeout=20").close()


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
def quick_pins(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Argon2 as it is, with as little work as it can have: its price in earnest is tested in test_pins.py."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(pins, "_HASHER", cheap)
    # What is checked where no PIN is stored was hashed at the price of then.
    pins._nobodys.cache_clear()
    yield
    pins._nobodys.cache_clear()


@pytest.fixture
def reports_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports are made as their worker process makes them, in a thread: to start a process takes most of a second."""

    async def made(task: ReportTask) -> bytes:
        return b"\n".join(await asyncio.to_thread(report_worker.answer, task))

    monkeypatch.setattr(report_cache, "_run_worker", made)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables. Copied in a moment; to make them takes a third of the start of a hub."""
    folder = tmp_path_factory.mktemp("empty")
    close_store(open_store(database_in(folder)))
    return folder / "floor.db"


@pytest.fixture
def start_hub(
    hall: Installation, plan: FloorPlan, clock: Clock, tmp_path: Path, empty_database: Path
) -> Any:
    """Starts a hub on the test's own folder; started again it finds what it left."""

    def start(**options: Any) -> Any:
        if not (tmp_path / "data").exists():
            (tmp_path / "data").mkdir()
            shutil.copy(empty_database, tmp_path / "data")
        return serve(hall, plan, HubOptions(tmp_path / "data", **options), clock)

    return start


@pytest.fixture
def make_hub(
    plan: FloorPlan, clock: Clock, tmp_path: Path, empty_database: Path
) -> Iterator[Callable[[], WriterAlone]]:
    """Makes writers on the test's own folder; made again one finds what the last left."""
    shutil.copy(empty_database, tmp_path)
    made: list[WriterAlone] = []

    def make() -> WriterAlone:
        made.append(WriterAlone(plan, clock, tmp_path))
        return made[-1]

    yield make
    for hub in made:
        hub.stop()


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
