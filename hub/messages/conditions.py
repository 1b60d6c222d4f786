"""In what state a printer of a kiosk or desk is: codes, for which each program has its sentences."""

from collections.abc import Iterable
from enum import StrEnum


class Condition(StrEnum):
    """One thing that is known of an attached device. READY and UNKNOWN stand alone; silence is never READY."""

    READY = "ready"
    UNKNOWN = "unknown"
    """Nobody has said yet, or nothing ever comes back over its wire."""

    SILENT = "silent"
    """It was asked, and did not answer."""

    PAPER_LOW = "paper_low"
    OUT_OF_PAPER = "out_of_paper"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    HEAD_HOT = "head_hot"
    OFFLINE = "offline"
    FAULT = "fault"
    GARBLED = "garbled"
    DISCONNECTED = "disconnected"
    NOT_FOUND = "not_found"
    TIMEOUT = "timeout"
    BUSY = "busy"
    DENIED = "denied"
    LIBRARY_MISSING = "library_missing"


ALONE = frozenset({Condition.READY, Condition.UNKNOWN})
"""What says all there is to say: nobody need go there for it."""


def wants_somebody(conditions: Iterable[Condition]) -> bool:
    """Whether a person should go there."""
    return not ALONE.issuperset(conditions)
