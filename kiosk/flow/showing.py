"""State of the code reader: what a citizen holds a code to, whether it has a live picture, and the mark that a code was read."""

from enum import Enum, auto
from typing import Final

from drivers.protocols import Health
from kiosk.flow.reference import Reference
from kiosk.flow.state import State

READ_SECONDS: Final = 1.2
"""How long the mark stands that a code was read."""


class Reader(Enum):
    """What this kiosk reads codes with. Only cameras report whether they are connected."""

    NONE = auto()
    SCANNER = auto()
    CAMERA = auto()
    CAMERA_GONE = auto()


def reader_of(state: State, reference: Reference) -> Reader:
    """What codes are held before now."""
    scanner = reference.kiosk.scanner
    if scanner is None:
        return Reader.NONE
    if scanner.kind != "camera":
        return Reader.SCANNER
    return Reader.CAMERA_GONE if state.known.scanner is Health.FAULT else Reader.CAMERA


def shows_picture(state: State, reference: Reference) -> bool:
    """Whether there is a camera that gives pictures now."""
    return reader_of(state, reference) is Reader.CAMERA and state.known.scanner is Health.READY


def was_just_read(state: State) -> bool:
    """Whether the mark stands on the glass that a code was read."""
    read_at = state.known.code_read_at
    return read_at is not None and state.known.now - read_at < READ_SECONDS
