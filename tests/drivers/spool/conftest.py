"""A spool over a real driver on a real wire to a simulated printer, and somebody who listens."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from config.model.devices import EscposPrinter as Settings
from config.model.devices import TcpPort
from drivers.escpos.printer import EscposPrinter
from drivers.protocols import DeviceStatus
from drivers.simulators.printer.ports.serving import Setup, serve_tcp
from drivers.slip import Align, Slip, Text
from drivers.spool.jobs import Job
from drivers.spool.roll import Roll
from drivers.spool.spool import Circumstances, Spool
from drivers.spool.store import SpoolStore
from drivers.transports.tcp import TcpTransport


def mark(times: int) -> Text:
    return Text(f"IN LẠI lần {times}", Align.CENTRE)


class Told:
    """Hears what the spool tells, and waits for it."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.statuses: list[DeviceStatus] = []
        self._changed = threading.Condition()

    def printer_changed(self, status: DeviceStatus) -> None:
        with self._changed:
            self.statuses.append(status)
            self._changed.notify_all()

    def job_settled(self, job: Job) -> None:
        with self._changed:
            self.jobs.append(job)
            self._changed.notify_all()

    def wait(self, condition: Callable[["Told"], object], seconds: float = 10.0) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self), seconds), (
                self.jobs,
                self.statuses,
            )

    def outcomes(self) -> list[tuple[str, str, str]]:
        return [(job.id, job.state.value, job.reason) for job in self.jobs]


class Paper:
    """A simulated printer: its faults and its slips."""

    def __init__(self, out: Path, port: int) -> None:
        self.out = out
        self.port = port

    def set_faults(self, *faults: str) -> None:
        fresh = self.out / "fault.new"
        fresh.write_text("\n".join(faults))
        fresh.replace(self.out / "fault")

    def lines(self) -> list[list[str]]:
        return [json.loads(path.read_text())["lines"] for path in sorted(self.out.glob("*.json"))]

    def wait_for(self, count: int, seconds: float = 20.0) -> list[list[str]]:
        end = time.monotonic() + seconds
        while len(self.lines()) < count and time.monotonic() < end:
            threading.Event().wait(0.01)
        return self.lines()

    def driver(self, patience: float = 0.5, *, keeps_buffer: bool | None = None) -> EscposPrinter:
        settings = Settings(
            kind="escpos",
            port=TcpPort(wire="tcp", host="127.0.0.1", port=self.port),
            text="tcvn3",
            keeps_buffer=keeps_buffer,
        )
        wire = TcpTransport("127.0.0.1", self.port, device="p")
        return EscposPrinter(wire, settings, "p", patience=patience)


@pytest.fixture
def paper(tmp_path) -> Iterator[Paper]:
    stop, ready = threading.Event(), threading.Event()
    port: list[int] = []
    out = tmp_path / "paper"

    def on_ready(number: int) -> None:
        port.append(number)
        ready.set()

    thread = threading.Thread(target=serve_tcp, args=("127.0.0.1", 0, Setup(out), on_ready, stop))
    thread.start()
    assert ready.wait(5)
    yield Paper(out, port[0])
    stop.set()
    thread.join(5)


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "kiosk-1.spool"


@pytest.fixture
def store(file) -> Iterator[SpoolStore]:
    kept = SpoolStore(file)
    yield kept
    kept.close()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def start(file, paper, told) -> Iterator[Callable[..., Spool]]:
    with ExitStack() as spools:

        def begin(open_printer=None, clock=time.time, roll_mm=80_000, listener=None) -> Spool:
            spool = Spool(
                "p",
                SpoolStore(file),
                open_printer or paper.driver,
                listener or told,
                Circumstances(Roll(roll_mm), mark, clock),
            )
            spools.callback(spool.close)
            return spool

        yield begin


@pytest.fixture
def slip() -> Callable[[str], Slip]:
    return lambda number: Slip(f"ticket-{number}", (Text(number, Align.CENTRE, scale=4),))
