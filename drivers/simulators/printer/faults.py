"""What can be wrong with the simulated printer, by name."""

import logging
from collections.abc import Iterable
from enum import StrEnum

_log = logging.getLogger("device.simulated-printer")


class Fault(StrEnum):
    """A fault that lasts until it is taken away."""

    SILENT = "silent"
    """Switched off: bytes are lost, nothing is answered or printed."""

    PAPER_LOW = "paper-low"
    """The near-end sensor reports; printing goes on."""

    PAPER_OUT = "paper-out"
    """Printing stops; the rest is printed when there is paper again."""

    COVER_OPEN = "cover-open"
    """Printing stops; the rest is printed when the cover is shut."""

    NO_PROCESS_ID = "no-process-id"
    """Firmware without GS ( H: everything works but the proof of print."""


STOPPING = frozenset({Fault.PAPER_OUT, Fault.COVER_OPEN})


def known_among(names: Iterable[str]) -> frozenset[Fault]:
    """Return the faults of these names, leaving out what is none."""
    found = set()
    for name in names:
        try:
            found.add(Fault(name))
        except ValueError:
            _log.warning("no such fault: %s; known faults: %s", name, ", ".join(Fault))
    return frozenset(found)
