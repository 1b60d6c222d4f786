"""The simulated printer without its wire: bytes in, answers and slips out; sensors follow the faults. Pure.

Time comes in as seconds that have passed. A printer without a speed prints at once what is in its buffer.
"""

import re
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field

from drivers.simulators.printer.faults import AT_A_DOT, Fault, read_faults
from drivers.simulators.printer.interpreter.graphics_store import GraphicsStore
from drivers.simulators.printer.interpreter.interpreter import Interpreter
from drivers.simulators.printer.interpreter.operations import (
    Answer,
    AnswerIdentity,
    AnswerPaper,
    CutPaper,
    Operation,
    ReportChanges,
)
from drivers.simulators.printer.interpreter.settings import Firmware
from drivers.simulators.printer.mechanics.pace import Pace, Script
from drivers.simulators.printer.mechanics.paper import (
    HEAD_TO_CUTTER_DOTS,
    PRINT_DOTS,
    Paper,
    PaperSlip,
    Strip,
)
from drivers.simulators.printer.mechanics.roll import PaperRoll
from drivers.simulators.printer.sensors import Reporter, Sensors

BUFFER_BYTES = 4096

_REAL_TIME = re.compile(rb"\x10(?:\x04[\x01-\x04]|\x05[\x01\x02])")
_REQUEST_BYTES = 3
_PIECE = 128
_MOST_NOISE = 1000


@dataclass(frozen=True, slots=True)
class Make:
    """How a printer is built and loaded: mm/s of the head (0: at once), its firmware, its roll in mm (None: endless)."""

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
        self.dots = self.cuts = self.power_cycles = 0
        self._tail = b""
        self._script = Script()
        self._pace = Pace(self._make.speed_mm)
        self._switch_on()
        self._add(read_faults(faults))

    @property
    def room(self) -> int:
        """How many bytes the receive buffer can still take; a stopped printer fills up."""
        return BUFFER_BYTES - len(self._buffer)

    @property
    def is_busy(self) -> bool:
        """Tell whether time alone will make the head move on."""
        return bool(self._works or self._buffer) and not self.sensors.stopped and self.is_on

    @property
    def is_on(self) -> bool:
        """Tell whether the printer has power."""
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
        """Take at most `room` bytes and return what the printer says to them."""
        if not self.is_on:
            return b""
        said, seen, done, seen_to = b"", self._tail + data, 0, 0
        # A real-time request is obeyed wherever it stands, even within the data of another command, as printers do.
        for request in _REAL_TIME.finditer(seen):
            upto = max(0, request.end() - len(self._tail))
            self._buffer += data[done:upto]
            said, done = said + self._obey(request.group()), upto
            seen_to = request.end()
        self._buffer += data[done:]
        self._tail = seen[seen_to:][-(_REQUEST_BYTES - 1) :]
        return self._say(said)

    def pass_time(self, seconds: float) -> bytes:
        """Let the head move on; return what the printer says meanwhile."""
        if not self.is_busy:
            self._pace.seconds = 0.0
            return b""
        self._pace.wait(seconds)
        return self._say()

    def change(self, faults: Collection[str]) -> bytes:
        """Let these be the faults from now on and no others; return what the printer says to the change."""
        self.faults.clear()
        self._script.events.clear()
        self._jammed = False
        wanted = read_faults(faults)
        if self.roll.is_out:
            self.roll.renew()
        self._add(wanted)
        return self._say()

    def add(self, fault: str) -> bytes:
        """Let this fault come about beside the others."""
        self._add(read_faults([fault]))
        return self._say()

    def take_away(self, fault: Fault) -> bytes:
        """Let this fault be gone; what it stopped goes on. A jam waits for recovery, or for the cover opened and shut."""
        self.faults.pop(fault, None)
        self._script.disarm(fault)
        if fault is Fault.COVER_OPEN and Fault.CUTTER not in self.faults:
            self._jammed = False
        return self._say()

    def hang_up(self) -> None:
        """Forget a command that its sender left unfinished; whole commands wait for their turn."""
        if not self._buffer and not self._works:
            self._interpreter.forget_incomplete()
        self._tail = b""

    def tear_off(self) -> PaperSlip | None:
        """Take what is printed and not cut, pulled out beyond the cutter."""
        if self.paper.is_blank:
            return None
        self.paper.feed(HEAD_TO_CUTTER_DOTS)
        return self.paper.cut()

    def _switch_on(self) -> None:
        self._graphics.lose_power()
        self._interpreter = Interpreter(
            PRINT_DOTS[self._width_mm], self._make.firmware, self._graphics
        )
        self._works: deque[Strip | Operation] = deque()
        self._buffer = bytearray()
        self._tail = b""
        self._reporter = Reporter()
        self._jammed = False

    def _add(self, faults: dict[Fault, int]) -> None:
        for fault, number in faults.items():
            if fault in AT_A_DOT:
                self._script.arm(self.dots + number, fault)
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
            # DLE ENQ 1 tries the cut again, 2 gives up what the printer holds; neither frees the cutter.
            self._jammed = Fault.CUTTER in self.faults
            if kind == 2:
                self._buffer.clear()
                self._works.clear()
                self._interpreter.forget_incomplete()
        return b""

    def _say(self, said: bytes = b"") -> bytes:
        """Go on, and return what arrives of it all and of automatic status."""
        if not self.is_on:
            return b""
        said += self._work()
        if Fault.STALE_STATUS not in self.faults:
            said += self._reporter.news(self.sensors)
        return _arrived(said, self.faults)

    def _work(self) -> bytes:
        """Print what is there until something stops the printer or its time is used up."""
        said, slow = b"", self.faults.get(Fault.SLOW)
        self._pace.speed_mm = self._make.speed_mm if slow is None else max(1, slow)
        while self.is_on and not self.sensors.stopped and (self._works or self._understand()):
            work = self._works[0] if self._works else None
            if isinstance(work, Strip):
                if not self._move(work):
                    break
            elif work is not None:
                self._works.popleft()
                said += self._carry_out(work)
        return said

    def _understand(self) -> bool:
        """Understand the next command; False where more bytes must come."""
        operations = self._interpreter.next()
        while operations == []:
            operations = self._interpreter.next()
        if operations is None:
            if not self._buffer:
                return False
            self._interpreter.add(bytes(self._buffer[:_PIECE]))
            del self._buffer[:_PIECE]
            return True
        for operation in operations:
            if isinstance(
                operation, CutPaper | Answer | AnswerIdentity | AnswerPaper | ReportChanges
            ):
                self._works.append(operation)
            else:
                self._works.extend(self.paper.compose(operation))
        return True

    def _move(self, strip: Strip) -> bool:
        """Let rows of the strip pass the head as far as time, paper and scripted faults allow."""
        left = self.roll.left_dots
        dots = min(strip.left, self._pace.dots, self._script.dots_left(self.dots))
        dots = max(0, dots if left is None else min(dots, left))
        self.paper.move(strip, dots)
        self.roll.use(dots)
        self._pace.move(dots)
        self.dots += dots
        if not strip.left:
            self._works.popleft()
        due = self._script.due(self.dots)
        self._add(dict.fromkeys(due, 0))
        return dots > 0 or bool(due)

    def _carry_out(self, operation: Operation) -> bytes:
        match operation:
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
            case CutPaper() if Fault.CUTTER in self.faults:
                self._jammed = True
                self._works.appendleft(operation)
            case CutPaper():
                self._pace.cut()
                self.cuts += 1
                self.slips.append(self.paper.cut())
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
