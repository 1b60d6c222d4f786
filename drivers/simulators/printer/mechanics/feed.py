"""Paper feed of the simulated printer: moves strips past the head as far as time, roll and scripted faults allow."""

from drivers.simulators.printer.faults import Fault
from drivers.simulators.printer.mechanics.composing import Strip
from drivers.simulators.printer.mechanics.pace import Pace, Script
from drivers.simulators.printer.mechanics.paper import Paper, PaperSlip
from drivers.simulators.printer.mechanics.roll import PaperRoll


class PaperFeed:
    """Head, cutter and roll of one printer; counts the dots that it moved and its cuts."""

    def __init__(self, paper: Paper, roll: PaperRoll, speed_mm: int) -> None:
        self._paper = paper
        self._roll = roll
        self.pace = Pace(speed_mm)
        self.script = Script()
        self.dots = self.cuts = 0

    def move(self, strip: Strip) -> tuple[bool, list[Fault]]:
        """Move rows of the strip past the head; return whether anything moved, and the scripted faults now due."""
        left = self._roll.left_dots
        dots = min(strip.left, self.pace.dots, self.script.dots_left(self.dots))
        dots = max(0, dots if left is None else min(dots, left))
        self._paper.move(strip, dots)
        self._roll.use(dots)
        self.pace.move(dots)
        self.dots += dots
        due = self.script.due(self.dots)
        return dots > 0 or bool(due), due

    def cut(self, *, is_full: bool = False) -> PaperSlip:
        """Cut the paper beyond the cutter off."""
        self.pace.cut()
        self.cuts += 1
        return self._paper.cut(is_full=is_full)

    def tear_off(self) -> PaperSlip | None:
        """Take what is printed and not cut, pulled out beyond the cutter."""
        if self._paper.is_blank:
            return None
        self._paper.feed(self._paper.cutter_dots)
        return self._paper.cut()
