"""Reports of printer conditions to the hub: codes for a driver's health and reasons, and since when they have stood."""

import time
from collections.abc import Callable, Iterable
from typing import Final

from hub.messages import LONGEST_STANDING, AttachedDevice, Condition

PRINTER: Final = "printer"
_NO_ANSWER: Final = "status_unknown"
_CODES: Final = frozenset(Condition) - {Condition.READY, Condition.UNKNOWN, Condition.SILENT}


def conditions_of(health: str, reasons: Iterable[str]) -> tuple[Condition, ...]:
    """The codes for a driver's `Health` and reasons, given by their values. A reason without a code is a fault."""
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
    """Conditions by printer, on the link's event loop. They outlive connections: each new one gets them all."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._standing: dict[str, tuple[tuple[Condition, ...], float]] = {}

    def note(self, name: str, conditions: tuple[Condition, ...]) -> bool:
        """Take a printer's condition; returns whether it has changed."""
        if name in self._standing and self._standing[name][0] == conditions:
            return False
        self._standing[name] = conditions, self._clock()
        return True

    def standing(self) -> tuple[AttachedDevice, ...]:
        """All conditions, with the seconds for which each has stood."""
        now = self._clock()
        return tuple(
            AttachedDevice(
                id=name, conditions=conditions, seconds=min(int(now - since), LONGEST_STANDING)
            )
            for name, (conditions, since) in self._standing.items()
        )
