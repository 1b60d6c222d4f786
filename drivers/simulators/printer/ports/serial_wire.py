"""Serial port of the simulated printer: a pseudo-terminal with the pace, baud, handshake and buffer of a real line.

A pseudo-terminal carries any amount at once and has no RTS and CTS, but it knows how the host has set its port. So the
printer takes bytes at its own baud, holds back a host that keeps the handshake by not reading, loses what finds no room
from one that does not, and reads rubbish at another baud. The terminal holds some KB more than a real port.
"""

import contextlib
import os
import select
import termios
import time
from pathlib import Path
from typing import Any

from drivers.simulators.printer.bench import Bench, WireState
from drivers.simulators.printer.faults import Fault
from drivers.simulators.pseudo_terminal import pseudo_terminal

XON, XOFF = b"\x11", b"\x13"
BITS_PER_BYTE = 10

_MOST_AT_ONCE = 4096
_PACE_SECONDS = 0.02
_XOFF_ROOM, _XON_ROOM = 512, 1024
_MISREAD = 0xE6
_IFLAG, _CFLAG, _OSPEED = 0, 2, 5
_BAUDS = {
    getattr(termios, name): int(name[1:])
    for name in dir(termios)
    if name.startswith("B") and name[1:].isdigit()
}


class SerialWire:
    """One port at the link `path`; `ports` holds what is open of it."""

    def __init__(
        self, path: Path, bench: Bench, line: WireState, ports: contextlib.ExitStack
    ) -> None:
        self._path = path
        self._bench = bench
        self._line = line
        self._ports = ports
        self._fd: int | None = ports.enter_context(pseudo_terminal(path))
        self._back_at = 0.0
        self._has_sent_xoff = False
        self._in, self._out = _Allowance(line.baud), _Allowance(line.baud)

    @property
    def waits_for(self) -> dict[int, int]:
        """The descriptors to poll."""
        if self._fd is None or self._is_held(self._fd) or self._in.is_used_up or self._never_reads:
            return {}
        return {self._fd: select.POLLIN}

    @property
    def is_pacing(self) -> bool:
        """Whether the line has to be served again soon."""
        return self._fd is None or self._in.is_used_up

    def serve(self, ready: set[int]) -> None:
        """Move, read, hold the sender back, answer."""
        self._move()
        if self._fd is None:
            return
        if self._fd in ready:
            self._read(self._fd)
        self._hold_back(self._fd)
        if due := self._bench.due(self._out.bytes):
            self._out.use(len(due))
            _send(self._fd, due)

    def _read(self, fd: int) -> None:
        try:
            data = os.read(
                fd, min(self._in.bytes, self._bench.printer.intake.room or _MOST_AT_ONCE)
            )
        except OSError:
            return
        self._in.use(len(data))
        same_baud = self._line.baud in {0, _baud_of_host(fd)}
        self._bench.receive(data if same_baud else bytes(byte ^ _MISREAD for byte in data))

    def _hold_back(self, fd: int) -> None:
        if self._line.handshake != "xonxoff":
            return
        room = self._bench.printer.intake.room
        if not self._has_sent_xoff and (room < _XOFF_ROOM or self._never_reads):
            self._has_sent_xoff = True
            _send(fd, XOFF)
        elif self._has_sent_xoff and room > _XON_ROOM and not self._never_reads:
            self._has_sent_xoff = False
            _send(fd, XON)

    def _is_held(self, fd: int) -> bool:
        """Whether the host has been held back, and obeys."""
        match self._line.handshake:
            case "rtscts":
                return not self._bench.printer.intake.room and bool(
                    _settings(fd)[_CFLAG] & termios.CRTSCTS
                )
            case "xonxoff":
                return self._has_sent_xoff and bool(_settings(fd)[_IFLAG] & termios.IXON)
        return False

    def _move(self) -> None:
        """Vanish, and come back as another port at the same link."""
        now = time.monotonic()
        if (milliseconds := self._bench.take(Fault.USB_MOVES)) is not None:
            self._fd, self._back_at = None, now + milliseconds / 1000
            self._ports.close()
            self._bench.forget_unsaid()
            self._bench.printer.intake.hang_up()
        elif self._fd is None and now >= self._back_at:
            self._fd = self._ports.enter_context(pseudo_terminal(self._path))

    @property
    def _never_reads(self) -> bool:
        return Fault.ACCEPT_NEVER_READ in self._bench.printer.faults


class _Allowance:
    """How many bytes a line of this baud rate has carried by now; 0 baud carries any number."""

    def __init__(self, baud: int) -> None:
        self._rate = baud / BITS_PER_BYTE
        self._most = max(1.0, self._rate * _PACE_SECONDS)
        self._carried = 0.0
        self._then = time.monotonic()

    @property
    def bytes(self) -> int:
        """How many bytes may pass now."""
        if not self._rate:
            return _MOST_AT_ONCE
        now = time.monotonic()
        self._carried = min(self._most, self._carried + (now - self._then) * self._rate)
        self._then = now
        return int(self._carried)

    @property
    def is_used_up(self) -> bool:
        """Whether it is worth waiting for more."""
        return self.bytes < max(1.0, self._most / 2)

    def use(self, count: int) -> None:
        """Let `count` bytes pass."""
        self._carried -= count if self._rate else 0


def _settings(fd: int) -> list[Any]:
    """How the host has set its port; a pseudo-terminal shows that to both ends."""
    return termios.tcgetattr(fd)


def _baud_of_host(fd: int) -> int:
    return _BAUDS.get(_settings(fd)[_OSPEED], 0)


def _send(fd: int, data: bytes) -> None:
    """Send; bytes that are not read are lost, as on a real line."""
    with contextlib.suppress(OSError):
        os.write(fd, data)
