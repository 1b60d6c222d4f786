"""Parser of an ESC/POS printer's back channel: bytes to events by their fixed bits, and status bytes to `DeviceStatus`.

Pure. The bits are those of Epson's reference for DLE EOT, GS a and GS ( H; a status that was not answered is UNKNOWN.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from drivers.errors import DeviceReason
from drivers.protocols import DeviceStatus, Health


class PrinterReason(StrEnum):
    """Reasons of ticket printers beyond `DeviceReason`."""

    PAPER_LOW = "paper_low"
    STATUS_UNKNOWN = "status_unknown"
    NO_PROOF = "no_proof"
    UNPRINTABLE = "unprintable"
    HEAD_HOT = "head_hot"
    STILL_PRINTING = "still_printing"
    ONE_WAY = "one_way"
    """Nothing ever comes back from it: that the bytes left is all that can be known."""

    GIVES_NO_PROOF = "gives_no_proof"
    """It reports its state and has no command that proves a slip."""

    NOT_TAKEN = "not_taken"
    """The last slip still hangs in the slot."""

    FORGOTTEN = "forgotten"
    """It has hung there for long: nobody comes for it."""

    PAPER_JAM = "paper_jam"

    STAR_MODE = "star_mode"
    """A Star printer that is set to StarPRNT or Star Line mode."""


STOPPED: Final = frozenset({Health.UNKNOWN, Health.FAULT})
"""No slip is sent to a printer of this health."""


@dataclass(frozen=True, slots=True)
class RealTimeStatus:
    """The answer to DLE EOT; the byte does not contain which of them it answers."""

    byte: int


@dataclass(frozen=True, slots=True)
class SlotStatus:
    """A byte like the answer to DLE EOT 1 with bit 7: on printers with a sensor there, a slip hangs in the slot."""

    byte: int


@dataclass(frozen=True, slots=True)
class AutomaticStatus:
    """Four bytes of automatic status back (GS a), sent unasked."""

    data: bytes


@dataclass(frozen=True, slots=True)
class FullStatus:
    """The four bytes behind DLE SI that answer DLE EOT 20: paper, user, errors that end, errors that stay."""

    data: bytes


@dataclass(frozen=True, slots=True)
class QueuedStatus:
    """The answer to GS r 1, which waited in the buffer behind the data before it."""

    byte: int

    @property
    def is_whole(self) -> bool:
        """Whether the byte can be such an answer: each of its two sensors has two bits that agree."""
        return self.byte in _PAPER_ANSWERS


@dataclass(frozen=True, slots=True)
class ProcessId:
    """The answer to GS ( H: everything before this identity has been printed."""

    identity: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """Another block of data, such as the answer to GS I."""

    data: bytes


@dataclass(frozen=True, slots=True)
class FlowControl:
    """XON or XOFF."""

    ready: bool


@dataclass(frozen=True, slots=True)
class Noise:
    """Bytes that are nothing a printer sends."""

    data: bytes


Event = (
    RealTimeStatus
    | SlotStatus
    | AutomaticStatus
    | FullStatus
    | QueuedStatus
    | ProcessId
    | Block
    | FlowControl
    | Noise
)


def is_fence(event: Event) -> bool:
    """Whether an event is the answer to GS r 1 that marks the buffer as worked off."""
    return isinstance(event, QueuedStatus) and event.is_whole


_PAPER_ANSWERS = frozenset(b"\x00\x03\x0c\x0f")
_XON, _XOFF = 0x11, 0x13
_BLOCK_HEADS = frozenset(b"\x35\x37\x3b\x3d\x5f")
_PROCESS_ID_HEAD = b"\x37\x22"
_PROCESS_ID_LENGTH = 6
_MAX_BLOCK = 128
_AUTOMATIC_LENGTH = 4
# No automatic status begins so: the two low bits of its second byte are fixed.
_FULL_HEAD = b"\x10\x0f"
_FULL_LENGTH = 6


class Demultiplexer:
    """Incremental parser of what a printer sends; partial messages wait in its buffer."""

    def __init__(self) -> None:
        self._partial = bytearray()

    @property
    def is_midway(self) -> bool:
        """Whether a message has begun and not ended."""
        return bool(self._partial)

    def feed(self, data: bytes) -> list[Event]:
        """Return the events that `data` completes."""
        return [event for byte in data for event in self._take(byte)]

    def _take(self, byte: int) -> Iterator[Event]:
        if byte in {_XON, _XOFF}:
            yield FlowControl(byte == _XON)
        elif not self._partial:
            yield from self._begin(byte)
        elif _is_automatic_head(self._partial[0]):
            yield from self._continue_automatic(byte)
        else:
            yield from self._continue_block(byte)

    def _begin(self, byte: int) -> Iterator[Event]:
        if byte & 0x93 == 0x12:
            yield RealTimeStatus(byte)
        elif byte & 0x93 == 0x92:
            yield SlotStatus(byte)
        elif _is_automatic_head(byte) or byte in _BLOCK_HEADS:
            self._partial.append(byte)
        elif byte & 0x90 == 0:
            yield QueuedStatus(byte)
        else:
            yield Noise(bytes((byte,)))

    def _continue_automatic(self, byte: int) -> Iterator[Event]:
        if bytes((*self._partial, byte))[: len(_FULL_HEAD)] == _FULL_HEAD:
            self._partial.append(byte)
            if len(self._partial) == _FULL_LENGTH:
                yield FullStatus(self._finished()[len(_FULL_HEAD) :])
            return
        if byte & 0x90:
            yield from self._give_up(byte)
            return
        self._partial.append(byte)
        if len(self._partial) == _AUTOMATIC_LENGTH:
            yield AutomaticStatus(self._finished())

    def _continue_block(self, byte: int) -> Iterator[Event]:
        if byte and (not 0x20 <= byte <= 0x7E or len(self._partial) == _MAX_BLOCK):
            yield from self._give_up(byte)
            return
        self._partial.append(byte)
        if byte:
            return
        block = self._finished()
        if block.startswith(_PROCESS_ID_HEAD):
            yield ProcessId(block[2:-1])
        else:
            yield Block(block)

    def _give_up(self, byte: int) -> Iterator[Event]:
        """Report the partial message as noise and parse again from `byte`."""
        yield Noise(self._finished())
        yield from self._begin(byte)

    def _finished(self) -> bytes:
        data = bytes(self._partial)
        self._partial.clear()
        return data


PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER = 1, 2, 3, 4
"""The kinds of DLE EOT."""

_NOT_TAKEN_BIT = 0x80


def real_time_answers(events: Sequence[Event], kinds: Sequence[int]) -> list[int]:
    """The answers to these queries, in their order, among what came.

    Bit 7 belongs to the state of the printer only (Cashino KP-628E: slip not torn off yet); elsewhere, and beside noise, a
    byte with it is noise.
    """
    plain = [event.byte for event in events if isinstance(event, RealTimeStatus)]
    if len(plain) >= len(kinds) or any(isinstance(event, Noise) for event in events):
        return plain[: len(kinds)]
    flagged = [event.byte for event in events if isinstance(event, SlotStatus)]
    first = next((e for e in events if isinstance(e, (RealTimeStatus, SlotStatus))), None)
    if len(flagged) == 1 and isinstance(first, SlotStatus) and kinds[0] == PRINTER:
        return [*flagged, *plain][: len(kinds)]
    return plain


_REAL_TIME_BITS = (
    (PAPER, 0x60, DeviceReason.OUT_OF_PAPER),
    (OFFLINE_CAUSE, 0x20, DeviceReason.OUT_OF_PAPER),
    (OFFLINE_CAUSE, 0x04, DeviceReason.COVER_OPEN),
    (ERROR_CAUSE, 0x08, DeviceReason.CUTTER),
    (ERROR_CAUSE, 0x20, DeviceReason.FAULT),
    (ERROR_CAUSE, 0x40, PrinterReason.HEAD_HOT),
    (OFFLINE_CAUSE, 0x40, DeviceReason.FAULT),
    (PRINTER, 0x08, DeviceReason.OFFLINE),
    (PRINTER, _NOT_TAKEN_BIT, PrinterReason.NOT_TAKEN),
    (PAPER, 0x0C, PrinterReason.PAPER_LOW),
)
_AUTOMATIC_BITS = (
    (2, 0x0C, DeviceReason.OUT_OF_PAPER),
    (0, 0x20, DeviceReason.COVER_OPEN),
    (1, 0x08, DeviceReason.CUTTER),
    (1, 0x20, DeviceReason.FAULT),
    (1, 0x40, PrinterReason.HEAD_HOT),
    (0, 0x08, DeviceReason.OFFLINE),
    (2, 0x03, PrinterReason.PAPER_LOW),
)
_FULL_BITS = (
    (0, 0x01, DeviceReason.OUT_OF_PAPER),
    (1, 0x03, DeviceReason.COVER_OPEN),
    (2, 0x40, PrinterReason.PAPER_JAM),
    (3, 0x01, DeviceReason.CUTTER),
    (2, 0x01, PrinterReason.HEAD_HOT),
    (2, 0x08, DeviceReason.FAULT),
    (0, 0x20, PrinterReason.NOT_TAKEN),
    (0, 0x04, PrinterReason.PAPER_LOW),
)
_QUEUED_BITS = ((0x0C, DeviceReason.OUT_OF_PAPER), (0x03, PrinterReason.PAPER_LOW))
_WORSE = (Health.READY, Health.WARNING, Health.UNKNOWN, Health.FAULT)
# Printing goes on.
_WARNINGS = (PrinterReason.PAPER_LOW, PrinterReason.NOT_TAKEN)
# Consequences of a more exact reason before them.
_CONSEQUENCES = (DeviceReason.FAULT, DeviceReason.OFFLINE)


def decode_real_time(answers: Mapping[int, int]) -> DeviceStatus:
    """Decode the answers to DLE EOT by kind; without those to printer and paper the status is UNKNOWN or worse."""
    reasons = [why for kind, bits, why in _REAL_TIME_BITS if answers.get(kind, 0) & bits]
    return _judged(reasons, known=PRINTER in answers and PAPER in answers)


def decode_paper(byte: int) -> DeviceStatus:
    """Decode the answer to GS r 1: all that is known of a printer without DLE EOT."""
    return _judged([why for bits, why in _QUEUED_BITS if byte & bits], known=True)


def decode_full(data: bytes) -> DeviceStatus:
    """Decode the four bytes of DLE EOT 20 behind its head."""
    return _judged([why for at, bits, why in _FULL_BITS if data[at] & bits], known=True)


def together(first: DeviceStatus, second: DeviceStatus) -> DeviceStatus:
    """One status of two: all reasons, and the worse health; the more exact reasons of `second` stand first."""
    reasons = tuple(dict.fromkeys((*second.reasons, *first.reasons)))
    exact = [reason for reason in second.reasons if reason not in _WARNINGS]
    if exact:
        reasons = tuple(why for why in reasons if why in exact or why not in _CONSEQUENCES)
    return DeviceStatus(max(first.health, second.health, key=_WORSE.index), reasons)


def decode_automatic(data: bytes) -> DeviceStatus:
    """Decode the four bytes of automatic status back."""
    return _judged([why for at, bits, why in _AUTOMATIC_BITS if data[at] & bits], known=True)


def _judged(found: list[DeviceReason | PrinterReason], *, known: bool) -> DeviceStatus:
    reasons: list[str] = []
    for reason in found:
        told = any(earlier not in _WARNINGS for earlier in reasons)
        implied = reason in _CONSEQUENCES and told
        low_and_out = reason == PrinterReason.PAPER_LOW and DeviceReason.OUT_OF_PAPER in reasons
        if reason not in reasons and not implied and not low_and_out:
            reasons.append(reason.value)
    if any(reason not in _WARNINGS for reason in reasons):
        return DeviceStatus(Health.FAULT, tuple(reasons))
    if not known:
        return DeviceStatus(Health.UNKNOWN, (*reasons, PrinterReason.STATUS_UNKNOWN.value))
    return DeviceStatus(Health.WARNING if reasons else Health.READY, tuple(reasons))


def _is_automatic_head(byte: int) -> bool:
    return byte & 0x93 == 0x10
