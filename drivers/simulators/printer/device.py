"""Simulated printer without its wire: bytes in, answers and slips out; sensors follow the faults. Pure.

Time comes in as seconds that have passed. A printer without a speed prints its buffer immediately.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import assert_never

from drivers.simulators.printer.faults import AT_A_DOT, Fault, read_faults
from drivers.simulators.printer.intake import Intake
from drivers.simulators.printer.interpreter.graphics_store import GraphicsStore
from drivers.simulators.printer.interpreter.interpreter import Interpreter
from drivers.simulators.printer.interpreter.operations import (
    Answer,
    AnswerIdentity,
    AnswerPaper,
    CutPaper,
    Immediate,
    ReportChanges,
)
from drivers.simulators.printer.interpreter.settings import Firmware
from drivers.simulators.printer.mechanics.feed import PaperFeed
from drivers.simulators.printer.mechanics.paper import PRINT_DOTS, Paper, PaperSlip, Strip
from drivers.simulators.printer.mechanics.roll import PaperRoll
from drivers.simulators.printer.sensors import Reporter, Sensors

_MOST_NOISE = 1000


@dataclass(frozen=True, slots=True)
class Make:
    """How a printer is built and loaded: speed of the head (mm/s, 0 for instant), its firmware, its roll in mm (None: endless)."""

    speed_mm: int = 0
    firmware: Firmware = field(default_factory=Firmware)
    roll_mm: int | None = None
    near_end_mm: int = 3000


class SimulatedPrinter:
    """One printer from its switching on; `slips` fills as paper is cut."""

    def __init__(
        self, width_mm: int, faults: Collection[str] = (), make: Make | None = None
    ) -> None:
        self._width_mm = width_mm
        self._make = make or Make()
        self._graphics = GraphicsStore()
        self.roll = PaperRoll(self._make.roll_mm, self._make.near_end_mm)
        self.paper = Paper(width_mm)
        self.slips: list[PaperSlip] = []
        self.faults: dict[Fault, int] = {}
        self.feed = PaperFeed(self.paper, self.roll, self._make.speed_mm)
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
        )

    def receive(self, data: bytes) -> bytes:
        """Take at most `room` bytes (the free receive buffer) and return the answers to them."""
        if not self.is_on:
            return b""
        answers = b"".join(map(self._obey, self.intake.receive(data)))
        return self._say(answers)

    def pass_time(self, seconds: float) -> bytes:
        """Let the head move on; return what the printer sends meanwhile."""
        if not self.is_busy:
            self.feed.pace.seconds = 0.0
            return b""
        self.feed.pace.wait(seconds)
        return self._say()

    def change(self, faults: Collection[str]) -> bytes:
        """Replace all faults by these; return what the printer sends on the change."""
        self.faults.clear()
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
        if fault is Fault.COVER_OPEN and Fault.CUTTER not in self.faults:
            self._jammed = False
        return self._say()

    def _switch_on(self) -> None:
        self._graphics.lose_power()
        interpreter = Interpreter(PRINT_DOTS[self._width_mm], self._make.firmware, self._graphics)
        self.intake = Intake(interpreter, self.paper)
        self._reporter = Reporter()
        self._jammed = False

    def _add(self, faults: dict[Fault, int]) -> None:
        for fault, number in faults.items():
            if fault in AT_A_DOT:
                self.feed.script.arm(self.feed.dots + number, fault)
            elif fault is Fault.POWER_CYCLE:
                self._switch_on()
                self.power_cycles += 1
            else:
                self.faults[fault] = number
        if Fault.SILENT in faults:
            self._switch_on()

    def _obey(self, request: bytes) -> bytes:
        kind = request[2]
        if request[1] == 0x04:
            return bytes((self.sensors.real_time(kind),))
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
            if not isinstance(work, Strip):
                answers += self._carry_out(work)
                continue
            has_moved, due = self.feed.move(work)
            if not work.left:
                self.intake.finish()
            self._add(dict.fromkeys(due, 0))
            if not has_moved:
                break
        return answers

    def _carry_out(self, operation: Immediate) -> bytes:
        if isinstance(operation, CutPaper) and Fault.CUTTER in self.faults:
            self._jammed = True
            return b""
        self.intake.finish()
        match operation:
            case CutPaper():
                self.slips.append(self.feed.cut())
            case Answer(data):
                return data
            case AnswerIdentity(identity):
                if Fault.NO_PROCESS_ID in self.faults:
                    return b""
                self.paper.facts.note(self.paper.facts.identities, identity.decode("latin-1"))
                wrong = Fault.WRONG_ID in self.faults
                return b"\x37\x22" + (_wrong(identity) if wrong else identity) + b"\x00"
            case AnswerPaper():
                return bytes((self.sensors.paper(),))
            case ReportChanges(bits):
                return self._reporter.switch(bits, self.sensors)
            case _:
                assert_never(operation)
        return b""


def _wrong(identity: bytes) -> bytes:
    return bytes(0x21 + (byte - 0x20) % 94 for byte in identity)


def _arrived(said: bytes, faults: dict[Fault, int]) -> bytes:
    """What arrives of an answer."""
    if said and Fault.RUBBISH in faults:
        return bytes(0x80 | byte for byte in said)
    if said and (count := min(faults.get(Fault.NOISE, 0), _MOST_NOISE)):
        noise = bytes(0x80 + 7 * place % 0x60 for place in range(count))
        return noise + said + noise
    return said
