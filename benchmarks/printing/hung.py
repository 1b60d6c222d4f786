"""How much later a healthy printer answers and prints while others hang: each with the thread of its own `Supervised`.

One of the others hangs within its driver. One answers that it is well, takes a slip, and is never heard of again.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

from benchmarks.place import BenchFailedError
from benchmarks.printing.faults import slip_of
from benchmarks.printing.press import prompt_printer
from benchmarks.printing.ticket import printer
from drivers.escpos.printer import EscposPrinter
from drivers.protocols import DeviceStatus, Health, PrintOutcome
from drivers.supervisor import Supervised
from drivers.transports.tcp import TcpTransport

ROUNDS: Final = 10
CALLS: Final = 60
_PATIENCE_SECONDS: Final = 10.0
_HANGS_SECONDS: Final = 60.0
_WELL: Final = b"\x12" * 4


@dataclass(slots=True)
class Times:
    """Milliseconds of each status and each print of the healthy printer."""

    status: list[float] = field(default_factory=list)
    print: list[float] = field(default_factory=list)


class Hung:
    """A printer with calls that do not come back before it is released."""

    def __init__(self, over: threading.Event) -> None:
        self._over = over

    def status(self) -> DeviceStatus:
        """Hang."""
        self._over.wait(_HANGS_SECONDS)
        return DeviceStatus(Health.UNKNOWN)

    def close(self) -> None:
        """Nothing is held."""


def healthy_ms(rounds: int = ROUNDS, calls: int = CALLS) -> tuple[Times, Times]:
    """The times of a healthy printer by itself and beside those that hang, in turn, so that both meet the same machine."""
    alone, beside = Times(), Times()
    with prompt_printer() as (_, port), closing(_supervised("well", port)) as well:
        _take(well, Times(), calls)  # warm up
        for _ in range(rounds):
            _take(well, alone, calls)
            with _hung_printers():
                _take(well, beside, calls)
    return alone, beside


def _take(well: Supervised[EscposPrinter], times: Times, calls: int) -> None:
    for _ in range(calls):
        begun = perf_counter()
        status = well.submit(lambda device: device.status()).result(_PATIENCE_SECONDS)
        between = perf_counter()
        done = well.submit(lambda device: device.print(slip_of("A1"))).result(_PATIENCE_SECONDS)
        times.status.append((between - begun) * 1e3)
        times.print.append((perf_counter() - between) * 1e3)
        if status.health is not Health.READY or done.outcome is not PrintOutcome.PRINTED:
            raise BenchFailedError(f"the healthy printer was not: {status}, {done}")


@contextmanager
def _hung_printers() -> Iterator[None]:
    over, hangs = threading.Event(), threading.Event()
    with ExitStack() as devices:
        stuck = devices.enter_context(socket.create_server(("127.0.0.1", 0)))
        thread = threading.Thread(
            target=_take_a_slip_and_hang, args=(stuck, hangs, over), daemon=True
        )
        thread.start()
        devices.callback(thread.join, _PATIENCE_SECONDS)
        devices.enter_context(closing(Supervised("hung", lambda: Hung(over))))
        wired = devices.enter_context(closing(_supervised("stuck", stuck.getsockname()[1])))
        devices.callback(over.set)
        wired.submit(lambda device: device.print(slip_of("A2")))
        if not hangs.wait(_PATIENCE_SECONDS):
            raise BenchFailedError("the printer that is to hang got no slip")
        yield


def _take_a_slip_and_hang(
    listener: socket.socket, hangs: threading.Event, over: threading.Event
) -> None:
    with suppress(OSError):
        wire, _ = listener.accept()
        with wire:
            for _ in range(2):  # the question of the supervisor, and that before the slip
                wire.recv(4096)
                wire.sendall(_WELL)
            wire.recv(4096)
            hangs.set()
            over.wait(_HANGS_SECONDS)


def _supervised(name: str, port: int) -> Supervised[EscposPrinter]:
    def opened() -> EscposPrinter:
        wire = TcpTransport("127.0.0.1", port, device=name)
        return EscposPrinter(wire, printer("tcvn3", port), name)

    return Supervised(name, opened, check_every=_HANGS_SECONDS)
