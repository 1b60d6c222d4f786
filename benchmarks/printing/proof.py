"""The bench `proof`: is every report of a printer true, does a kill lose nothing, and does a hung printer hold up nobody?"""

import logging
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from benchmarks.figures import Bar, Figure, Sheet, percentile
from benchmarks.place import Place
from benchmarks.printing.faults import FAULTS, PHASES, run_matrix, simulated, slip_of
from benchmarks.printing.kills import Toll, kill_often
from benchmarks.printing.kiosk_kills import kill_kiosk_often
from config.model.devices import EscposPrinter as Settings
from config.model.devices import SerialPort, TcpPort
from drivers.escpos.printer import EscposPrinter
from drivers.protocols import DeviceStatus, Health
from drivers.simulators.printer.control import tell
from drivers.supervisor import Supervised
from drivers.transports.serial import SerialTransport
from drivers.transports.tcp import TcpTransport

TIMES: Final = 20
KILLS: Final = 200
STANDS: Final = 4
ASKED: Final = 100
ANSWERS_IN_MS: Final = 10

BARS: Final[Mapping[str, Bar]] = {
    "faults: reports that are true": Bar(at_least=100),
    "faults: numbers on paper twice": Bar(at_most=0),
    "kills: tickets lost": Bar(at_most=0),
    "kills: on paper twice": Bar(at_most=0),
    "kills: reports that are wrong": Bar(at_most=0),
    "kiosk kills: tickets lost": Bar(at_most=0),
    "kiosk kills: on paper twice": Bar(at_most=0),
    "kiosk kills: reports that are wrong": Bar(at_most=0),
    "status on serial: p99": Bar(at_most=60),
    "delay by a hung printer: p99": Bar(at_most=5),
}


async def measure(place: Place) -> tuple[Figure, ...]:
    """The matrix of faults, the kills, and the two times."""
    logging.getLogger("device").setLevel(logging.CRITICAL)
    sheet = Sheet("proof", BARS)
    place.say("a status query on serial, and a neighbour that hangs")
    sheet.note("status on serial: p99", percentile(status_ms(place.folder / "status"), 0.99), "ms")
    alone = percentile(neighbour_ms(place.folder / "alone", hung=False), 0.99)
    beside = percentile(neighbour_ms(place.folder / "beside", hung=True), 0.99)
    sheet.note("delay by a hung printer: p99", max(0.0, beside - alone), "ms")
    place.say(f"{len(FAULTS)} faults at {len(PHASES)} phases, {TIMES} times each")
    verdicts = run_matrix(place.folder / "faults", TIMES)
    true = sum(verdict.is_true for verdict in verdicts)
    sheet.note("faults: cases", len(verdicts), "cases")
    sheet.note("faults: reports that are true", 100 * true / len(verdicts), "%")
    sheet.note("faults: numbers on paper twice", sum(v.pieces > 1 for v in verdicts), "cases")
    place.say(f"kill -9 of a program that prints, {KILLS} times")
    _note(sheet, "kills", kill_often(place.folder / "kills", KILLS))
    place.say(f"kill -9 of the kiosk while it prints, {KILLS} times")
    _note(sheet, "kiosk kills", await kill_kiosk_often(place.folder / "kiosk", KILLS, STANDS))
    return sheet.figures()


def _note(sheet: Sheet, name: str, toll: Toll) -> None:
    sheet.note(f"{name}: tickets", toll.tickets, "tickets")
    sheet.note(f"{name}: tickets lost", len(toll.lost), "tickets")
    sheet.note(f"{name}: on paper twice", len(toll.doubled), "tickets")
    sheet.note(f"{name}: reports that are wrong", len(toll.wrong), "tickets")


def status_ms(folder: Path, times: int = ASKED) -> list[float]:
    """How long each status of a printer on a serial line took that answers in `ANSWERS_IN_MS`."""
    folder.mkdir(parents=True)
    taken: list[float] = []
    with simulated(folder / "paper", "pty") as port:
        assert isinstance(port, SerialPort)
        tell(folder / "paper", f"fault late:{ANSWERS_IN_MS}")
        wire = SerialTransport(port.path, port.baud, "none", device="p")
        printer = EscposPrinter(wire, Settings(kind="escpos", port=port), "p")
        for _ in range(times):
            begun = time.perf_counter()
            status = printer.status()
            taken.append((time.perf_counter() - begun) * 1000)
            assert status.health is Health.READY, status
        printer.close()
    return taken


class Hung:
    """A printer whose calls do not come back before it is let go."""

    def __init__(self, over: threading.Event) -> None:
        self._over = over

    def status(self) -> DeviceStatus:
        """Hang."""
        self._over.wait(60)
        return DeviceStatus(Health.UNKNOWN)

    def close(self) -> None:
        """Nothing is held."""


class Neighbour:
    """A device that answers at once."""

    def status(self) -> DeviceStatus:
        """Well."""
        return DeviceStatus(Health.READY)

    def close(self) -> None:
        """Nothing is held."""


def neighbour_ms(folder: Path, *, hung: bool, times: int = 1000) -> list[float]:
    """How long a call to another device takes from its asking to its end, beside printers that hang or beside none.

    One hangs within its driver, one is a wire that takes a slip and never reads it.
    """
    folder.mkdir(parents=True)
    over = threading.Event()
    taken: list[float] = []
    with simulated(folder / "paper", "tcp") as port:
        assert isinstance(port, TcpPort)
        settings = Settings(kind="escpos", port=port, text="raster")
        troubled: list[Supervised[Hung] | Supervised[EscposPrinter]] = []
        if hung:
            troubled.append(Supervised("hung", lambda: Hung(over)))
            wired = Supervised(
                "wired",
                lambda: EscposPrinter(
                    TcpTransport(port.host, port.port, device="w"), settings, "w"
                ),
            )
            wired.submit(lambda printer: printer.status()).result(10)
            tell(folder / "paper", "fault accept-never-read")
            wired.submit(lambda printer: printer.print(slip_of("A1")))
            troubled.append(wired)
        neighbour = Supervised("neighbour", Neighbour)
        for _ in range(times):
            begun = time.perf_counter()
            neighbour.submit(lambda device: device.status()).result(10)
            taken.append((time.perf_counter() - begun) * 1000)
        over.set()
        neighbour.close()
        for device in troubled:
            device.close()
    return taken
