"""A simulated barcode scanner: a serial port or a keyboard's event node that sends the codes read from a file or FIFO.

Not simulated: the speed of the line, check digits and symbologies, the trigger, beeps and lamps, and that a kernel
refuses to grab a node twice. A node is a pipe here, so the driver needs `grab = false`.
"""

import contextlib
import math
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import Final

from drivers.scanners.keys import EV_KEY, EVENT, PRESSED, RELEASED, events_of
from drivers.simulators.pseudo_terminal import pseudo_terminal, readable

BETWEEN_CODES = 0.15
"""No hand scans faster; a driver that ends codes by silence needs a silence."""

_BETWEEN_PIECES: Final = 0.005
_UNPLUGGED_SECONDS: Final = 0.2
_LOOK_SECONDS = 0.1
_LINE_BYTES = 8192
_FLOOD: Final = 200
_RUBBISH: Final = b"\xff\xfe\x81"
_KEY_F1: Final = 59
_RUBBISH_KEYS: Final = b"".join(EVENT.pack(0, 0, EV_KEY, _KEY_F1, v) for v in (PRESSED, RELEASED))


class ScannerFault(StrEnum):
    """What is wrong with a scanner."""

    NOISE = "noise"
    SPLIT = "split"
    NO_TERMINATOR = "no-terminator"
    FLOOD = "flood"
    UNPLUG = "unplug"


@dataclass(frozen=True, slots=True)
class SimulatedScanner:
    """What a scanner puts around a code, and what is wrong with it.

    `noise` puts rubbish into the code, `split` sends it piece by piece, `no-terminator` leaves the suffix out, `flood`
    sends it two hundred times in one go, and with `unplug` the port goes after each code and comes back.
    """

    prefix: str = ""
    suffix: str = "\r"
    fault: ScannerFault | None = None

    def pieces(self, code: bytes, *, keys: bool) -> Iterator[bytes]:
        """What is sent for one code, as text or as key events."""
        rubbish = _RUBBISH_KEYS if keys else _RUBBISH
        sent = self._framed(code)
        sent = events_of(sent.decode()) if keys else sent
        match self.fault:
            case ScannerFault.NOISE:
                yield rubbish + sent
            case ScannerFault.SPLIT:
                size = EVENT.size if keys else 1
                yield from (sent[at : at + size] for at in range(0, len(sent), size))
            case ScannerFault.FLOOD:
                yield from (sent for _ in range(_FLOOD))
            case _:
                yield sent

    def _framed(self, code: bytes) -> bytes:
        suffix = "" if self.fault is ScannerFault.NO_TERMINATOR else self.suffix
        return self.prefix.encode() + code + suffix.encode()


def serve_pty(
    path: Path,
    source: int | Path,
    stop: Event,
    on_ready: Callable[[], None],
    gun: SimulatedScanner = SimulatedScanner(),
) -> None:
    """Be a serial scanner at `path` until `stop`: each UTF-8 line of `source` (descriptor, FIFO or file) is one scan.

    The end of `source` is not the end of the scanner: it stays plugged in. A code sent while the port's buffer is
    full is lost, as on a real line.
    """
    port = _Port(lambda: pseudo_terminal(path), gun, keys=False)
    with _Source(source) as codes:
        port.serve(codes.lines(stop), stop, on_ready)


def serve_events(
    path: Path,
    source: int | Path,
    stop: Event,
    on_ready: Callable[[], None],
    gun: SimulatedScanner = SimulatedScanner(),
) -> None:
    """Be a scanner in keyboard mode whose event node is a pipe at `path`. A code that a keyboard cannot type is not sent."""
    port = _Port(lambda: _event_pipe(path), gun, keys=True)
    with _Source(source) as codes:
        port.serve(codes.lines(stop), stop, on_ready)


@dataclass(frozen=True, slots=True)
class _Port:
    """Where the scanner is plugged in."""

    plug: Callable[[], AbstractContextManager[int]]
    gun: SimulatedScanner
    keys: bool

    def serve(self, codes: Iterator[bytes], stop: Event, on_ready: Callable[[], None]) -> None:
        """Send the codes until `stop`, plugged in again as often as it is unplugged."""
        with self.plug() as line:
            on_ready()
            unplugged = self._send(line, codes, stop)
        while unplugged:
            _rest(_UNPLUGGED_SECONDS, stop)
            with self.plug() as line:
                unplugged = self._send(line, codes, stop)

    def _send(self, line: int, codes: Iterator[bytes], stop: Event) -> bool:
        """Send codes; whether the scanner is to be unplugged now."""
        for code in codes:
            # A scanner leaves out what its keyboard has no key for; here the whole code.
            with contextlib.suppress(ValueError):
                for piece in self.gun.pieces(code, keys=self.keys):
                    _write(line, piece)
                    if self.gun.fault is ScannerFault.SPLIT:
                        time.sleep(_BETWEEN_PIECES)
            _rest(BETWEEN_CODES, stop)
            if self.gun.fault is ScannerFault.UNPLUG:
                return not stop.is_set()
        _rest(math.inf, stop)
        return False


@contextlib.contextmanager
def _event_pipe(path: Path) -> Iterator[int]:
    """A pipe at `path` that lasts as long as the block."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    try:
        node = os.open(path, os.O_RDWR | os.O_NONBLOCK)
        try:
            yield node
        finally:
            os.close(node)
    finally:
        path.unlink(missing_ok=True)


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
        """Yield lines without their ends until the source ends or `stop` is set; empty lines are not scans."""
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


def _write(line: int, data: bytes) -> None:
    try:
        os.write(line, data)
    except BlockingIOError:
        return
