"""The bench of a ticket behind a list of papers: when its first byte leaves, held against the time at which the list is out."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.place import BenchFailedError
from benchmarks.printing.faults import Told, slip_of
from benchmarks.printing.matrix import simulated
from config.model.devices import EscposPrinter as Settings
from drivers.escpos.commands import INITIALIZE
from drivers.escpos.encoder import height_dots, length_on
from drivers.escpos.printer import EscposPrinter
from drivers.protocols import PrintOutcome, Transport
from drivers.slip import Slip, Text
from drivers.spool.roll import DOTS_PER_MM, Roll
from drivers.spool.spool import Circumstances, Spool
from drivers.spool.store import SpoolStore
from drivers.transports.tcp import TcpTransport

SPEED_MM: Final = 100
_CUT_SECONDS: Final = 0.3
_PAPER: Final = (
    "[ ] The certificate of the right to use the land, as it was issued to its owner, and a copy"
)
_LONGEST_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True)
class Behind:
    """Seconds until the first byte of the list; from there until it is cut off, until the ticket begins, and those that its
    paper takes at the printer's speed, which a simulated printer on a busy machine does not keep.
    """

    list_begins: float
    list_is_out: float
    ticket_begins: float
    paper: float


class _Noting:
    """A wire that notes when each slip begins."""

    def __init__(self, wire: Transport, begins: Callable[[], None]) -> None:
        self._wire = wire
        self._begins = begins

    def read(self, size: int, deadline: float) -> bytes:
        """As the wire."""
        return self._wire.read(size, deadline)

    def write(self, data: bytes, deadline: float) -> int:
        """As the wire."""
        if INITIALIZE in data:
            self._begins()
        return self._wire.write(data, deadline)

    def close(self) -> None:
        """As the wire."""
        self._wire.close()


def longest_list(settings: Settings) -> Slip:
    """A list of papers as long as the settings of its printer allow."""
    most, paper = length_on(settings).most_dots, Text(_PAPER)
    return Slip("list-longest", (paper,) * (most // height_dots((paper,), settings)))


def ticket_behind_a_list(folder: Path, longest_mm: int, speed_mm: int = SPEED_MM) -> Behind:
    """Print the longest list in pictures, ask for a ticket when it has begun, and wait for both."""
    folder.mkdir(parents=True)
    began, told = list[float](), Told()
    first = threading.Event()

    def begins() -> None:
        began.append(time.time())
        first.set()

    with simulated(folder / "paper", "tcp", (), speed_mm) as port:
        settings = Settings.model_validate(
            {
                "kind": "escpos",
                "port": {"wire": "tcp", "host": "127.0.0.1", "port": port},
                "text": "raster",
                "longest_list_mm": longest_mm,
            }
        )

        def open_printer() -> EscposPrinter:
            wire = _Noting(TcpTransport("127.0.0.1", port, device="p"), begins)
            return EscposPrinter(wire, settings, "p")

        around = Circumstances(Roll(10**9), lambda times: Text(str(times)))
        spool = Spool("p", SpoolStore(folder / "jobs.spool"), open_printer, told, around)
        slip = longest_list(settings)
        asked = time.time()
        try:
            spool.submit(slip, can_wait=True)
            first.wait(_LONGEST_SECONDS)
            spool.submit(slip_of("A1042"), "A1042")
            told.wait(2, _LONGEST_SECONDS)
        finally:
            spool.close()
    if [job.outcome for job in told.jobs] != [PrintOutcome.PRINTED] * 2 or len(began) != 2:
        raise BenchFailedError(f"list and ticket were not printed: {told.jobs}")
    out = (folder / "paper" / "slip-0001.json").stat().st_mtime
    paper = height_dots(slip.blocks, settings) / DOTS_PER_MM / speed_mm + _CUT_SECONDS
    return Behind(began[0] - asked, out - began[0], began[1] - began[0], paper)
