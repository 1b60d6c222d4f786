"""A hub that runs for the time of a block: what `hub.app` starts as a program, and tests and benchmarks in their own process.

Order of events: take the data folder · open the database and bring its schema up to date · bind both ports · prove and
fold today's rows of the journal · start the writer · listen for devices, then for browsers. The end is the same way back.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from socket import socket
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from config.model import Installation
from hub.accounts.admission import Admission
from hub.accounts.devices import devices_of, printing
from hub.accounts.enrolment import ALPHABET, CODE_LETTERS, EnrolmentDesk
from hub.accounts.roster import roster_of
from hub.accounts.store import Accounts
from hub.database.storage import close_store, database_in, make_folder, open_store, unusable
from hub.dossiers.register import Register
from hub.floor.decider import CommandOutcome
from hub.floor.live import floors
from hub.floor.tallies import Tallies
from hub.floor.writer import FloorWriter
from hub.journal.journal import Journal
from hub.messages import TicketPlace
from hub.reports.archive import Archive
from hub.upkeep.data_lock import alone_in
from hub.web.api.dossiers import DossierDesk
from hub.web.api.keys import keys_of
from hub.web.api.routes import ApiSources, api_app
from hub.web.connection_limits import ConnectionLimits
from hub.web.console.app import console_app
from hub.web.console.sources import ConsoleSources
from hub.web.pages import BoardPages, WebSite
from hub.web.serving import pages_served
from hub.web.ticket_page import pages_of
from hub.wire.encryption import Encryption, listener_context
from hub.wire.listening import listen, port_of
from hub.wire.presence import Presence
from hub.wire.reception import Health, Reception, Sources, starting_feed
from hub.wire.server import Client, FloorServer, put_on_wires
from plumbing.executors import BoundedExecutor
from service_floor.queue.planning.plan import FloorPlan
from service_floor.zone import ZONE

_READERS: Final = 2
_MOST_PUSHES: Final = 8


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a hub lives. Port 0 takes a free one; `database` is a URL, by default a file in `data_dir`."""

    data_dir: Path
    host: str = "127.0.0.1"
    http_port: int = 0
    floor_port: int = 0
    board: BoardPages | None = None
    database: str | None = None
    encryption: Encryption | None = None


@dataclass(frozen=True, slots=True)
class RunningHub:
    """A hub that listens. `finished` ends early, with an exception, only where the writer breaks."""

    http: str
    floor: str
    finished: "asyncio.Future[None]"
    register: Register
    admission: Admission
    _reception: Reception[Client]

    def health(self) -> Health:
        """What `/healthz` says."""
        return self._reception.health()

    def works(self, seconds: float) -> bool:
        """Whether the floor's writer has come round within the last seconds."""
        return self._reception.works(seconds)


def now_at_centre() -> datetime:
    """The hub's clock: the only one that counts on the floor."""
    return datetime.now(ZONE)


def fresh_id() -> str:
    """An id that nobody guesses: it also opens a citizen's page."""
    return secrets.token_hex(8)


def fresh_code() -> str:
    """The letters of an enrolment code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))


@asynccontextmanager
async def serve(
    installation: Installation,
    plan: FloorPlan,
    surroundings: Surroundings,
    clock: Callable[[], datetime] = now_at_centre,
) -> AsyncIterator[RunningHub]:
    """Take in requests until the block is left; then finish what was taken, say goodbye, and fold the log away."""
    async with AsyncExitStack() as stack:
        tls = listener_context(surroundings.encryption, clock())
        make_folder(surroundings.data_dir)
        stack.enter_context(alone_in(surroundings.data_dir))
        engine = open_store(surroundings.database or database_in(surroundings.data_dir))
        stack.callback(close_store, engine)
        floor_socket = _bind(stack, surroundings.host, surroundings.floor_port)
        http_socket = _bind(stack, surroundings.host, surroundings.http_port)
        register = Register(engine)
        readers = stack.enter_context(ThreadPoolExecutor(_READERS, "hub-reader"))
        presence = Presence(clock, printing(installation))
        writer, reception = _take_up(Journal(engine), plan, presence, register, readers)
        admission = await stack.enter_async_context(_admitted(engine, installation, readers, clock))
        server = FloorServer(reception, admission)
        stack.push_async_callback(server.stop)
        finished = asyncio.wrap_future(writer.start())
        stack.push_async_callback(_end, writer, finished)
        stack.callback(reception.close)
        await server.start(floor_socket, tls)
        ports = (port_of(http_socket), port_of(floor_socket))
        database = engine.url.render_as_string(hide_password=False)
        dossiers = _dossier_desk(stack, register)
        sources = ApiSources(
            reception, keys_of(installation), Archive(database, plan), plan, dossiers
        )
        workers = stack.enter_context(ThreadPoolExecutor(_READERS, "hub-console"))
        console = console_app(
            ConsoleSources(installation, plan, reception, sources.archive, admission, workers)
        )
        about = (reception, pages_of(installation), surroundings.board, ports[1])
        site = WebSite(*about, api_app(sources), console, admission.devices)
        await stack.enter_async_context(_pages(site, http_socket, installation, surroundings))
        yield RunningHub(*_places(surroundings, ports), finished, register, admission, reception)


def _pages(
    site: WebSite, listener: socket, installation: Installation, surroundings: Surroundings
) -> AbstractAsyncContextManager[None]:
    bounds = ConnectionLimits(installation.hub.connections_per_address, installation.hub.proxies)
    return pages_served(site, listener, bounds, surroundings.encryption)


def _dossier_desk(stack: AsyncExitStack, register: Register) -> DossierDesk:
    clerks = stack.enter_context(ThreadPoolExecutor(1, "hub-dossiers"))
    return DossierDesk(register, BoundedExecutor(clerks, _MOST_PUSHES))


def _bind(stack: AsyncExitStack, host: str, port: int) -> socket:
    listener = listen(host, port)
    stack.callback(listener.close)
    return listener


def _take_up(
    journal: Journal,
    plan: FloorPlan,
    presence: Presence,
    register: Register,
    readers: ThreadPoolExecutor,
) -> tuple[FloorWriter[TicketPlace], Reception[Client]]:
    """Fold the floor out of the journal, and join writer, feed and register in the reception."""
    loop, clock = asyncio.get_running_loop(), presence.clock

    def deliver(outcome: CommandOutcome) -> None:
        loop.call_soon_threadsafe(reception.deliver, outcome)

    tallies = Tallies()
    writer = FloorWriter(journal, floors(plan, fresh_id, tallies), clock, deliver, tallies)
    restored = writer.restore()
    feed = starting_feed(secrets.token_hex(8), restored.puts, put_on_wires)
    sources = Sources(writer, register, readers, presence, clock)
    reception: Reception[Client] = Reception(sources, feed, restored.standing)
    return writer, reception


async def _end(writer: FloorWriter[TicketPlace], finished: "asyncio.Future[None]") -> None:
    """Let the writer finish what was taken; where it broke, say why."""
    await asyncio.to_thread(writer.stop)
    await finished


@asynccontextmanager
async def _admitted(
    engine: Engine, installation: Installation, readers: Executor, clock: Callable[[], datetime]
) -> AsyncIterator[Admission]:
    accounts, desk = Accounts(engine, roster_of(installation)), EnrolmentDesk(fresh_code)
    admission = Admission(accounts, devices_of(installation), desk, readers, clock)
    try:
        await admission.look()
    except SQLAlchemyError as problem:
        raise unusable(engine.url.render_as_string(), problem) from problem
    async with admission.kept_up():
        yield admission


def _places(surroundings: Surroundings, ports: tuple[int, int]) -> tuple[str, str]:
    """Where browsers and devices find the hub."""
    host = f"[{surroundings.host}]" if ":" in surroundings.host else surroundings.host
    s = "s" if surroundings.encryption else ""
    return f"http{s}://{host}:{ports[0]}", f"ws{s}://{host}:{ports[1]}"
