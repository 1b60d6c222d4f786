"""Pseudo-terminal in the place of a serial port: the far end of a simulated device."""

import contextlib
import errno
import os
import select
import tty
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def pseudo_terminal(path: Path) -> Iterator[int]:
    """Link `path` to a new raw terminal and give the device's end of it; the link goes when the device goes.

    A file in the way that is not a link is not touched (exception `FileExistsError`).
    """
    device_end, port_end = os.openpty()
    try:
        tty.setraw(port_end)
        os.set_blocking(device_end, False)
        port = os.ttyname(port_end)
        _link(path, port)
        try:
            # `port_end` stays open: a driver may close and open the port again without hanging the line up.
            yield device_end
        finally:
            _unlink(path, port)
    finally:
        os.close(device_end)
        os.close(port_end)


def readable(fd: int, seconds: float) -> bool:
    """Wait until `fd` has something to read or has ended."""
    poller = select.poll()
    poller.register(fd, select.POLLIN)
    return bool(poller.poll(seconds * 1000))


def _link(path: Path, port: str) -> None:
    if path.exists() and not path.is_symlink():
        raise FileExistsError(errno.EEXIST, "exists and is not a link", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(port)
    fresh.replace(path)


def _unlink(path: Path, port: str) -> None:
    # Another simulator may have taken the place meanwhile; its link is not ours to remove.
    with contextlib.suppress(OSError):
        if os.readlink(path) == port:
            path.unlink()
