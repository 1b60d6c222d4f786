"""How the printers of a program are, as the hub is to be told: codes for what their drivers say, and since when."""

import time
from collections.abc import Callable, Iterable
from typing import Final

from hub.messages import LONGEST_STANDING, AttachedDevice, Condition

PRINTER: Final = "printer"
_NO_ANSWER: Final = "status_unknown"
_CODES: Final = frozenset(Condition) - {Condition.READY, Condition.UNKNOWN, Condition.SILENT}


def conditions_of(health: str, reasons: Iterable[str]) -> tuple[Condition, ...]:
    """The codes for what a driver says, `Health` and reasons by their values. A reason without a code is a fault."""
    given = tuple(reasons)
    known = [Condition(reason) for reason in dict.fromkeys(given) if reason in _CODES]
    match health:
        case "ready":
            return (Condition.READY,)
        case "fault":
            return tuple(known) or (Condition.FAULT,)
        case "unknown" if given:
            return (*known, Condition.SILENT)
    return tuple(known) or (Condition.UNKNOWN,)


class PrinterReports:
    """What stands now, on the line's event loop. It outlives connections: each new one is told anew."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._standing: dict[str, tuple[tuple[Condition, ...], float]] = {}

    def note(self, name: str, conditions: tuple[Condition, ...]) -> bool:
        """Take how a printer is; tell whether that is news."""
        if name in self._standing and self._standing[name][0] == conditions:
            return False
        self._standing[name] = conditions, self._clock()
        return True

    def standing(self) -> tuple[AttachedDevice, ...]:
        """Everything, with the seconds for which it has stood."""
        now = self._clock()
        return tuple(
            AttachedDevice(
                id=name, conditions=conditions, seconds=min(int(now - since), LONGEST_STANDING)
            )
            for name, (conditions, since) in self._standing.items()
        )
