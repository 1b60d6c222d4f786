"""Proof of print: the identities and the fence that come back for one job, awaited with a timeout."""

import contextlib
import time
import zlib
from dataclasses import dataclass, field
from typing import Final

from drivers.errors import DeviceError, DeviceReason
from drivers.escpos.back_channel import BackChannel
from drivers.escpos.status import (
    STOPPED,
    AutomaticStatus,
    Event,
    ProcessId,
    decode_automatic,
    is_fence,
)
from drivers.protocols import DeviceStatus

_SECOND_PROOF_SECONDS: Final = 1.0
STOPPED_SECONDS: Final = 0.7
"""How long a printer that reported that it stopped is still waited for."""
LOSSY_STOPS: Final = frozenset({DeviceReason.OUT_OF_PAPER.value, DeviceReason.COVER_OPEN.value})
"""Stops at which the firmware of many clones forgets what it holds, and goes on with what comes after."""


@dataclass(slots=True)
class Proof:
    """What came back for one job; `has_fence` is whether an answer to GS r stands behind it, `was_stopped` whether the
    printer reported in between that it had stopped, `lossy_stop` for which reason, if many then forget what they hold.

    `marks` are identities within the job that come before its names, and `fences_due` counts the answers to GS r: a
    printer that lost a part of a picture lost one of them too.
    """

    names: tuple[bytes, ...]
    has_fence: bool = True
    printed: bool = False
    worked_off: bool = False
    was_stopped: bool = False
    lossy_stop: str = ""
    marks: list[bytes] = field(default_factory=list)
    fences_due: int = 1
    is_named: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_named = bool(self.names)

    @property
    def is_possible(self) -> bool:
        """Whether anything can come back."""
        return self.is_named or self.has_fence

    @property
    def is_whole(self) -> bool:
        """Whether all has come back that can; where nothing can, the waiting ends by its timeout."""
        fenced = self.worked_off or not self.has_fence
        return self.is_possible and fenced and (self.printed or not self.is_named)

    @property
    def has_begun(self) -> bool:
        """Whether the printer has come to the end of the slip."""
        return self.printed or self.worked_off

    def name(self, identity: bytes) -> None:
        """Take an identity; the slip is printed when all its marks and names have come, in their order."""
        if self.marks[:1] == [identity]:
            del self.marks[0]
        elif not self.marks and self.names[:1] == (identity,):
            self.names = self.names[1:]
            self.printed = not self.names

    def take_stop(self, status: DeviceStatus) -> None:
        """The printer reported that it stopped. What was named before is on paper whatever it forgets now."""
        self.was_stopped = True
        if not self.printed:
            self.lossy_stop = next((why for why in status.reasons if why in LOSSY_STOPS), "")

    def hear(self, event: Event) -> None:
        """Take what came back."""
        if isinstance(event, ProcessId):
            self.name(event.identity)
        elif is_fence(event):
            self.fences_due -= 1
            self.worked_off = self.fences_due <= 0


def await_proof(back: BackChannel, proof: Proof, seconds: float) -> None:
    """Wait up to `seconds` for both proofs; after one of them, or a report that the printer stopped, the timeout becomes shorter."""
    end = last = time.monotonic() + seconds
    with contextlib.suppress(DeviceError):  # a lost wire ends the waiting, not what was proved
        while not proof.is_whole:
            events = back.hear(end - time.monotonic())
            if events is None:
                break
            for event in events:
                proof.hear(event)
                if isinstance(event, AutomaticStatus):
                    status = decode_automatic(event.data)
                    if stopped := status.health in STOPPED:
                        proof.take_stop(status)
                    end = min(last, time.monotonic() + STOPPED_SECONDS) if stopped else last
            if proof.has_begun:
                end = min(end, time.monotonic() + _SECOND_PROOF_SECONDS)


def identities(attempt: str, count: int) -> tuple[bytes, ...]:
    """What has to come back for this attempt, in this order: new ones for each."""
    return tuple(identity(attempt + "'" * place) for place in range(count))


def identity(name: str) -> bytes:
    """Four printable characters that stand for `name` in GS ( H."""
    number = zlib.crc32(name.encode())
    return bytes(0x21 + number // 94**place % 94 for place in range(4))
