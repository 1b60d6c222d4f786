"""Matrix of printing: every fault over every wire, and two slips after it: is any number on a paper that is not its own?

The first ticket meets the fault, a person mends what a person can, and two more are printed. Counted are pieces of paper
with two numbers, reports that the paper does not bear out, and slips after the fault that never come whole.
"""

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final, assert_never

from benchmarks.printing.faults import FaultyWire, Told
from benchmarks.printing.pieces import Reader
from benchmarks.printing.scenarios import NUMBERS, TRAITS, PaperVerdict, Scenario, Texts, Wire
from benchmarks.printing.ticket import ticket_of
from config.model.devices import CupsQueue, SerialPort, TcpPort
from config.model.devices import EscposPrinter as Settings
from drivers.escpos.printer import EscposPrinter
from drivers.protocols import PrintOutcome, Transport
from drivers.simulators.printer.control import tell
from drivers.simulators.printer.device import Make
from drivers.simulators.printer.ports.serving import Setup, WireState, serve_pty, serve_tcp
from drivers.slip import Text
from drivers.spool.orders import RESUME, Order
from drivers.spool.roll import Roll
from drivers.spool.spool import Circumstances, Spool
from drivers.spool.store import SpoolStore
from drivers.transports.serial import SerialTransport
from drivers.transports.tcp import TcpTransport

BAUD: Final = 115_200
SPEED_MM: Final = 250

_AT: Final = ("-at:", "rst-after")

_PATIENCE: Final = 1.0
_TROUBLE_SECONDS: Final = 2.0
_SETTLE_SECONDS: Final = 30.0
_LATE_SECONDS: Final = 1.5
_AGAIN_SECONDS: Final = 0.2
_TAKING_SECONDS: Final = 0.3


class QueueWire:
    """A raw queue of CUPS, stood in for: each write is a job that a worker carries to the printer's port, in order."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._jobs: queue.Queue[bytes | None] = queue.Queue()
        self._given_up = threading.Event()
        self._worker = threading.Thread(target=self._carry, daemon=True)
        self._worker.start()

    def read(self, _size: int, _deadline: float) -> bytes:
        """Nothing comes back."""
        return b""

    def write(self, data: bytes, _deadline: float) -> int:
        """Take a job."""
        self._jobs.put(data)
        return len(data)

    def close(self) -> None:
        """End behind the last job."""
        self._jobs.put(None)
        self._worker.join(10)
        self._given_up.set()

    def _carry(self) -> None:
        while (job := self._jobs.get()) is not None:
            while not self._is_carried(job) and not self._given_up.wait(_AGAIN_SECONDS):
                pass

    def _is_carried(self, job: bytes) -> bool:
        """Carry it whole; a job of which the printer let go is carried again from its beginning, as CUPS does."""
        try:
            with socket.create_connection(("127.0.0.1", self._port), 10) as wire:
                wire.sendall(job)
                wire.shutdown(socket.SHUT_WR)
                while wire.recv(4096):
                    pass
        except OSError:
            return False
        return True


Port = TcpPort | SerialPort | CupsQueue


@contextlib.contextmanager
def simulated(out: Path, wire: Wire, traits: Sequence[str], speed: int) -> Iterator[Any]:
    """A simulated printer while the context lasts; where it listens."""
    ready: list[Any] = []
    stop, is_ready = threading.Event(), threading.Event()

    def on_ready(where: object) -> None:
        ready.append(where)
        is_ready.set()

    line = WireState(BAUD if speed else 0, "rtscts" if wire == "handshake" else "none")
    setup = Setup(out, traits, make=Make(speed), line=line)
    serve: Callable[..., None] = (
        partial(serve_tcp, "127.0.0.1", 0)
        if wire in {"tcp", "cups"}
        else partial(serve_pty, out.parent / "port")
    )
    thread = threading.Thread(target=serve, args=(setup, on_ready, stop), daemon=True)
    thread.start()
    if not is_ready.wait(10):
        raise TimeoutError("the simulated printer did not start")
    try:
        yield ready[0]
    finally:
        stop.set()
        thread.join(10)


def settings_of(wire: Wire, where: Any, text: Texts, more: Mapping[str, object]) -> Settings:
    """The configuration of a printer."""
    port: Port
    match wire:
        case "tcp":
            port = TcpPort(wire="tcp", host="127.0.0.1", port=where)
        case "cups":
            port = CupsQueue(wire="cups", queue="ticket")
        case "bare":
            port = SerialPort(wire="serial", path=str(where), baud=BAUD, handshake="none")
        case "handshake":
            port = SerialPort(wire="serial", path=str(where), baud=BAUD, handshake="rtscts")
        case _:
            assert_never(wire)
    known = {name: value for name, value in more.items() if name in Settings.model_fields}
    return Settings.model_validate({"kind": "escpos", "port": port, "text": text} | known)


def opened(settings: Settings, where: Any) -> Transport:
    """The wire to it."""
    port = settings.port
    if isinstance(port, TcpPort):
        return TcpTransport(port.host, port.port, device="p")
    if isinstance(port, SerialPort):
        return SerialTransport(port.path, port.baud, port.handshake, device="p")
    return QueueWire(where)


def run(scenario: Scenario, folder: Path) -> PaperVerdict:
    """Print three tickets, the first into the fault, and read the paper."""
    folder.mkdir(parents=True)
    out, told = folder / "paper", Told()
    more = TRAITS.get(scenario.traits, {})
    slips = {number: ticket_of(number) for number in NUMBERS}
    with simulated(out, scenario.wire, scenario.traits, SPEED_MM) as where:
        settings = settings_of(scenario.wire, where, scenario.text, more)
        happen = _once(out, scenario.event)
        if any(word in scenario.event for word in _AT):
            happen()
        store = SpoolStore(folder / "jobs.spool")
        around = Circumstances(Roll(50_000), lambda times: Text(f"IN LAI {times}"))

        def open_printer() -> EscposPrinter:
            wire = FaultyWire(opened(settings, where), "middle", happen)
            return EscposPrinter(wire, settings, "p", patience=_PATIENCE)

        with _citizen(out):
            spool = Spool("p", store, open_printer, told, around)
            try:
                spool.submit(slips[NUMBERS[0]], NUMBERS[0])
                _settled(told, 1, _TROUBLE_SECONDS)
                if scenario.is_blind:
                    # The outcome is there as soon as the bytes left: what is to happen has not happened yet.
                    _until_quiet(out)
                tell(out, "heal")
                store.orders.add(Order(RESUME))
                for number in NUMBERS[1:]:
                    spool.submit(slips[number], number)
                _settled(told, len(NUMBERS), _SETTLE_SECONDS)
                _until_quiet(out)
                if PrintOutcome.UNKNOWN in _outcomes(told).values() and not scenario.is_blind:
                    told.wait(len(told.jobs) + 1, _LATE_SECONDS)
            finally:
                spool.close(15.0)
            _until_quiet(out)
    pieces = Reader(slips, settings, scenario.traits).read(out)
    return PaperVerdict(scenario, _outcomes(told), pieces)


def _once(out: Path, event: str) -> Callable[[], None]:
    """Bring the event about, and not again on a wire that is opened again."""
    happened = threading.Event()

    def happen() -> None:
        if event and not happened.is_set():
            happened.set()
            tell(out, f"fault {event}")

    return happen


@contextlib.contextmanager
def _citizen(out: Path) -> Iterator[None]:
    """Somebody who takes what hangs in the slot, soon."""
    gone = threading.Event()

    def take() -> None:
        while not gone.wait(_TAKING_SECONDS):
            with contextlib.suppress(OSError):
                tell(out, "ticket take")

    hand = threading.Thread(target=take, daemon=True)
    hand.start()
    try:
        yield
    finally:
        gone.set()
        hand.join(5)


def _outcomes(told: Told) -> dict[str, str]:
    return {job.label: job.outcome.value for job in list(told.jobs)}


def _settled(told: Told, count: int, seconds: float) -> bool:
    """Whether so many different tickets have an outcome before the timeout."""
    end = time.monotonic() + seconds
    while len(_outcomes(told)) < count:
        left = end - time.monotonic()
        if left <= 0 or not told.wait(len(told.jobs) + 1, left):
            return len(_outcomes(told)) >= count
    return True


def _until_quiet(out: Path) -> None:
    """Wait until the printer does nothing any more for a while."""
    end, quiet = time.monotonic() + _SETTLE_SECONDS, 0
    while time.monotonic() < end and quiet < 4:
        now = tell(out, "state")
        quiet = 0 if now["busy"] and not now["stopped"] else quiet + 1
        time.sleep(0.1)


def run_all(folder: Path, wanted: Sequence[Scenario], at_once: int = 8) -> list[PaperVerdict]:
    """The verdicts; several printers at once, for they wait most of the time."""
    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(lambda at: run(at[1], folder / f"{at[0]:04d}"), enumerate(wanted)))


def undisturbed(folder: Path, traits: tuple[str, ...], wire: Wire, count: int) -> tuple[int, int]:
    """Print `count` tickets on a printer at ease; how many empty strips came out, and how many tickets are not whole alone."""
    folder.mkdir(parents=True)
    out, told = folder / "paper", Told()
    slips = {f"C{number:03d}": ticket_of(f"C{number:03d}") for number in range(count)}
    with simulated(out, wire, traits, 0) as where:
        settings = settings_of(wire, where, "tcvn3", TRAITS.get(traits, {}))
        around = Circumstances(Roll(10**9), lambda times: Text(f"IN LAI {times}"))

        def open_printer() -> EscposPrinter:
            return EscposPrinter(opened(settings, where), settings, "p", patience=_PATIENCE)

        with _citizen(out):
            spool = Spool("p", SpoolStore(folder / "jobs.spool"), open_printer, told, around)
            try:
                for number, slip in slips.items():
                    # The next ticket is wanted when the last is out: nobody prints a thousand at once.
                    spool.submit(slip, number)
                    if not _settled(told, len(_outcomes(told)) + 1, _SETTLE_SECONDS):
                        break
            finally:
                _until_quiet(out)
                spool.close(15.0)
    pieces = Reader(slips, settings, traits).read(out)
    alone = {number for piece in pieces if not piece.is_shared for number in piece.whole}
    return sum(piece.is_blank for piece in pieces), count - len(alone)
