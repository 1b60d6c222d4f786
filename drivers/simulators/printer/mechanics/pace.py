"""Speed limit of the simulated printer's head, and the script of faults at given dots."""

from dataclasses import dataclass, field

from drivers.simulators.printer.faults import AT_A_DOT, Fault
from drivers.simulators.printer.mechanics.roll import DOTS_PER_MM

CUT_SECONDS = 0.3

_MOST_SECONDS = 0.5
_ENDLESS = 1_000_000_000


@dataclass(slots=True)
class Pace:
    """The time that the head has not yet used; a speed of 0 mm/s is without limit."""

    speed_mm: int
    seconds: float = 0.0

    @property
    def dots(self) -> int:
        """How many rows can pass now."""
        return int(self.seconds * self.speed_mm * DOTS_PER_MM) if self.speed_mm else _ENDLESS

    def wait(self, seconds: float) -> None:
        """Let time pass; a program that was away for long does not make the head jump."""
        self.seconds = min(self.seconds + seconds, _MOST_SECONDS)

    def move(self, dots: int) -> None:
        """Use the time of `dots` rows."""
        if self.speed_mm:
            self.seconds -= dots / (self.speed_mm * DOTS_PER_MM)

    def cut(self) -> None:
        """Use the time of a cut."""
        if self.speed_mm:
            self.seconds -= CUT_SECONDS


@dataclass(slots=True)
class Script:
    """Faults scheduled by how far the paper has moved (dots)."""

    events: list[tuple[int, Fault]] = field(default_factory=list)

    def arm(self, dot: int, fault: Fault) -> None:
        """Schedule a fault at this dot."""
        self.events.append((dot, fault))
        self.events.sort()

    def disarm(self, fault: Fault) -> None:
        """Remove a scheduled fault."""
        self.events = [(dot, event) for dot, event in self.events if event is not fault]

    def dots_left(self, dot: int) -> int:
        """How far it is from `dot` to the next event."""
        return max(0, self.events[0][0] - dot) if self.events else _ENDLESS

    def due(self, dot: int) -> list[Fault]:
        """Take the faults that are due."""
        due = [event for at, event in self.events if at <= dot]
        del self.events[: len(due)]
        return [AT_A_DOT[event] for event in due]
