"""Composition of the hub: one that runs for the time of a block, for `hub.app` and for the processes of tests and
benchmarks.

Order of events: open the journal, compared with its mark, and the clock (`hub.opening`) · bind both ports · verify and
fold today's rows of the journal · start the writer thread · listen for devices, then for browsers. The end is the
same way back.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from socket import socket
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp

from config.model import Installation
from config.model.programs import Hub
from hub.accounts.authentication import Authentication
from hub.accounts.devices import devices_of, devices_with_printer
from hub.accounts.enrolment import ALPHABET, CODE_LETTERS, PendingEnrolments
from hub.accounts.roster import roster_of
from hub.accounts.store import Accounts
from hub.accounts.threads import account_threads
from hub.audit_watch import AuditWatch
from hub.clock.floor_clock import MachineClock, TrustedClock
from hub.database.storage import unusable
from hub.dossiers.register import Register
from hub.floor.decider import CommandOutcome
from hub.floor.live import floors
from hub.floor.tallies import Tallies
from hub.floor.writer import FloorWriter
from hub.messages import TicketPlace
from hub.opening import JournalPlace, OpenedJournal, open_journal
from hub.reports.report_cache import ReportCache
from hub.web.connection_limits import ConnectionLimits
from hub.web.deferred_app import DeferredApp
from hub.web.own_names import own_names
from hub.web.pages import BoardPages, WebSite
from hub.web.serving import pages_served
from hub.web.ticket_page import pages_of
from hub.wire.clients import Client, Clients, put_on_wires
from hub.wire.encryption import Encryption, listener_context
from hub.wire.floor_service import FloorService, FloorSources, Health, starting_feed
from hub.wire.handshakes import HandshakeGuard
from hub.wire.listening import listen, port_of, share_of_places
from hub.wire.presence import Presence
from hub.wire.server import FloorServer
from plumbing.executors import BoundedExecutor
from plumbing.limits import KNOWN_ADDRESSES, KnownKeys
from service_floor.queue.planning.plan import FloorPlan
from service_floor.ticket_ids import ticket_id
from service_floor.wall_clock import ClockLimits
from service_floor.zone import ZONE

_READERS: Final = 2
_MOST_PUSHES: Final = 8


@dataclass(frozen=True, slots=True)
class HubOptions:
    """Where a hub listens and keeps its data. Port 0 takes a free one; `database` is a URL, by default a file in
    `data_dir`; `mark` is the folder of the last row's mark, by default beside `data_dir`."""

    data_dir: Path
    host: str = "127.0.0.1"
    http_port: int = 0
    floor_port: int = 0
    board: BoardPages | None = None
    database: str | None = None
    encryption: Encryption | None = None
    mark: Path | None = None
    machine: MachineClock = field(default_factory=MachineClock)
    clock_limits: ClockLimits = field(default_factory=ClockLimits)


@dataclass(frozen=True, slots=True)
class RunningHub:
    """A hub that listens. `finished` ends early, with an exception, only if the writer thread breaks."""

    http: str
    floor: str
    finished: "asyncio.Future[None]"
    register: Register
    authentication: Authentication
    clock: TrustedClock
    _floor_service: FloorService[Client]

    def health(self) -> Health:
        """The report that `/healthz` serves."""
        return self._floor_service.health()

    def is_alive(self, seconds: float) -> bool:
        """Liveness for the watchdog: whether the writer thread has completed a round within the last seconds."""
        return self._floor_service.is_alive(seconds)


def now_at_centre() -> datetime:
    """The wall clock of this machine."""
    return datetime.now(ZONE)


def fresh_id() -> str:
    """A random id that cannot be guessed (62 bits): it also opens a citizen's page. No input method changes its letters."""
    return ticket_id(secrets.randbits(128))


def fresh_code() -> str:
    """The random letters of an enrolment code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))


@dataclass(frozen=True, slots=True)
class _HubParts:
    """What both listeners share, over one database."""

    installation: Installation
    plan: FloorPlan
    opened: OpenedJournal
    register: Register
    writer: FloorWriter[TicketPlace]
    floor_service: FloorService[Client]
    readers: Executor

    @property
    def engine(self) -> Engine:
        """The database."""
        return self.opened.engine

    @property
    def clock(self) -> TrustedClock:
        """The hub's clock: the only one that counts on the floor."""
        return self.opened.clock


@asynccontextmanager
async def serve(
    installation: Installation,
    plan: FloorPlan,
    options: HubOptions,
    clock: Callable[[], datetime] | None = None,
) -> AsyncIterator[RunningHub]:
    """Serve requests until the block is left; then finish what was accepted, close all connections and the database.

    Without `clock` the machine's clock is used, as far as it is plausible. Raises HubError if the data directory is
    locked, the database or a certificate cannot be used, rows of the journal are missing, or a port is taken.
    """
    async with AsyncExitStack() as stack:
        tls = listener_context(options.encryption, (clock or now_at_centre)())
        place = JournalPlace(options.data_dir, options.mark, options.database)
        opened = open_journal(stack, place, clock, options.machine, options.clock_limits)
        floor_socket = _bind(stack, options.host, options.floor_port)
        http_socket = _bind(stack, options.host, options.http_port)
        # The servers take the sockets over: their ports are read before that.
        http = _url("http", options, port_of(http_socket))
        floor_port = port_of(floor_socket)
        parts = _restore(stack, opened, installation, plan)
        authentication = await stack.enter_async_context(_authentication(parts))
        clients, limits = _admission(installation.hub, authentication)
        server = FloorServer(parts.floor_service, authentication, clients, HandshakeGuard(clients))
        stack.push_async_callback(server.stop)
        finished = asyncio.wrap_future(parts.writer.start())
        stack.push_async_callback(_stop_writer, parts.writer, finished)
        stack.callback(parts.floor_service.close)
        await server.start(floor_socket, tls)
        site = _web_site(stack, parts, authentication, options.board, floor_port)
        await stack.enter_async_context(pages_served(site, http_socket, limits, options.encryption))
        yield RunningHub(
            http,
            _url("ws", options, floor_port),
            finished,
            parts.register,
            authentication,
            parts.clock,
            parts.floor_service,
        )


def _admission(hub: Hub, authentication: Authentication) -> tuple[Clients, ConnectionLimits]:
    """Admission control of both listeners; an address that one of them knows is known to the other."""
    known, share = KnownKeys(KNOWN_ADDRESSES), share_of_places()
    clients = Clients(known, hub.proxies, share)
    recognise = authentication.browsers.recognise
    of_address = hub.connections_per_address
    return clients, ConnectionLimits(of_address, hub.proxies, share, known, recognise)


def _bind(stack: AsyncExitStack, host: str, port: int) -> socket:
    listener = listen(host, port)
    stack.callback(listener.close)
    return listener


def _restore(
    stack: AsyncExitStack, opened: OpenedJournal, installation: Installation, plan: FloorPlan
) -> _HubParts:
    """Fold the floor out of the journal, and connect writer, feed and register."""
    loop = asyncio.get_running_loop()
    readers = stack.enter_context(ThreadPoolExecutor(_READERS, "hub-reader"))
    register, clock = Register(opened.engine), opened.clock

    def deliver(outcome: CommandOutcome) -> None:
        loop.call_soon_threadsafe(floor_service.deliver, outcome)

    tallies = Tallies()
    decider = floors(plan, fresh_id, tallies)
    writer = FloorWriter(opened.journal, decider, clock, deliver, tallies)
    restored = writer.restore()
    feed = starting_feed(secrets.token_hex(8), restored.puts, put_on_wires)
    presence = Presence(clock, devices_with_printer(installation))
    sources = FloorSources(writer, register, readers, presence, clock, clock.report, opened.loss)
    floor_service: FloorService[Client] = FloorService(sources, feed, restored.standing)
    return _HubParts(installation, plan, opened, register, writer, floor_service, readers)


async def _stop_writer(writer: FloorWriter[TicketPlace], finished: "asyncio.Future[None]") -> None:
    """Let the writer finish what it accepted; raises the exception that broke it, if one did."""
    await asyncio.to_thread(writer.stop)
    await finished


@asynccontextmanager
async def _authentication(parts: _HubParts) -> AsyncIterator[Authentication]:
    accounts = Accounts(parts.engine, roster_of(parts.installation))
    pending, devices = PendingEnrolments(fresh_code), devices_of(parts.installation)
    with account_threads(parts.readers) as threads:
        try:
            authentication = Authentication(accounts, devices, pending, threads, parts.clock)
            await authentication.refresh()
        except SQLAlchemyError as problem:
            raise unusable(parts.engine.url.render_as_string(), problem) from problem
        watch = AuditWatch(accounts, parts.clock, parts.opened.mark_dir, parts.readers)
        async with authentication.kept_fresh(), watch.kept_up():
            yield authentication


def _web_site(
    stack: AsyncExitStack,
    parts: _HubParts,
    authentication: Authentication,
    board: BoardPages | None,
    floor_port: int,
) -> WebSite:
    """The web application's parts: the API and the console, each with worker threads of its own."""
    pushes = stack.enter_context(ThreadPoolExecutor(1, "hub-dossiers"))
    workers = stack.enter_context(ThreadPoolExecutor(_READERS, "hub-console"))
    reports = ReportCache(parts.engine.url.render_as_string(hide_password=False), parts.plan)
    return WebSite(
        floor_service=parts.floor_service,
        tickets=pages_of(parts.installation),
        board=board,
        floor_port=floor_port,
        api=DeferredApp(partial(_api, parts, reports, BoundedExecutor(pushes, _MOST_PUSHES))),
        console=DeferredApp(partial(_console, parts, reports, authentication, workers)),
        devices=authentication.devices,
        names=own_names(parts.installation.hub),
    )


def _api(parts: _HubParts, reports: ReportCache, pushes: BoundedExecutor) -> ASGIApp:
    """The open API, imported with its first request."""
    from hub.web.api.dossiers import DossierService
    from hub.web.api.keys import keys_of
    from hub.web.api.routes import ApiSources, api_app

    dossiers, keys = DossierService(parts.register, pushes), keys_of(parts.installation)
    return api_app(ApiSources(parts.floor_service, keys, reports, parts.plan, dossiers))


def _console(
    parts: _HubParts, reports: ReportCache, authentication: Authentication, workers: Executor
) -> ASGIApp:
    """The console, imported and its templates compiled with its first request."""
    from hub.web.console.app import console_app
    from hub.web.console.sources import ConsoleSources

    return console_app(
        ConsoleSources(
            parts.installation,
            parts.plan,
            parts.floor_service,
            reports,
            authentication,
            workers,
            parts.clock,
        )
    )


def _url(scheme: str, options: HubOptions, port: int) -> str:
    """The URL of a listener: `scheme` with an s over TLS, an IPv6 host in brackets."""
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"{scheme}{'s' if options.encryption else ''}://{host}:{port}"
