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

    ONE_WAY = "one_way"
    """Nothing ever comes back from it, by its nature: what becomes of a slip is never known."""

    NOT_TAKEN = "not_taken"
    """The last slip still hangs in the slot."""

    FORGOTTEN = "forgotten"
    """It has hung there for long."""

    PAPER_LOW = "paper_low"
    OUT_OF_PAPER = "out_of_paper"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    PAPER_JAM = "paper_jam"
    STAR_MODE = "star_mode"
    """A Star printer set to a mode of its own instead of ESC/POS."""

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
"""Conditions that exclude all others."""

_QUIET = EXCLUSIVE | {Condition.ONE_WAY, Condition.NOT_TAKEN}


def needs_attention(conditions: Iterable[Condition]) -> bool:
    """Whether a person should go there."""
    return not _QUIET.issuperset(conditions)
