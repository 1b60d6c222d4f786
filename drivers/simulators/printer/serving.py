"""Puts the simulated printer on a TCP port or a pseudo-terminal and keeps its slips, until told to stop.

A file named `fault` in the folder of slips holds the names of the present faults, one per line; it is read again all
the time, and while it is there it replaces the faults of the start. An empty file means a healthy printer.
"""

import contextlib
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Literal

from drivers.simulators.printer.device import SimulatedPrinter
from drivers.simulators.printer.faults import Fault, known_among
from drivers.simulators.printer.slip_folder import SlipFolder
from drivers.simulators.pseudo_terminal import pseudo_terminal, readable

FAULT_FILE = "fault"

_LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Setup:
    """How a simulated printer is equipped: the folder of its slips, what is wrong with it at first, its paper."""

    out: Path
    faults: frozenset[Fault] = frozenset()
    paper_mm: Literal[58, 80] = 80


def serve_tcp(
    host: str, port: int, setup: Setup, on_ready: Callable[[int], None], stop: Event
) -> None:
    """Listen until `stop`; `on_ready` gets the port, a free one for 0. One client prints, others wait their turn."""
    with socket.create_server((host, port)) as listener, _Bench(setup) as bench:
        on_ready(listener.getsockname()[1])
        while not stop.is_set():
            bench.look()
            if not readable(listener.fileno(), _LOOK_SECONDS):
                continue
            client, _ = listener.accept()
            with client:
                client.setblocking(False)
                _attend(client.fileno(), bench, stop)
                bench.printer.hang_up()


def serve_pty(path: Path, setup: Setup, on_ready: Callable[[Path], None], stop: Event) -> None:
    """Be a serial printer at the link `path` until `stop`; `on_ready` gets the path when it is there."""
    with pseudo_terminal(path) as line, _Bench(setup) as bench:
        on_ready(path)
        _attend(line, bench, stop)


class _Bench:
    """The printer, its slips and its fault file."""

    def __init__(self, setup: Setup) -> None:
        self._slips = SlipFolder(setup.out)
        self._fault_file = setup.out / FAULT_FILE
        self._first_faults = setup.faults
        self._said: str | None = None
        self._present = setup.faults
        self.printer = SimulatedPrinter(setup.paper_mm, self._faults())

    def __enter__(self) -> "_Bench":
        return self

    def __exit__(self, *_: object) -> None:
        if slip := self.printer.tear_off():
            self._slips.keep(slip, cut=False)

    def look(self) -> bytes:
        """Read the fault file; return what the printer says to a change."""
        said = self.printer.change(self._faults())
        self._keep_slips()
        return said

    def receive(self, data: bytes) -> bytes:
        """Give bytes to the printer and keep the slips that they make."""
        said = self.look() + self.printer.receive(data)
        self._keep_slips()
        return said

    def _keep_slips(self) -> None:
        while self.printer.slips:
            self._slips.keep(self.printer.slips.pop(0), cut=True)

    def _faults(self) -> frozenset[Fault]:
        try:
            said = self._fault_file.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return self._first_faults
        if said != self._said:
            self._said, self._present = said, known_among(said.split())
        return self._present


def _attend(line: int, bench: _Bench, stop: Event) -> None:
    """Serve one wire until it ends; a full buffer leaves the bytes on the wire, which holds the sender back."""
    while not stop.is_set():
        _say(line, bench.look())
        room = bench.printer.room
        if not room:
            stop.wait(_LOOK_SECONDS)
            continue
        if not readable(line, _LOOK_SECONDS):
            continue
        try:
            data = os.read(line, room)
        except BlockingIOError:
            continue
        except OSError:
            return
        if not data:
            return
        _say(line, bench.receive(data))


def _say(line: int, data: bytes) -> None:
    """Send an answer; where nobody reads, it is lost, as on a real line."""
    if data:
        with contextlib.suppress(OSError):
            os.write(line, data)
