"""Transport over the event nodes of a scanner in keyboard mode. Grabbed, so that no key reaches the desktop."""

import contextlib
import fcntl
import glob
import os
import select
import time
from collections.abc import Sequence
from typing import Final

from drivers.errors import DeviceError, DeviceReason
from drivers.scanners.keys import KeyDecoder
from drivers.transports.descriptor import OPENING_REASONS, closed

# `input.h`: _IOW('E', 0x90, int) and _IOR('E', 0x18, 96 bytes), the bits of the keys that are down.
_EVIOCGRAB: Final = 0x40044590
_EVIOCGKEY: Final = 0x80604518
_KEY_BYTES: Final = 96
_RELEASE_SECONDS: Final = 1.0
_RELEASE_STEP: Final = 0.02


class KeyEvents:
    """Every node that `path` names, opened by the constructor. `*` in it stands for the interfaces of one scanner.

    One reader thread: the kernel drops events when its buffer overflows, and marks that in the stream.
    """

    def __init__(self, path: str, *, grab: bool, device: str) -> None:
        self._device = device
        self._nodes: dict[int, KeyDecoder] = {}
        self._poller = select.poll()
        paths = sorted(glob.glob(path))
        if not paths:
            raise DeviceError(DeviceReason.NOT_FOUND, device, path)
        try:
            self._open(paths, grab)
        except BaseException:
            self.close()
            raise

    def read(self, size: int, deadline: float) -> bytes:
        """Return at most `size` bytes of what is typed, b"" after `deadline` seconds without a character."""
        if not self._nodes:
            raise closed(self._device)
        end = time.monotonic() + deadline
        while True:
            for fd, _ in self._poller.poll(max(0.0, end - time.monotonic()) * 1000):
                if typed := self._typed(fd, size):
                    return typed
            if time.monotonic() >= end:
                return b""

    def write(self, data: bytes, deadline: float) -> int:
        """Refuse: nothing can be written to a keyboard."""
        raise DeviceError(DeviceReason.FAULT, self._device, "a keyboard takes no text")

    def close(self) -> None:
        """Give the keys back and release the nodes."""
        while self._nodes:
            fd, _ = self._nodes.popitem()
            with contextlib.suppress(OSError):
                os.close(fd)

    def _open(self, paths: Sequence[str], grab: bool) -> None:
        for path in paths:
            try:
                fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
                self._nodes[fd] = KeyDecoder()
                self._poller.register(fd, select.POLLIN)
                if grab:
                    _grab(fd)
            except OSError as error:
                reason = OPENING_REASONS.get(error.errno or 0, DeviceReason.FAULT)
                raise DeviceError(reason, self._device, f"{path}: {error.strerror}") from error

    def _typed(self, fd: int, size: int) -> bytes:
        # A character is at least one event of 24 bytes: no more is read than may be given back.
        try:
            data = os.read(fd, size)
        except BlockingIOError:
            return b""
        except OSError as error:
            detail = error.strerror or ""
            raise DeviceError(DeviceReason.DISCONNECTED, self._device, detail) from error
        if not data:
            raise DeviceError(DeviceReason.DISCONNECTED, self._device, "end of stream")
        return self._nodes[fd].feed(data)


def _grab(fd: int) -> None:
    """Take the node from the desktop once all its keys are up: one that is down then stays down for the desktop."""
    end = time.monotonic() + _RELEASE_SECONDS
    while any(fcntl.ioctl(fd, _EVIOCGKEY, bytes(_KEY_BYTES))) and time.monotonic() < end:
        time.sleep(_RELEASE_STEP)
    fcntl.ioctl(fd, _EVIOCGRAB, 1)
