"""Every scripted fault of the simulated printer at every phase of a job: is the reported outcome the true one?

The truth is on the simulated paper. PRINTED is true where the whole slip is on it, FAILED where nothing of it is, and
UNKNOWN where bytes left and it cannot be known. The number may stand on paper once.
"""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal

from config.model.devices import EscposPrinter as Settings
from config.model.devices import SerialPort, TcpPort
from drivers.errors import DeviceError
from drivers.escpos.commands import INITIALIZE
from drivers.escpos.printer import EscposPrinter
from drivers.protocols import DeviceStatus, PrintOutcome, Transport
from drivers.simulators.printer.control import tell
from drivers.simulators.printer.ports.serving import Setup, WireState, serve_pty, serve_tcp
from drivers.slip import Align, Columns, QrCode, Rule, Slip, Text
from drivers.spool.jobs import PATIENCE_SECONDS, Job
from drivers.spool.orders import RESUME, Order
from drivers.spool.roll import Roll
from drivers.spool.spool import Circumstances, Spool
from drivers.spool.store import SpoolStore
from drivers.transports.serial import SerialTransport
from drivers.transports.tcp import TcpTransport

Phase = Literal["before", "begin", "middle", "end"]
PHASES: Final[tuple[Phase, ...]] = ("before", "begin", "middle", "end")
FAULTS: Final = (
    "silent",
    "slow:40",
    "late:100",
    "near-end",
    "near-end-at:150",
    "paper-out",
    "out-at:150",
    "out-at:400",
    "cover-open",
    "cover-at:300",
    "cutter",
    "head-hot",
    "broken",
    "power-cycle",
    "power-cycle-at:200",
    "power-off-at:200",
    "rst-after:100",
    "accept-never-read",
    "second-client",
    "second-client:400",
    "no-process-id",
    "wrong-id",
    "stale-status",
    "noise:4",
    "rubbish",
    "usb-moves:300",
)
ON_A_NETWORK: Final = ("rst-", "second-client")
ON_A_LINE: Final = ("usb-moves",)

Wire = Literal["tcp", "pty", "paced"]
WIRES: Final[tuple[Wire, ...]] = ("tcp", "pty", "paced")
"""A network, a serial line that carries any amount at once, and one of `PACE_BAUD`."""

PACE_BAUD: Final = 19_200

NUMBER: Final = "A1042"
NEXT: Final = "B2077"
"""The slip after the fault."""
_PATIENCE: Final = 0.4
_TROUBLE_SECONDS: Final = 1.0
_SETTLE_SECONDS: Final = 20.0
_QUIET_SECONDS: Final = 0.3


@dataclass(frozen=True, slots=True)
class Case:
    """One fault at one phase over one wire; `healed` is whether a person comes before the job's time is over."""

    fault: str
    phase: Phase
    wire: Wire
    healed: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was reported from first to last, how many bytes left, what is on the paper, and whether they agree.

    The same for the slip behind it, once a person has mended the fault; `shared` counts papers with both numbers.
    """

    case: Case
    outcomes: tuple[str, ...]
    sent: int
    whole: int
    pieces: int
    next_outcomes: tuple[str, ...] = (PrintOutcome.PRINTED.value,)
    next_whole: int = 1
    shared: int = 0

    @property
    def is_true(self) -> bool:
        """Whether the last reports are what the paper shows, each number is there once at most and on a paper of its own."""
        if not self.outcomes or self.whole > 1 or self.pieces > 1 or self.shared:
            return False
        last = self.outcomes[-1]
        is_next_true = self.next_whole == 1 and self.next_outcomes[-1:] == ("printed",)
        return (
            is_next_true
            and {
                PrintOutcome.PRINTED.value: self.whole == 1,
                PrintOutcome.FAILED.value: self.pieces == 0,
                PrintOutcome.UNKNOWN.value: self.sent > 0,
            }[last]
        )


class FaultyWire:
    """Brings the fault about when so much of the slip has gone over the wire."""

    def __init__(self, wire: Transport, phase: Phase, happen: Callable[[], None]) -> None:
        self._wire = wire
        self._phase = phase
        self._happen: Callable[[], None] | None = happen if phase != "before" else None

    def read(self, size: int, deadline: float) -> bytes:
        """As the wire."""
        return self._wire.read(size, deadline)

    def write(self, data: bytes, deadline: float) -> int:
        """As the wire, with the fault at its phase."""
        if INITIALIZE not in data or self._happen is None:
            return self._wire.write(data, deadline)
        happen, self._happen = self._happen, None
        at = {"begin": 0, "middle": len(data) // 2, "end": len(data)}[self._phase]
        sent = self._wire.write(data[:at], deadline) if at else 0
        happen()
        if sent < at:
            return sent
        try:
            return sent + (self._wire.write(data[at:], deadline) if at < len(data) else 0)
        except DeviceError:
            if not sent:
                raise
            return sent

    def close(self) -> None:
        """As the wire."""
        self._wire.close()


class Told:
    """Hears the outcomes of the spool."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self._changed = threading.Condition()

    def printer_changed(self, status: DeviceStatus) -> None:
        """Nothing is made of it."""

    def job_settled(self, job: Job) -> None:
        """Remember it."""
        with self._changed:
            self.jobs.append(job)
            self._changed.notify_all()

    def wait(self, count: int, seconds: float) -> bool:
        """Whether this many outcomes were reported before the timeout."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.jobs) >= count, seconds)


def slip_of(number: str) -> Slip:
    """A short ticket."""
    return Slip(
        f"ticket-{number}",
        (
            Text("TRUNG TAM PHUC VU HANH CHINH CONG", Align.CENTRE, bold=True),
            Text(number, Align.CENTRE, scale=4, bold=True),
            Rule(),
            Columns("08:15", "28/07/2025"),
            QrCode(f"https://mc.example.vn/t/{number}"),
            Text("HET", Align.CENTRE),
        ),
    )


@contextlib.contextmanager
def simulated(out: Path, wire: Wire) -> Iterator[TcpPort | SerialPort]:
    """A simulated printer while the context lasts."""
    ready: list[Any] = []
    stop, is_ready = threading.Event(), threading.Event()

    def on_ready(where: object) -> None:
        ready.append(where)
        is_ready.set()

    setup = Setup(out, line=WireState(PACE_BAUD, "none") if wire == "paced" else WireState())
    if wire == "tcp":
        serve: Callable[[], None] = lambda: serve_tcp("127.0.0.1", 0, setup, on_ready, stop)  # noqa: E731  # one name for two servers
    else:
        serve = lambda: serve_pty(out.parent / "port", setup, on_ready, stop)  # noqa: E731  # one name for two servers
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    if not is_ready.wait(10):
        raise TimeoutError("the simulated printer did not start")
    try:
        yield (
            TcpPort(wire="tcp", host="127.0.0.1", port=ready[0])
            if wire == "tcp"
            else SerialPort(
                wire="serial", path=str(ready[0]), baud=PACE_BAUD if wire == "paced" else 115_200
            )
        )
    finally:
        stop.set()
        thread.join(10)


def run_case(case: Case, folder: Path) -> Verdict:
    """Print one ticket into the fault, let a person mend it, and compare the reports with the paper."""
    folder.mkdir(parents=True)
    out, told = folder / "paper", Told()
    late, happened = threading.Event(), threading.Event()
    with simulated(out, case.wire) as port:

        def happen() -> None:
            # Once, and not again on a wire that is opened again: a slip that the fault sent back is tried in peace.
            if not happened.is_set():
                happened.set()
                tell(out, f"fault {case.fault}")

        def clock() -> float:
            return time.time() + (PATIENCE_SECONDS + 1 if late.is_set() else 0)

        if case.phase == "before":
            happen()
        store = SpoolStore(folder / "jobs.spool")
        around = Circumstances(Roll(50_000), lambda times: Text(f"IN LAI {times}"), clock)
        spool = Spool("p", store, partial(_open, port, case.phase, happen), told, around)
        try:
            _print_both(case, spool, store, told, late, out)
        finally:
            spool.close(15.0)
    return _verdict(case, told.jobs, _slips(out))


def _print_both(
    case: Case, spool: Spool, store: SpoolStore, told: Told, late: threading.Event, out: Path
) -> None:
    """The ticket with the fault, a person who mends it, and the next ticket."""
    spool.submit(slip_of(NUMBER), NUMBER)
    if not told.wait(1, _TROUBLE_SECONDS) and not case.healed:
        late.set()
        told.wait(1, _SETTLE_SECONDS)
    _mend(out, store)
    told.wait(1, _SETTLE_SECONDS)
    if told.jobs and told.jobs[-1].outcome is PrintOutcome.UNKNOWN:
        told.wait(2, 2.0)
    late.clear()
    before = len(told.jobs)
    spool.submit(slip_of(NEXT), NEXT)
    told.wait(before + 1, _SETTLE_SECONDS)
    _until_quiet(out)


def _verdict(case: Case, jobs: list[Job], slips: list[dict[str, Any]]) -> Verdict:
    first, following = ([job for job in jobs if job.label == name] for name in (NUMBER, NEXT))
    whole, pieces = _on_paper(slips, NUMBER)
    return Verdict(
        case,
        tuple(job.outcome.value for job in first),
        first[-1].bytes_sent if first else 0,
        whole,
        pieces,
        tuple(job.outcome.value for job in following),
        _on_paper(slips, NEXT)[0],
        sum({NUMBER, NEXT} <= set(slip["lines"]) for slip in slips),
    )


def _open(port: TcpPort | SerialPort, phase: Phase, happen: Callable[[], None]) -> EscposPrinter:
    """The driver on a wire on which the fault comes about."""
    wire: Transport = (
        TcpTransport(port.host, port.port, device="p")
        if isinstance(port, TcpPort)
        else SerialTransport(port.path, port.baud, "none", device="p")
    )
    settings = Settings(kind="escpos", port=port, text="tcvn3")
    return EscposPrinter(FaultyWire(wire, phase, happen), settings, "p", patience=_PATIENCE)


def _mend(out: Path, store: SpoolStore) -> None:
    """A person frees the cutter, loads paper, shuts the cover; the technician has a jammed printer go on."""
    tell(out, "heal")
    store.orders.add(Order(RESUME))


def _until_quiet(out: Path) -> None:
    """Wait until the printer does nothing any more."""
    end = time.monotonic() + _SETTLE_SECONDS
    while time.monotonic() < end and tell(out, "state")["busy"]:
        time.sleep(0.02)
    time.sleep(_QUIET_SECONDS)


def _slips(out: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(out.glob("slip-*.json"))]


def _on_paper(slips: list[dict[str, Any]], number: str) -> tuple[int, int]:
    """How many whole slips of the number there are, and how many slips show the number at all."""
    with_number = [slip for slip in slips if number in slip["lines"]]
    whole = [
        slip
        for slip in with_number
        if slip["lines"][-1] == "HET" and slip["qr"] == [f"https://mc.example.vn/t/{number}"]
    ]
    return len(whole), len(with_number)


def cases(times: int) -> Iterator[Case]:
    """Every fault at every phase, over its wires and with and without a person in turn."""
    for fault in FAULTS:
        for phase in PHASES:
            for turn in range(times):
                wires = wires_of(fault)
                yield Case(fault, phase, wires[turn % len(wires)], healed=turn % 4 < 2)


def wires_of(fault: str) -> tuple[Wire, ...]:
    """Where this fault can come about."""
    if fault.startswith(ON_A_NETWORK):
        return ("tcp",)
    return tuple(wire for wire in WIRES if wire != "tcp" or not fault.startswith(ON_A_LINE))


def run_matrix(folder: Path, times: int, at_once: int = 8) -> list[Verdict]:
    """The verdicts of all cases; several printers at once, for they wait most of the time."""

    def run(numbered: tuple[int, Case]) -> Verdict:
        number, case = numbered
        return run_case(case, folder / f"{number:05d}")

    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(run, enumerate(cases(times))))
