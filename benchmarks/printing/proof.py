"""The bench `proof`: is every report of a printer true, and does a kill lose nothing?"""

import logging
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.figures import Bar, Figure, Sheet, percentile
from benchmarks.place import Place
from benchmarks.printing.faults import FAULTS, PHASES, run_matrix, simulated
from benchmarks.printing.kills import Toll, kill_side_by_side
from benchmarks.printing.kiosk_kills import kill_kiosk_often
from config.model.devices import EscposPrinter as Settings
from config.model.devices import SerialPort
from drivers.escpos.printer import EscposPrinter
from drivers.protocols import Health, PrintOutcome
from drivers.simulators.printer.control import tell
from drivers.transports.serial import SerialTransport

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
    "status on serial: median": Bar(at_most=6 * ANSWERS_IN_MS),
}


async def measure(place: Place) -> tuple[Figure, ...]:
    """The time of a status, the matrix of faults, and the kills."""
    logging.getLogger("device").setLevel(logging.CRITICAL)
    sheet = Sheet("proof", BARS)
    place.say("a status query on serial")
    times = status_ms(place.folder / "status")
    sheet.note("status on serial: median", median(times), "ms", ANSWERS_IN_MS)
    sheet.note("status on serial: p99", percentile(times, 0.99), "ms", ANSWERS_IN_MS)
    place.say(f"{len(FAULTS)} faults at {len(PHASES)} phases, {TIMES} times each")
    verdicts = run_matrix(place.folder / "faults", TIMES)
    true = sum(verdict.is_true for verdict in verdicts)
    for verdict in verdicts:
        if not verdict.is_true:
            place.say(f"not true: {verdict}")
    sheet.note("faults: cases", len(verdicts), "cases")
    told = Counter(verdict.outcomes[-1] for verdict in verdicts if verdict.outcomes)
    for outcome in PrintOutcome:
        sheet.note(f"faults: reported {outcome}", told[outcome], "cases")
    sheet.note("faults: reports that are true", 100 * true / len(verdicts), "%")
    sheet.note("faults: numbers on paper twice", sum(v.pieces > 1 for v in verdicts), "cases")
    place.say(f"kill -9 of a program that prints, {KILLS} times")
    _note(sheet, "kills", kill_side_by_side(place.folder / "kills", KILLS, STANDS))
    place.say(f"kill -9 of the kiosk while it prints, {KILLS} times")
    _note(sheet, "kiosk kills", await kill_kiosk_often(place.folder / "kiosk", KILLS, STANDS))
    return sheet.figures()


def _note(sheet: Sheet, name: str, toll: Toll) -> None:
    sheet.note(f"{name}: tickets", toll.tickets, "tickets")
    sheet.note(f"{name}: reported unknown", toll.unknown, "tickets")
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
