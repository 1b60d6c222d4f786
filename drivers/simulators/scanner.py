"""A simulated barcode scanner in serial mode: a pseudo-terminal that sends the codes it is told to scan.

Not simulated: the speed of the line, check digits and symbologies, keyboard mode, the trigger, beeps and lamps.
"""

import math
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from drivers.simulators.pseudo_terminal import pseudo_terminal, readable

BETWEEN_CODES = 0.15
"""No hand scans faster; a driver that ends codes by silence needs a silence."""

_LOOK_SECONDS = 0.1
_LINE_BYTES = 8192


def serve_pty(
    path: Path,
    source: int | Path,
    stop: Event,
    on_ready: Callable[[], None],
    prefix: str = "",
    suffix: str = "\r",
) -> None:
    """Be a scanner at `path` until `stop`: each UTF-8 line of `source` (descriptor, FIFO or file) is one scan.

    The end of `source` is not the end of the scanner: it stays plugged in. A code sent while the port's buffer is
    full is lost, as on a real line.
    """
    with pseudo_terminal(path) as line:
        on_ready()
        with _Source(source) as codes:
            for code in codes.lines(stop):
                _send(line, prefix.encode() + code + suffix.encode())
                _rest(BETWEEN_CODES, stop)
        _rest(math.inf, stop)


class _Source:
    """Where the codes come from; opened without waiting for a writer."""

    def __init__(self, source: int | Path) -> None:
        self._owned = isinstance(source, Path)
        self._fd = _opened(source) if isinstance(source, Path) else source

    def __enter__(self) -> "_Source":
        return self

    def __exit__(self, *_: object) -> None:
        if self._owned:
            os.close(self._fd)

    def lines(self, stop: Event) -> Iterator[bytes]:
        """Yield lines without their ends until the source ends or `stop` is set; empty lines are no scans."""
        rest = b""
        while not stop.is_set():
            if not readable(self._fd, _LOOK_SECONDS):
                continue
            data = os.read(self._fd, _LINE_BYTES)
            *complete, rest = (rest + data).split(b"\n")
            rest = rest[-_LINE_BYTES:]
            if not data:
                complete, rest = [rest], b""
            for line in complete:
                code = line.rstrip(b"\r")
                if code and not stop.is_set():
                    yield code
            if not data:
                return


def _opened(source: Path) -> int:
    # A FIFO opened for both ways neither waits for a writer nor ends when one leaves.
    fifo = stat.S_ISFIFO(source.stat().st_mode)
    return os.open(source, os.O_RDWR if fifo else os.O_RDONLY)


def _rest(seconds: float, stop: Event) -> None:
    # `stop` is set by a signal handler in this very thread, which must not find it inside the event's own lock.
    end = time.monotonic() + seconds
    while not stop.is_set() and (left := end - time.monotonic()) > 0:
        time.sleep(min(left, _LOOK_SECONDS))


def _send(line: int, data: bytes) -> None:
    try:
        os.write(line, data)
    except BlockingIOError:
        return
