"""USB printer transport: `/dev/usb/lp*` of the kernel's `usblp`, both ways, non-blocking with timeouts.

The kernel sends what one write gave in one piece and drops what is under way when the port is closed. An empty read
means silence there, not the end; a printer pulled out is an error of the next read or write.
"""

import contextlib
import errno
import os
import select

from drivers.errors import DeviceError, DeviceReason
from drivers.transports.descriptor import OPENING_REASONS, Descriptor, closed

_DRAIN_MILLISECONDS = 1000

_OPENING_REASONS = OPENING_REASONS | {errno.EIO: DeviceReason.NOT_FOUND}


class UsbPrinterTransport:
    """One printer, opened by the constructor; the kernel gives it to one program at a time."""

    def __init__(self, path: str, *, device: str) -> None:
        self._device = device
        try:
            self._fd: int | None = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            reason = _OPENING_REASONS.get(error.errno or 0, DeviceReason.FAULT)
            raise DeviceError(reason, device, f"{path}: {error.strerror}") from error
        self._wire = Descriptor(self._fd, device, ends_by_empty_read=False)

    def read(self, size: int, deadline: float) -> bytes:
        """Return 1..size bytes, or b"" after `deadline` seconds of silence."""
        return self._open_wire().read(size, deadline)

    def write(self, data: bytes, deadline: float) -> int:
        """Hand `data` to the kernel within `deadline` seconds; return how many bytes left."""
        return self._open_wire().write(data, deadline)

    def close(self) -> None:
        """Wait a second for what is under way, then release the port."""
        if self._fd is None:
            return
        fd, self._fd = self._fd, None
        poller = select.poll()
        poller.register(fd, select.POLLOUT)
        poller.poll(_DRAIN_MILLISECONDS)
        with contextlib.suppress(OSError):
            os.close(fd)

    def _open_wire(self) -> Descriptor:
        if self._fd is None:
            raise closed(self._device)
        return self._wire
