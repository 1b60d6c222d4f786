"""From the finger to the wire: a hub, the flow of a kiosk and its spool, and a printer that notes when its bytes come."""

import asyncio
import gc
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks.devices import Kiosk as Client
from benchmarks.devices import kiosks
from benchmarks.hall import SERVICES, hub_running, write_hall
from benchmarks.place import BenchFailedError
from benchmarks.printing.ticket import printer
from config.catalogue.reading import open_catalogue
from config.loading import load
from config.model import Installation
from drivers.protocols import DeviceStatus, Health
from drivers.registry import open_printer
from drivers.slip import Rule
from drivers.spool.jobs import Job
from drivers.spool.roll import Roll
from drivers.spool.spool import Circumstances, Spool
from drivers.spool.store import SpoolStore
from hub.messages import TicketView
from kiosk.flow.events import Connected, FloorChanged, PrinterChanged, Tapped, TicketGiven
from kiosk.flow.intents import Print
from kiosk.flow.machine import KioskFlow
from kiosk.flow.reference import reference_of
from kiosk.flow.screens import Button
from kiosk.texts import LANGUAGES, load_texts

PRESSES: Final = 150
_WARM_UP: Final = 10
_PATIENCE_SECONDS: Final = 10.0
_ROLL_MM: Final = 1_000_000
_INITIALIZE: Final = b"\x1b@"
_STATUS: Final = re.compile(rb"\x10\x04([\x01-\x04])")
_PROCESS_ID: Final = re.compile(rb"\x1d\(H\x06\x0000(....)", re.DOTALL)
_FENCE: Final = b"\x1dr\x01"
_READY: Final = b"\x12"


class PromptPrinter:
    """A printer on a TCP port of this machine that answers at once and notes when each job begins."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self.begun: list[float] = []
        self.done = threading.Semaphore(0)

    def serve(self) -> None:
        """Attend one client after the other until the listener is closed."""
        while True:
            try:
                wire, _ = self._listener.accept()
            except OSError:
                return
            with wire, suppress(OSError):
                wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._attend(wire)

    def _attend(self, wire: socket.socket) -> None:
        job = b""
        while data := wire.recv(65_536):
            came = perf_counter()
            if not job and _INITIALIZE in data:
                self.begun.append(came)
            for _ in _STATUS.finditer(data):
                wire.sendall(_READY)
            job += _STATUS.sub(b"", data)
            if _FENCE in job:
                identity = _PROCESS_ID.search(job)
                proof = b"\x37\x22" + identity[1] + b"\x00" if identity else b""
                wire.sendall(proof + b"\x00")
                job = b""


class _Listener:
    """Callbacks of the spool: what became of each slip."""

    def __init__(self) -> None:
        self.settled: asyncio.Queue[Job] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()

    def printer_changed(self, status: DeviceStatus) -> None:
        """Callback without effect: the status of this printer is known."""

    def job_settled(self, job: Job) -> None:
        """Queue the job for the bench, from the thread of the spool."""
        self._loop.call_soon_threadsafe(self.settled.put_nowait, job)


async def press_to_first_byte(folder: Path) -> tuple[list[float], list[float]]:
    """Milliseconds from each press to the first byte of its ticket, and of them to the hub's answer."""
    hall = write_hall(folder)
    with prompt_printer() as (paper, port):
        installation = load(hall, {"kiosks[0].printer": printer("raster", port).model_dump()})
        async with hub_running(hall, folder / "press") as hub, kiosks(hub.floor, 1) as (client,):
            listener = _Listener()
            spool = _spool(installation, folder, listener)
            flow = _flow(installation)
            # As the kiosk's program does it, before its window opens.
            gc.collect()
            gc.freeze()
            try:
                return await _presses(flow, client, (spool, listener, paper))
            finally:
                gc.unfreeze()
                await asyncio.to_thread(spool.close)


async def _presses(
    flow: KioskFlow, client: Client, printing: tuple[Spool, _Listener, PromptPrinter]
) -> tuple[list[float], list[float]]:
    spool, listener, paper = printing
    whole, hub_alone = list[float](), list[float]()
    for _ in range(_WARM_UP + PRESSES):
        flow.handle(Tapped(Button.SERVICES))
        flow.handle(Tapped(Button.SERVICE, SERVICES[0]))
        pressed = perf_counter()
        flow.handle(Tapped(Button.CONFIRM))
        issued = await client.must("issue_ticket", services=[SERVICES[0]])
        answered = perf_counter()
        ticket = TicketView.model_validate(issued["ticket"])
        intents = flow.handle(
            TicketGiven(flow.state.attempts, ticket, issued["ahead"], issued["estimate_seconds"])
        )
        (slip,) = [intent.slip for intent in intents if isinstance(intent, Print)]
        spool.submit(slip)
        try:
            job = await asyncio.wait_for(listener.settled.get(), _PATIENCE_SECONDS)
        except TimeoutError:
            raise BenchFailedError("a slip did not come out") from None
        if job.outcome != "printed":
            raise BenchFailedError(f"a slip was {job.outcome}: {job.reason}")
        spool.acknowledge(job.id, job.outcome)
        whole.append((paper.begun[-1] - pressed) * 1e3)
        hub_alone.append((answered - pressed) * 1e3)
        flow.handle(Tapped(Button.DONE))
    return whole[_WARM_UP:], hub_alone[_WARM_UP:]


def _flow(installation: Installation) -> KioskFlow:
    """A kiosk that knows that hub and printer are well."""
    texts = {language: load_texts(language) for language in LANGUAGES}
    catalogue, _ = open_catalogue()
    flow = KioskFlow(reference_of(installation, installation.kiosks[0], catalogue, texts))
    flow.handle(Connected())
    flow.handle(FloorChanged(None, {}, {}))
    flow.handle(PrinterChanged(DeviceStatus(Health.READY)))
    return flow


def _spool(installation: Installation, folder: Path, listener: _Listener) -> Spool:
    settings = installation.kiosks[0].printer
    assert settings is not None
    return Spool(
        "kiosk-1-printer",
        SpoolStore(folder / "spool.db"),
        partial(open_printer, settings, "kiosk-1-printer"),
        listener,
        Circumstances(Roll(_ROLL_MM, has_sensor=True), lambda _: Rule()),
    )


@contextmanager
def prompt_printer() -> Iterator[tuple[PromptPrinter, int]]:
    """A printer that answers at once, and its port, while the context lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        paper = PromptPrinter(listener)
        thread = threading.Thread(target=paper.serve, daemon=True)
        thread.start()
        try:
            yield paper, listener.getsockname()[1]
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)
