"""The simulated printer without its wire: bytes in, answers and slips out; sensors follow the faults. Pure."""

import re

from drivers.simulators.printer.faults import STOPPING, Fault
from drivers.simulators.printer.interpreter import Interpreter
from drivers.simulators.printer.operations import (
    Answer,
    AnswerPaper,
    Cut,
    Operation,
    ReportChanges,
)
from drivers.simulators.printer.paper import HEAD_TO_CUTTER_DOTS, PRINT_DOTS, Paper, PaperSlip

BUFFER_BYTES = 4096

_STATUS_REQUEST = re.compile(rb"\x10\x04([\x01-\x04])")
_REQUEST_BYTES = 3


class SimulatedPrinter:
    """One printer from its switching on; `slips` fills as paper is cut."""

    def __init__(self, width_mm: int, faults: frozenset[Fault] = frozenset()) -> None:
        self._width_mm = width_mm
        self._faults = faults
        self._paper = Paper(width_mm)
        self._switch_on()
        self.slips: list[PaperSlip] = []

    @property
    def room(self) -> int:
        """How many bytes the receive buffer can still take; a stopped printer fills up."""
        return BUFFER_BYTES - len(self._buffer)

    def receive(self, data: bytes) -> bytes:
        """Take at most `room` bytes and return what the printer says to them."""
        if Fault.SILENT in self._faults:
            return b""
        self._buffer += data
        return self._answers_at_once(data) + self._work()

    def change(self, faults: frozenset[Fault]) -> bytes:
        """Let these be the faults from now on; return what the printer says to the change."""
        if faults == self._faults:
            return b""
        if Fault.SILENT in faults:
            self._switch_on()
        self._faults = faults
        if Fault.SILENT in faults:
            return b""
        return (self._automatic_status() if self._reports else b"") + self._work()

    def hang_up(self) -> None:
        """Forget a command that its sender left unfinished; whole commands wait for their turn."""
        if not self._buffer:
            self._interpreter.forget_incomplete()
        self._tail = b""

    def tear_off(self) -> PaperSlip | None:
        """Take what is printed and not cut, pulled out beyond the cutter."""
        if self._paper.is_blank:
            return None
        self._paper.feed(HEAD_TO_CUTTER_DOTS)
        return self._paper.cut()

    def _switch_on(self) -> None:
        self._interpreter = Interpreter(PRINT_DOTS[self._width_mm])
        self._buffer = b""
        self._tail = b""
        self._reports = False

    def _answers_at_once(self, data: bytes) -> bytes:
        """Answer DLE EOT wherever it stands, even within the data of another command, as printers do."""
        seen = self._tail + data
        requests = list(_STATUS_REQUEST.finditer(seen))
        rest = seen[requests[-1].end() :] if requests else seen
        self._tail = rest[-(_REQUEST_BYTES - 1) :]
        return bytes(self._real_time_status(request.group(1)[0]) for request in requests)

    def _work(self) -> bytes:
        """Print what is in the buffer unless something stops the printer."""
        if self._faults & STOPPING:
            return b""
        data, self._buffer = self._buffer, b""
        return b"".join(self._carry_out(operation) for operation in self._interpreter.feed(data))

    def _carry_out(self, operation: Operation) -> bytes:
        match operation:
            case Answer(data):
                return b"" if Fault.NO_PROCESS_ID in self._faults and len(data) > 1 else data
            case AnswerPaper():
                return bytes((self._near_end(0x03),))
            case ReportChanges(enabled):
                self._reports = enabled
                return self._automatic_status() if enabled else b""
            case Cut():
                self.slips.append(self._paper.cut())
            case _:
                self._paper.print(operation)
        return b""

    def _real_time_status(self, kind: int) -> int:
        stopped = bool(self._faults & STOPPING)
        status = {
            1: 0x08 * stopped,
            2: 0x04 * (Fault.COVER_OPEN in self._faults) | 0x20 * (Fault.PAPER_OUT in self._faults),
            3: 0,
            4: self._near_end(0x0C) | 0x60 * (Fault.PAPER_OUT in self._faults),
        }
        return 0x12 | status[kind]

    def _automatic_status(self) -> bytes:
        stopped = bool(self._faults & STOPPING)
        first = 0x10 | 0x08 * stopped | 0x20 * (Fault.COVER_OPEN in self._faults)
        paper = self._near_end(0x03) | 0x0C * (Fault.PAPER_OUT in self._faults)
        return bytes((first, 0x00, paper, 0x0F))

    def _near_end(self, bits: int) -> int:
        return bits if self._faults & {Fault.PAPER_LOW, Fault.PAPER_OUT} else 0
