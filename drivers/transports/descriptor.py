"""Reads and writes on a non-blocking file descriptor with a timeout: what TCP and serial lines have in common."""

import errno
import os
import select
import time
from typing import Final

from drivers.errors import DeviceError, DeviceReason

OPENING_REASONS: Final = {
    errno.ENOENT: DeviceReason.NOT_FOUND,
    errno.ENODEV: DeviceReason.NOT_FOUND,
    errno.ENXIO: DeviceReason.NOT_FOUND,
    errno.EBUSY: DeviceReason.BUSY,
    errno.EACCES: DeviceReason.DENIED,
    errno.EPERM: DeviceReason.DENIED,
}
"""What the kernel means when a device file cannot be opened."""

_RETRY_PAUSE = 0.002


class Descriptor:
    """A borrowed descriptor of a wire; whoever opened it closes it. For some wires an empty read is only silence."""

    def __init__(self, fd: int, device: str, *, ends_by_empty_read: bool = True) -> None:
        self._fd = fd
        self._device = device
        self._ends_by_empty_read = ends_by_empty_read

    def read(self, size: int, deadline: float) -> bytes:
        """Return what is there as soon as anything is, b"" after `deadline` seconds of silence."""
        end = time.monotonic() + deadline
        while self._ready(select.POLLIN, end):
            try:
                data = os.read(self._fd, size)
            except BlockingIOError:
                data = b""
            except OSError as error:
                raise self._lost(str(error)) from error
            else:
                if not data and self._ends_by_empty_read:
                    raise self._lost("end of stream")
            if data or not _may_try_again(end):
                return data
        return b""

    def write(self, data: bytes, deadline: float) -> int:
        """Write until all is gone, the deadline passes or the wire breaks; return how many bytes left."""
        end = time.monotonic() + deadline
        rest = memoryview(data)
        while rest and self._ready(select.POLLOUT, end):
            try:
                rest = rest[os.write(self._fd, rest) :]
            except BlockingIOError:
                # A terminal may call itself writable and take nothing.
                if not _may_try_again(end):
                    break
            except OSError as error:
                if len(rest) == len(data):
                    raise self._lost(str(error)) from error
                break
        return len(data) - len(rest)

    def _ready(self, event: int, end: float) -> bool:
        poller = select.poll()
        poller.register(self._fd, event)
        return bool(poller.poll(max(0.0, end - time.monotonic()) * 1000))

    def _lost(self, detail: str) -> DeviceError:
        return DeviceError(DeviceReason.DISCONNECTED, self._device, detail)


def _may_try_again(end: float) -> bool:
    """Do not spin on a wire that calls itself ready and is not, nor outlast the deadline on it."""
    time.sleep(_RETRY_PAUSE)
    return time.monotonic() < end


def closed(device: str) -> DeviceError:
    """The error of using a wire after its owner closed it."""
    return DeviceError(DeviceReason.DISCONNECTED, device, "closed here")
