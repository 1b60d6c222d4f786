"""Serial transport: a serial line, a USB-COM port or a pseudo-terminal, locked against a second process."""

import contextlib
import errno
import termios
import time
from typing import Literal

import serial

from drivers.errors import DeviceError, DeviceReason
from drivers.transports.descriptor import OPENING_REASONS, Descriptor, closed

Handshake = Literal["none", "rtscts", "xonxoff"]

_STALL_SECONDS = 1.0
_DRAIN_STEP = 0.01

_OPENING_REASONS = OPENING_REASONS | {
    errno.EIO: DeviceReason.NOT_FOUND,
    errno.EAGAIN: DeviceReason.BUSY,
}


class SerialTransport:
    """One port, held exclusively, opened by the constructor at 8N1."""

    def __init__(self, path: str, baud: int, handshake: Handshake, *, device: str) -> None:
        self._device = device
        self._port: serial.Serial | None = _open(path, baud, handshake, device)
        # pyserial configures the line; its own write loop spins on a full buffer and hides how much left.
        self._wire = Descriptor(self._port.fileno(), device)

    def read(self, size: int, deadline: float) -> bytes:
        """Return 1..size bytes, or b"" after `deadline` seconds of silence."""
        return self._open_wire().read(size, deadline)

    def write(self, data: bytes, deadline: float) -> int:
        """Hand `data` to the line within `deadline` seconds; return how many bytes left."""
        return self._open_wire().write(data, deadline)

    def close(self) -> None:
        """Let the line send what it holds while it makes progress, drop the rest, release the port."""
        if self._port is None:
            return
        port, self._port = self._port, None
        with contextlib.suppress(OSError, termios.error):
            _drain(port)
        with contextlib.suppress(OSError):
            port.close()

    def _open_wire(self) -> Descriptor:
        if self._port is None:
            raise closed(self._device)
        return self._wire


def _open(path: str, baud: int, handshake: Handshake, device: str) -> serial.Serial:
    try:
        return serial.Serial(
            path,
            baud,
            timeout=0,
            write_timeout=0,
            rtscts=handshake == "rtscts",
            xonxoff=handshake == "xonxoff",
            exclusive=True,
        )
    except (OSError, ValueError, termios.error) as error:
        code = error.errno if isinstance(error, OSError) else None
        reason = _OPENING_REASONS.get(code or 0, DeviceReason.FAULT)
        raise DeviceError(reason, device, f"{path}: {error}") from error


def _drain(port: serial.Serial) -> None:
    """Wait for the output buffer; throw it away when it stalls, for the kernel would hold the closing for 30 s."""
    waiting = port.out_waiting
    last_progress = time.monotonic()
    while waiting:
        time.sleep(_DRAIN_STEP)
        before, waiting = waiting, port.out_waiting
        if waiting < before:
            last_progress = time.monotonic()
        elif time.monotonic() - last_progress > _STALL_SECONDS:
            port.reset_output_buffer()
            return
