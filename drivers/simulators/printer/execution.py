"""Execution of what the simulated printer does between two strips of paper: cuts, tickets at the slot, answers of the queue."""

from collections import Counter
from collections.abc import Mapping
from typing import assert_never

from drivers.simulators.printer.faults import Fault
from drivers.simulators.printer.interpreter.operations import (
    Answer,
    AnswerEjector,
    AnswerIdentity,
    AnswerPaper,
    CutPaper,
    Immediate,
    MoveTicket,
    PresentTickets,
    ReportChanges,
    Unknown,
)
from drivers.simulators.printer.mechanics.feed import PaperFeed
from drivers.simulators.printer.mechanics.paper import Facts, Paper, PaperSlip
from drivers.simulators.printer.mechanics.slot import Slot
from drivers.simulators.printer.sensors import Reporter, Sensors

_MOST_UNKNOWN = 200


class Executor:
    """Carries out one operation after the other; `slips` fills as paper is cut, `unknown` counts unknown commands."""

    def __init__(
        self, paper: Paper, feed: PaperFeed, slot: Slot, faults: Mapping[Fault, int]
    ) -> None:
        self._paper = paper
        self._feed = feed
        self._slot = slot
        self._faults = faults
        self.slips: list[PaperSlip] = []
        self.unknown: Counter[str] = Counter()

    def carry_out(self, operation: Immediate, sensors: Sensors, reporter: Reporter) -> bytes:
        """Do it; return what the printer sends."""
        match operation:
            case CutPaper(is_full):
                self._cut(is_full=is_full)
            case Answer(data):
                return data
            case AnswerIdentity(identity):
                return self._name(identity)
            case AnswerPaper():
                is_mute = Fault.NO_QUEUE_STATUS in self._faults
                return b"" if is_mute else bytes((sensors.paper(),))
            case AnswerEjector():
                byte = self._slot.byte(paper_low=sensors.near_end, paper_out=sensors.paper_out)
                return bytes((byte,))
            case ReportChanges(bits):
                return reporter.switch(bits, sensors)
            case MoveTicket():
                if self._facts.dots and not self._paper.is_blank:
                    self._cut(is_full=True)
                self._slot.move(operation)
            case PresentTickets():
                self._slot.present_all(operation)
            case Unknown(command):
                self._note_unknown(command)
            case _:
                assert_never(operation)
        return b""

    @property
    def _facts(self) -> Facts:
        return self._paper.facts

    def _cut(self, *, is_full: bool) -> None:
        is_full |= Fault.FULL_CUT in self._faults
        is_full &= Fault.PARTIAL_CUT not in self._faults
        self.slips.append(self._feed.cut(is_full=is_full))
        self._slot.cut()

    def _name(self, identity: bytes) -> bytes:
        if Fault.NO_PROCESS_ID in self._faults:
            return b""
        self._facts.note(self._facts.identities, identity.decode("latin-1"))
        wrong = Fault.WRONG_ID in self._faults
        return b"\x37\x22" + (_wrong(identity) if wrong else identity) + b"\x00"

    def _note_unknown(self, command: str) -> None:
        if command in self.unknown or len(self.unknown) < _MOST_UNKNOWN:
            self.unknown[command] += 1
        self._facts.note(self._facts.unknown, command)


def _wrong(identity: bytes) -> bytes:
    return bytes(0x21 + (byte - 0x20) % 94 for byte in identity)
