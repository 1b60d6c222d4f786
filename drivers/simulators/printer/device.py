"""Simulated printer without its wire: bytes in, answers and slips out; sensors follow the faults. Pure.

Time comes in as seconds that have passed. A printer without a speed prints its buffer immediately.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from drivers.simulators.printer.execution import Executor
from drivers.simulators.printer.faults import AT_A_DOT, TRAITS, Fault, read_faults
from drivers.simulators.printer.intake import Intake
from drivers.simulators.printer.interpreter.graphics_store import GraphicsStore
from drivers.simulators.printer.interpreter.interpreter import Interpreter
from drivers.simulators.printer.interpreter.operations import CutPaper
from drivers.simulators.printer.interpreter.settings import LETTER_WIDTH, Firmware
from drivers.simulators.printer.mechanics.composing import Strip
from drivers.simulators.printer.mechanics.feed import PaperFeed
from drivers.simulators.printer.mechanics.paper import (
    DOTS_PER_MM,
    HEAD_TO_CUTTER_DOTS,
    PRINT_DOTS,
    Paper,
)
from drivers.simulators.printer.mechanics.roll import PaperRoll
from drivers.simulators.printer.mechanics.slot import Slot
from drivers.simulators.printer.sensors import Reporter, Sensors

_MOST_NOISE = 1000
_LEAST_DOTS, _LEAST_COLUMNS = 64, 8


@dataclass(frozen=True, slots=True)
class Make:
    """How a printer is built and loaded: speed of the head (mm/s, 0 for instant), its firmware, its roll in mm (None: endless)."""

    speed_mm: int = 0
    firmware: Firmware = field(default_factory=Firmware)
    roll_mm: int | None = None
    near_end_mm: int = 3000


class SimulatedPrinter:
    """One printer from its switching on; `slips` fills as paper is cut, `unknown` counts the commands that it does not know."""

    def __init__(
        self, width_mm: float, faults: Collection[str] = (), make: Make | None = None
    ) -> None:
        self._width_mm = width_mm
        self._make = make or Make()
        self._graphics = GraphicsStore()
        self.roll = PaperRoll(self._make.roll_mm, self._make.near_end_mm)
        self.paper = Paper(width_mm)
        self.slot = Slot()
        self.faults: dict[Fault, int] = {}
        self.feed = PaperFeed(self.paper, self.roll, self._make.speed_mm)
        self._executor = Executor(self.paper, self.feed, self.slot, self.faults)
        self.slips, self.unknown = self._executor.slips, self._executor.unknown
        self.power_cycles = 0
        self._switch_on()
        self._add(read_faults(faults))

    @property
    def is_busy(self) -> bool:
        """Whether the head will move on with time, without more bytes."""
        return not self.intake.is_empty and not self.sensors.stopped and self.is_on

    @property
    def is_on(self) -> bool:
        """Whether the printer has power."""
        return Fault.SILENT not in self.faults

    @property
    def sensors(self) -> Sensors:
        """What the printer knows of itself."""
        return Sensors(
            cover_open=Fault.COVER_OPEN in self.faults,
            paper_out=Fault.PAPER_OUT in self.faults or self.roll.is_out,
            near_end=Fault.PAPER_LOW in self.faults or self.roll.is_low,
            jammed=self._jammed,
            head_hot=Fault.HEAD_HOT in self.faults,
            broken=Fault.BROKEN in self.faults,
            stuck=self.slot.is_jammed,
            ticket=self.slot.has_ticket,
            tells_ticket=self.slot.has_sensor,
            has_presenter=self.slot.has_presenter,
        )

    def receive(self, data: bytes) -> bytes:
        """Take at most `room` bytes (the free receive buffer) and return the answers to them."""
        if not self.is_on:
            return b""
        answers = b"".join(map(self._obey, self.intake.receive(data)))
        return self._say(answers)

    def pass_time(self, seconds: float) -> bytes:
        """Let the head move on, and the time of a presented ticket; return what the printer sends meanwhile."""
        if self.is_on:
            self.slot.pass_time(seconds)
        if not self.is_busy:
            self.feed.pace.seconds = 0.0
            return self._say()
        self.feed.pace.wait(seconds)
        return self._say()

    def change(self, faults: Collection[str]) -> bytes:
        """Replace all faults by these, not the traits; return what the printer sends on the change."""
        for fault in self.faults.keys() - TRAITS:
            del self.faults[fault]
        self.feed.script.events.clear()
        self._jammed = False
        wanted = read_faults(faults)
        if self.roll.is_out:
            self.roll.renew()
        self._add(wanted)
        return self._say()

    def add(self, fault: str) -> bytes:
        """Add this fault to the others."""
        self._add(read_faults([fault]))
        return self._say()

    def take_away(self, fault: Fault) -> bytes:
        """Remove this fault; what it stopped goes on. A jam waits for recovery, or for the cover opened and shut."""
        self.faults.pop(fault, None)
        self.feed.script.disarm(fault)
        if fault in TRAITS:
            self._refit()
        if fault is Fault.COVER_OPEN and Fault.CUTTER not in self.faults:
            self._jammed = False
        return self._say()

    def _switch_on(self) -> None:
        self._graphics.lose_power()
        self.slot.lose_power()
        interpreter = Interpreter(PRINT_DOTS[self._width_mm], self._make.firmware, self._graphics)
        self.intake = Intake(interpreter, self.paper)
        self._reporter = Reporter()
        self._jammed = self._was_stopped = False
        self._refit()

    def _refit(self) -> None:
        """Give head, cutter, slot and firmware their traits."""
        traits, firmware = self.faults, self._make.firmware
        most = int(self._width_mm * DOTS_PER_MM)
        dots = traits.get(Fault.DOTS, PRINT_DOTS[self._width_mm])
        dots = min(max(dots, _LEAST_DOTS), most)
        columns = max(traits.get(Fault.COLUMNS, dots // LETTER_WIDTH), _LEAST_COLUMNS)
        letter = max(1, dots // columns) if Fault.COLUMNS in traits else LETTER_WIDTH
        self.paper.refit(dots, traits.get(Fault.CUTTER_AT, HEAD_TO_CUTTER_DOTS))
        self.slot.has_sensor = Fault.SLOT_SENSOR in traits
        self.slot.has_presenter = Fault.PRESENTER in traits
        firmware = replace(
            firmware,
            prints_unknown=Fault.UNKNOWN_AS_TEXT in traits,
            cuts_at_line_start=Fault.CUT_AT_LINE_START in traits,
            has_presenter=self.slot.has_presenter,
            rows_per_unit=0.5 if Fault.HALF_UNITS in traits else 1.0,
            letter_dots=letter,
        )
        self.intake.refit(columns * letter if Fault.COLUMNS in traits else dots, firmware)

    def _add(self, faults: dict[Fault, int]) -> None:
        for fault, number in faults.items():
            if fault in AT_A_DOT:
                self.feed.script.arm(self.feed.dots + number, fault)
            elif fault is Fault.POWER_CYCLE:
                self._switch_on()
                self.power_cycles += 1
            else:
                self.faults[fault] = number
        if TRAITS & faults.keys():
            self._refit()
        if Fault.SILENT in faults:
            self._switch_on()

    def _obey(self, request: bytes) -> bytes:
        kind = request[2]
        if request[1] == 0x04:
            return b"" if Fault.NO_STATUS in self.faults else self.sensors.real_time(kind)
        if self._jammed:
            # DLE ENQ 1 retries the cut, 2 clears the buffers; neither frees the cutter.
            self._jammed = Fault.CUTTER in self.faults
            if kind == 2:
                self.intake.clear()
        return b""

    def _say(self, said: bytes = b"") -> bytes:
        """Go on, and return what arrives of all answers and of automatic status."""
        if not self.is_on:
            return b""
        said += self._work()
        if Fault.STALE_STATUS not in self.faults:
            said += self._reporter.news(self.sensors)
        return _arrived(said, self.faults)

    def _work(self) -> bytes:
        """Print what is there until something stops the printer or its time is used up; return its answers."""
        answers, slow = b"", self.faults.get(Fault.SLOW)
        self.feed.pace.speed_mm = self._make.speed_mm if slow is None else max(1, slow)
        while self.is_on and not self.sensors.stopped and (work := self.intake.next()) is not None:
            if isinstance(work, CutPaper) and Fault.CUTTER in self.faults:
                self._jammed = True
                break
            if not isinstance(work, Strip):
                self.intake.finish()
                answers += self._executor.carry_out(work, self.sensors, self._reporter)
                continue
            has_moved, due = self.feed.move(work)
            if not work.left:
                self.intake.finish()
            self._add(dict.fromkeys(due, 0))
            if not has_moved:
                break
        self._lose_buffer()
        return answers

    def _lose_buffer(self) -> None:
        """Firmware of some clones forgets what it holds when paper or cover stop it, and goes on with what comes after."""
        stopped = self.sensors.paper_out or self.sensors.cover_open
        if stopped and not self._was_stopped and Fault.LOSES_BUFFER in self.faults:
            self.intake.lose(self.faults[Fault.LOSES_BUFFER])
        self._was_stopped = stopped


def _arrived(said: bytes, faults: dict[Fault, int]) -> bytes:
    """What arrives of an answer."""
    if Fault.ONE_WAY in faults:
        return b""
    if said and Fault.RUBBISH in faults:
        return bytes(0x80 | byte for byte in said)
    if said and (count := min(faults.get(Fault.NOISE, 0), _MOST_NOISE)):
        noise = bytes(0x80 + 7 * place % 0x60 for place in range(count))
        return noise + said + noise
    return said
