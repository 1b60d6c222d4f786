"""Condition codes of the printers of kiosks and desks; each program has its sentences for them."""

from collections.abc import Iterable
from enum import StrEnum


class Condition(StrEnum):
    """One known fact about an attached device. READY and UNKNOWN exclude all others; silence is never READY."""

    READY = "ready"
    UNKNOWN = "unknown"
    """No report yet, or the wire never answers."""

    SILENT = "silent"
    """It was queried and did not answer within the timeout."""

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


EXCLUSIVE = frozenset({Condition.READY, Condition.UNKNOWN})
"""Conditions that exclude all others; neither needs attention."""


def needs_attention(conditions: Iterable[Condition]) -> bool:
    """Whether a person should go there."""
    return not EXCLUSIVE.issuperset(conditions)
