"""Recording and replay of conversations: what went over a wire, each way, with its time, one JSON line for each piece.

For tests: a conversation recorded once at a real device is replayed to its driver ever after. Slips carry names, so
nothing here is switched on by configuration.
"""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Transport
from drivers.transports.descriptor import closed

Way = Literal["sent", "heard"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes that went one way, `seconds` after the beginning."""

    seconds: float
    way: Way
    data: bytes


class RecordingTransport:
    """Passes everything on and writes it down; the file is whole at every moment."""

    def __init__(self, wire: Transport, file: TextIO) -> None:
        self._wire = wire
        self._file = file
        self._began = time.monotonic()

    def read(self, size: int, deadline: float) -> bytes:
        """Return 1..size bytes, or b"" after `deadline` seconds of silence."""
        data = self._wire.read(size, deadline)
        self._note("heard", data)
        return data

    def write(self, data: bytes, deadline: float) -> int:
        """Write `data` within `deadline` seconds; return how many bytes left."""
        left = self._wire.write(data, deadline)
        self._note("sent", data[:left])
        return left

    def close(self) -> None:
        """Release the wire; the file belongs to whoever opened it."""
        self._wire.close()

    def _note(self, way: Way, data: bytes) -> None:
        if data:
            seconds = round(time.monotonic() - self._began, 4)
            self._file.write(json.dumps({"t": seconds, "way": way, "data": data.hex()}) + "\n")
            self._file.flush()


class ReplayTransport:
    """Replays the device of a recording: sends each piece after it has received what preceded it, and no sooner.

    A driver that writes something else gets a `DeviceError` GARBLED with the place; after the last piece the wire is gone.
    """

    def __init__(self, pieces: Iterable[Piece], device: str) -> None:
        self._device = device
        self._pieces = list(pieces)
        self._at = 0
        self._rest = self._pieces[0].data if self._pieces else b""
        self._is_open = True

    @property
    def is_over(self) -> bool:
        """Whether everything was sent and received."""
        return self._at == len(self._pieces)

    def read(self, size: int, deadline: float) -> bytes:
        """Return what comes next in the recording; where the driver has to speak first, silence."""
        self._refuse_when_gone()
        if self._pieces[self._at].way == "sent":
            time.sleep(max(0.0, deadline))
            return b""
        data = self._rest[:size]
        self._go_on(len(data))
        return data

    def write(self, data: bytes, deadline: float) -> int:
        """Take what the driver writes; it may come before the device has sent all, as on a real line."""
        self._refuse_when_gone()
        held_back = []
        while not self.is_over and self._pieces[self._at].way == "heard":
            held_back.append(Piece(0.0, "heard", self._rest))
            self._go_on(len(self._rest))
        told = 0
        while told < len(data):
            if self.is_over or not data[told:].startswith(self._rest[: len(data) - told]):
                raise DeviceError(DeviceReason.GARBLED, self._device, f"piece {self._at}")
            step = min(len(self._rest), len(data) - told)
            self._go_on(step)
            told += step
        if held_back:
            self._say_first(held_back)
        return told

    def close(self) -> None:
        """End the replay where it stands."""
        self._is_open = False

    def _say_first(self, pieces: list[Piece]) -> None:
        rest = [Piece(0.0, self._pieces[self._at].way, self._rest)] if not self.is_over else []
        self._pieces[self._at :] = [*pieces, *rest, *self._pieces[self._at + 1 :]]
        self._rest = pieces[0].data

    def _go_on(self, count: int) -> None:
        self._rest = self._rest[count:]
        if not self._rest:
            self._at += 1
            self._rest = b"" if self.is_over else self._pieces[self._at].data

    def _refuse_when_gone(self) -> None:
        if not self._is_open:
            raise closed(self._device)
        if self.is_over:
            raise DeviceError(DeviceReason.DISCONNECTED, self._device, "end of the recording")


def read_recording(path: Path) -> Iterator[Piece]:
    """Read a recording; a last line that was cut off is left out."""
    for line in path.read_text(encoding="ascii").splitlines(keepends=True):
        if line.endswith("\n"):
            said = json.loads(line)
            yield Piece(said["t"], said["way"], bytes.fromhex(said["data"]))
