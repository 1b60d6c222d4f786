"""In-process transport: two ends of a wire with the back-pressure of a small device buffer."""

import threading
import time

from drivers.errors import DeviceError, DeviceReason
from drivers.transports.descriptor import closed

_CAPACITY = 4096


class _Pipe:
    """Bytes under way in one direction."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.writer_left = False
        self.reader_left = False


class MemoryTransport:
    """One end of a wire made by `memory_pair`; the ends may live in different threads."""

    def __init__(
        self, device: str, changed: threading.Condition, incoming: _Pipe, outgoing: _Pipe
    ) -> None:
        self._device = device
        self._changed = changed
        self._incoming = incoming
        self._outgoing = outgoing

    def read(self, size: int, deadline: float) -> bytes:
        """Return 1..size bytes, or b"" after `deadline` seconds of silence."""
        pipe = self._incoming
        with self._changed:
            self._changed.wait_for(
                lambda: pipe.buffer or pipe.writer_left or pipe.reader_left, max(0.0, deadline)
            )
            if pipe.reader_left:
                raise closed(self._device)
            if not pipe.buffer and pipe.writer_left:
                raise DeviceError(DeviceReason.DISCONNECTED, self._device, "end of stream")
            data = bytes(pipe.buffer[:size])
            del pipe.buffer[:size]
            self._changed.notify_all()
            return data

    def write(self, data: bytes, deadline: float) -> int:
        """Put `data` on the wire as the other end makes room; return how many bytes left."""
        end = time.monotonic() + deadline
        sent = 0
        with self._changed:
            self._refuse_when_gone()
            while sent < len(data) and self._room(end):
                free = _CAPACITY - len(self._outgoing.buffer)
                part = data[sent : sent + free]
                self._outgoing.buffer += part
                sent += len(part)
                self._changed.notify_all()
            if not sent:
                self._refuse_when_gone()
            return sent

    def close(self) -> None:
        """Leave; the other end reads what is under way and then sees the wire gone."""
        with self._changed:
            self._outgoing.writer_left = True
            self._incoming.reader_left = True
            self._changed.notify_all()

    def _room(self, end: float) -> bool:
        pipe = self._outgoing
        self._changed.wait_for(
            lambda: len(pipe.buffer) < _CAPACITY or pipe.reader_left or pipe.writer_left,
            max(0.0, end - time.monotonic()),
        )
        return len(pipe.buffer) < _CAPACITY and not (pipe.reader_left or pipe.writer_left)

    def _refuse_when_gone(self) -> None:
        if self._outgoing.writer_left:
            raise closed(self._device)
        if self._outgoing.reader_left:
            raise DeviceError(DeviceReason.DISCONNECTED, self._device, "nobody at the other end")


def memory_pair(device: str) -> tuple[MemoryTransport, MemoryTransport]:
    """Return the two ends of a new wire: the driver's and the device's."""
    changed = threading.Condition()
    there, back = _Pipe(), _Pipe()
    return (
        MemoryTransport(device, changed, incoming=back, outgoing=there),
        MemoryTransport(device, changed, incoming=there, outgoing=back),
    )
