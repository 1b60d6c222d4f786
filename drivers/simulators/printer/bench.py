"""Bench around a simulated printer: clock, slips, fault file, control port, and the queue of delayed answers.

A file named `fault` in the folder of slips holds the names of the present faults, one per line; whenever its text
changes they replace all others. An empty file heals the printer; taken away, the faults of the start come back.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from PIL import Image

from drivers.simulators.printer.control import ControlPort
from drivers.simulators.printer.device import Make, SimulatedPrinter
from drivers.simulators.printer.faults import Fault, UnknownFaultError, read_faults
from drivers.simulators.printer.orders import OrderError, obey, state
from drivers.simulators.printer.slip_folder import SlipFolder

FAULT_FILE = "fault"

_MOST_UNSAID = 65_536
_SHOW_SECONDS = 0.1

_log = logging.getLogger("device.simulated-printer")

Handshake = Literal["none", "rtscts", "xonxoff"]


@dataclass(frozen=True, slots=True)
class WireState:
    """A serial line as the printer has it set: baud (0: as fast as the terminal carries) and handshake."""

    baud: int = 0
    handshake: Handshake = "rtscts"


@dataclass(frozen=True, slots=True)
class PrinterView:
    """What is seen beside the printer: the paper behind the last cut, the slip before it, and how it is."""

    paper: Image.Image
    last_slip: Image.Image | None
    state: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Setup:
    """How a simulated printer is equipped: the folder of its slips, what is wrong with it at first, its paper.

    `watch` is called by the printer's thread, ten times a second at most, when there is something new to be seen.
    """

    out: Path
    faults: Collection[str] = ()
    paper_mm: float = 80
    make: Make = field(default_factory=Make)
    line: WireState = field(default_factory=WireState)
    watch: "Callable[[PrinterView], None] | None" = None


class Bench:
    """One printer from start to stop; inside its context the control port takes orders."""

    def __init__(self, setup: Setup, clock: Callable[[], float] = time.monotonic) -> None:
        self._slips = SlipFolder(setup.out)
        self._fault_file = setup.out / FAULT_FILE
        self._first_faults = setup.faults
        self._said_in_file: str | None = None
        self._clock = clock
        self._then = clock()
        self._logged = set[str]()
        self._unsaid: deque[tuple[float, bytes]] = deque()
        self.printer = SimulatedPrinter(setup.paper_mm, setup.faults, setup.make)
        self._look_at_file()
        self._folder = setup.out
        self._watch = setup.watch
        self._last_slip: Image.Image | None = None
        self._shown: dict[str, Any] = {}
        self._shown_at = 0.0

    def __enter__(self) -> "Bench":
        self.control = ControlPort(self._folder, self._order)
        return self

    def __exit__(self, *_: object) -> None:
        self.control.close()
        if slip := self.printer.feed.tear_off():
            self._slips.keep(slip, cut=False)

    def look(self) -> None:
        """Let time pass and read the fault file."""
        now = self._clock()
        self._speak(self.printer.pass_time(now - self._then))
        self._then = now
        self._look_at_file()
        self._show(now)

    def receive(self, data: bytes) -> None:
        """Give bytes to the printer as far as it has room, the rest is lost; keep the slips that they make."""
        self._look_at_file()
        self._speak(self.printer.receive(data[: self.printer.intake.room]))

    def due(self, most: int) -> bytes:
        """Take up to `most` bytes of the answers that are due."""
        now, due = self._clock(), bytearray()
        while self._unsaid and self._unsaid[0][0] <= now and len(due) < most:
            at, data = self._unsaid.popleft()
            room = most - len(due)
            due += data[:room]
            if data[room:]:
                self._unsaid.appendleft((at, data[room:]))
        return bytes(due)

    @property
    def has_unsaid(self) -> bool:
        """Whether an answer waits in the queue for its time."""
        return bool(self._unsaid)

    def forget_unsaid(self) -> None:
        """Drop the answers: the client is gone."""
        self._unsaid.clear()

    def take(self, fault: Fault) -> int | None:
        """Take a one-time fault; its number, None if it is not set."""
        return self.printer.faults.pop(fault, None)

    def _speak(self, said: bytes) -> None:
        while self.printer.slips:
            slip = self.printer.slips.pop(0)
            self._last_slip = slip.image
            self._slips.keep(slip, cut=True)
        for command in self.printer.unknown.keys() - self._logged:
            self._logged.add(command)
            _log.warning("unknown command %s", command)
        if said and sum(len(data) for _, data in self._unsaid) < _MOST_UNSAID:
            late = self.printer.faults.get(Fault.LATE, 0) / 1000
            self._unsaid.append((self._clock() + late, said))

    def _show(self, now: float) -> None:
        if self._watch is None or now - self._shown_at < _SHOW_SECONDS:
            return
        now_seen = state(self.printer)
        if now_seen != self._shown:
            self._shown, self._shown_at = now_seen, now
            self._watch(PrinterView(self.printer.paper.picture(), self._last_slip, now_seen))

    def _order(self, order: str) -> dict[str, Any]:
        try:
            said = obey(self.printer, order)
        except OrderError:
            return {"ok": False, "problem": "unknown_order"}
        self._speak(said)
        return {"ok": True, **state(self.printer)}

    def _look_at_file(self) -> None:
        try:
            said = self._fault_file.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            if self._said_in_file is not None:
                self._said_in_file = None
                self._speak(self.printer.change(self._first_faults))
            return
        if said != self._said_in_file:
            self._said_in_file = said
            self._speak(self.printer.change(_known_among(said.split())))


def _known_among(names: list[str]) -> list[str]:
    known = []
    for name in names:
        try:
            read_faults([name])
        except UnknownFaultError:
            _log.warning("no such fault: %s; known faults: %s", name, ", ".join(Fault))
        else:
            known.append(name)
    return known
