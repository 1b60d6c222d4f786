"""Protocols of devices as the programs see them. Every call is synchronous and returns within its timeout (seconds)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from drivers.slip import Slip


class Health(StrEnum):
    """What is known of a device. Silence is UNKNOWN, never READY."""

    READY = "ready"
    WARNING = "warning"
    FAULT = "fault"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """A device's state at one moment; `reasons` are `DeviceReason` or device-specific codes, e.g. `paper_low`."""

    health: Health
    reasons: tuple[str, ...] = ()


class PrintOutcome(StrEnum):
    """What became of a slip. UNKNOWN is never printed again without a person."""

    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """On what an outcome rests, the surest first."""

    PROCESS_ID = "process_id"
    """The printer named the job after its data was on paper."""

    FENCE = "fence"
    """The printer answered a question that stood behind the job's data, and is well."""

    TRANSPORT = "transport"
    """The bytes left this machine; more is not known."""

    NONE = ""
    """Nothing left."""


@dataclass(frozen=True, slots=True)
class PrintResult:
    """The outcome of one slip, why, how many bytes left for the printer, and how much paper they move (dots).

    `torn` is whether a part of a slip may now lie uncut in the printer; None where the attempt changed nothing about that.
    """

    outcome: PrintOutcome
    reason: str = ""
    bytes_sent: int = 0
    confidence: Confidence = Confidence.NONE
    dots: int = 0
    torn: bool | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """One code as read: its text (NFC) and, if the scanner sends it, its AIM symbology identifier.

    `rivals` are the texts of other codes that were in sight with it, mean something else and are as useful.
    """

    text: str
    symbology: str = ""
    rivals: tuple[str, ...] = ()


class Worth(Protocol):
    """What a text is worth at the place that reads it; texts of one meaning are one code."""

    @property
    def rank(self) -> int:
        """The higher, the more useful."""

    @property
    def meaning(self) -> str:
        """The same for all texts that mean the same."""

    @property
    def is_best(self) -> bool:
        """Whether no text can be worth more: nothing else has to be looked for."""

    @property
    def is_useful(self) -> bool:
        """Whether the place can use it; two different ones of one rank are asked about."""


@dataclass(frozen=True, slots=True)
class Alike:
    """The worth of any text where nothing is known of its meaning: each is a code of its own, and the first one counts."""

    meaning: str
    rank: int = 0
    is_best: bool = True
    is_useful: bool = False


Appraisal = Callable[[str], Worth]
"""Given to scanners and decoders by the program that uses them; called in their thread."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A small picture of a camera as screens paint it: rows of blue, green, red and 255, `4 * width` bytes each."""

    width: int
    height: int
    pixels: memoryview = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sight:
    """How a screen shows a camera: the size of the picture in pixels; mirrored, it moves like the person before it."""

    width: int
    height: int
    mirrored: bool = False


class Viewer(Protocol):
    """A screen that may show what a camera sees. Callbacks in the camera's thread."""

    def wanted(self) -> Sight | None:
        """How the next picture is wanted; None while no screen shows it, which costs nothing."""

    def show(self, preview: Preview) -> None:
        """Take a picture without blocking."""


@dataclass(frozen=True, slots=True)
class SignState:
    """What a counter sign is to show: a ticket number or a word, blinking while a call is fresh."""

    text: str
    blink: bool = False


class Transport(Protocol):
    """A pipe of bytes. It opens in its constructor, which raises `DeviceError`; the contents do not matter to it."""

    def read(self, size: int, deadline: float) -> bytes:
        """Return 1..size bytes as soon as any are there, b"" after a timeout of `deadline` seconds."""

    def write(self, data: bytes, deadline: float) -> int:
        """Write all of `data` with a timeout of `deadline` seconds; return how many bytes left."""

    def close(self) -> None:
        """Drain, half-close where the wire has it, and release the port. Idempotent."""


class TicketPrinter(Protocol):
    """Prints slips and reports the outcome of each, as far as it is proved."""

    def print(self, slip: Slip) -> PrintResult:
        """Print one slip and wait for the best proof that this printer gives."""

    def status(self) -> DeviceStatus:
        """Query the status of the printer."""

    def proved_late(self) -> tuple[str, ...]:
        """Take the jobs of UNKNOWN outcome for which proof has come since, such as after a change of paper."""

    def expect_torn(self) -> None:
        """An earlier slip may lie in the printer uncut, or half a command of it: both must end before the next slip."""

    def cut_off(self) -> PrintResult:
        """Cut off what may be torn, if the printer reports that it can; the result has no outcome of a slip, only `torn`."""

    def recover(self, *, clear: bool) -> None:
        """Have a printer that stopped at an error, now gone, go on at the stopped line, or forget what it holds."""

    def close(self) -> None:
        """Release the printer."""


class CodeScanner(Protocol):
    """Delivers one scan at a time."""

    def read(self, deadline: float) -> Scan | None:
        """Wait for a scan; None after a timeout of `deadline` seconds."""

    def status(self) -> DeviceStatus:
        """Whether the scanner is there."""

    def close(self) -> None:
        """Release the scanner."""


class CounterSign(Protocol):
    """A LED sign above a counter. Most signs never answer: sent is not shown."""

    def show(self, state: SignState) -> None:
        """Put `state` on the sign, replacing what was there."""

    def status(self) -> DeviceStatus:
        """What is known of the sign."""

    def close(self) -> None:
        """Release the sign."""


class Loudspeaker(Protocol):
    """Plays a finished WAV file from beginning to end."""

    def play(self, wav: bytes) -> None:
        """Play and return when it has been heard; raise `DeviceError` when it was not."""

    def status(self) -> DeviceStatus:
        """Whether sound can come out."""

    def close(self) -> None:
        """Stop playing and release the sound device."""
