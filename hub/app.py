"""Puts a hub together and runs it.

Order of events: open the database and bring its schema up to date · fold today's floor out of the journal · bind both
ports · start the writer · listen for devices, then for browsers. The end is the same way back: take nothing more,
finish what was taken, say goodbye, fold the log into the database.
"""

import asyncio
import contextlib
import logging
import secrets
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from socket import socket
from typing import Any, Final

import uvicorn
from sqlalchemy import Engine

from config.model import Installation
from hub.devices import devices_of
from hub.errors import HubError, HubProblem
from hub.floor_writer import FloorWriter, Outcome
from hub.journal import Journal
from hub.listening import listen, port_of
from hub.presence import Presence
from hub.reception import Health, Reception, Sources, starting_feed
from hub.register import Register
from hub.server import Client, FloorServer, put_on_wires
from hub.storage import close_store, database_in, open_store
from hub.web.pages import Site, web_app
from hub.web.ticket_page import Signs, TicketPages
from service_floor.queue.hours import ZONE
from service_floor.queue.plan import FloorPlan

log = logging.getLogger("hub")

_READERS: Final = 2


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a hub lives. `port` 0 takes a free one; `database` is a URL, by default a file in `data_dir`."""

    data_dir: Path
    host: str = "127.0.0.1"
    http_port: int = 0
    floor_port: int = 0
    board_pages: Path | None = None
    database: str | None = None


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the hub listens."""

    http: str
    floor: str


def now_at_centre() -> datetime:
    """The hub's clock: the only one that counts on the floor."""
    return datetime.now(ZONE)


def fresh_id() -> str:
    """An id that nobody guesses: it also opens a citizen's page."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class RunningHub:
    """A hub that listens. Made by `serve`, which also ends it."""

    addresses: Addresses
    finished: "asyncio.Future[None]"
    reception: Reception[Client]

    def health(self) -> Health:
        """What `/healthz` says."""
        return self.reception.health()


@dataclass(frozen=True, slots=True)
class HubProgram:
    """The hub as a program of its own."""

    installation: Installation
    plan: FloorPlan
    surroundings: Surroundings
    clock: Callable[[], datetime] = now_at_centre

    async def run(self, on_ready: Callable[[Mapping[str, str]], None]) -> None:
        """Serve until SIGTERM or SIGINT; `on_ready` gets the addresses. Raises HubError where it cannot start."""
        loop = asyncio.get_running_loop()
        asked_to_stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, asked_to_stop.set)
        try:
            async with serve(self.installation, self.plan, self.surroundings, self.clock) as hub:
                on_ready({"http": hub.addresses.http, "floor": hub.addresses.floor})
                stopping: asyncio.Future[Any] = asyncio.ensure_future(asked_to_stop.wait())
                await asyncio.wait([stopping, hub.finished], return_when=asyncio.FIRST_COMPLETED)
                stopping.cancel()
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)


@asynccontextmanager
async def serve(
    installation: Installation,
    plan: FloorPlan,
    surroundings: Surroundings,
    clock: Callable[[], datetime] = now_at_centre,
) -> AsyncIterator[RunningHub]:
    """A hub for the time of the block. Where its writer ends by itself, leaving the block raises why."""
    async with AsyncExitStack() as stack:
        engine = _open(surroundings)
        stack.callback(close_store, engine)
        floor_socket = _bind(stack, surroundings.host, surroundings.floor_port)
        http_socket = _bind(stack, surroundings.host, surroundings.http_port)
        reception, writer = _take_up(stack, engine, plan, clock)
        finished = asyncio.wrap_future(writer.start())
        stack.push_async_callback(_end_writer, writer, finished)
        server = FloorServer(reception, devices_of(installation))
        stack.push_async_callback(server.stop)
        stack.callback(reception.close)
        await server.start(floor_socket)
        site = Site(
            reception, _pages(installation), surroundings.board_pages, port_of(floor_socket)
        )
        await stack.enter_async_context(_web(site, http_socket))
        yield RunningHub(_addresses(surroundings, http_socket, floor_socket), finished, reception)


def _open(surroundings: Surroundings) -> Engine:
    try:
        surroundings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        data = {"database": str(surroundings.data_dir), "reason": problem.strerror or ""}
        raise HubError(HubProblem.DATABASE_UNUSABLE, data) from problem
    return open_store(surroundings.database or database_in(surroundings.data_dir))


def _bind(stack: AsyncExitStack, host: str, port: int) -> socket:
    listener = listen(host, port)
    stack.callback(listener.close)
    return listener


def _take_up(
    stack: AsyncExitStack, engine: Engine, plan: FloorPlan, clock: Callable[[], datetime]
) -> tuple[Reception[Client], FloorWriter]:
    """Fold the floor out of the journal, and join writer, feed and register in the reception."""
    loop = asyncio.get_running_loop()
    receptions: list[Reception[Client]] = []

    def deliver(outcome: Outcome) -> None:
        loop.call_soon_threadsafe(receptions[0].deliver, outcome)

    writer = FloorWriter(Journal(engine), plan, clock, fresh_id, deliver)
    readers = stack.enter_context(ThreadPoolExecutor(_READERS, "hub-reader"))
    sources = Sources(writer, Register(engine), readers, Presence(clock), clock)
    restored = writer.restore()
    feed = starting_feed(secrets.token_hex(8), restored.puts, put_on_wires)
    receptions.append(Reception(sources, feed, restored.standing))
    return receptions[0], writer


async def _end_writer(writer: FloorWriter, finished: "asyncio.Future[None]") -> None:
    await asyncio.to_thread(writer.stop)
    await finished


def _pages(installation: Installation) -> TicketPages:
    return TicketPages(
        {
            "vi": Signs(
                {each.id: each.name for each in installation.services},
                {each.id: str(each.number) for each in installation.counters},
            ),
            "en": Signs(
                {each.id: each.name_en or each.name for each in installation.services},
                {each.id: str(each.number) for each in installation.counters},
            ),
        }
    )


class _Browsers(uvicorn.Server):
    """uvicorn without its own signal handlers: the hub decides when to stop."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        yield


@asynccontextmanager
async def _web(site: Site, listener: socket) -> AsyncIterator[None]:
    options = uvicorn.Config(
        web_app(site),
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        limit_concurrency=500,
        timeout_graceful_shutdown=2,
    )
    browsers = _Browsers(options)
    serving = asyncio.create_task(browsers.serve(sockets=[listener]))
    while not browsers.started and not serving.done():
        await asyncio.sleep(0.005)
    try:
        yield
    finally:
        browsers.should_exit = True
        await serving


def _addresses(surroundings: Surroundings, http: socket, floor: socket) -> Addresses:
    host = f"[{surroundings.host}]" if ":" in surroundings.host else surroundings.host
    return Addresses(f"http://{host}:{port_of(http)}", f"ws://{host}:{port_of(floor)}")
