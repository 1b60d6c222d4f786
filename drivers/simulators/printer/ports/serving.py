"""Server of the simulated printer on a TCP port or a pseudo-terminal: one thread and one select loop, until stopped."""

import contextlib
import select
import socket
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Protocol

from drivers.simulators.printer.bench import FAULT_FILE, Bench, Setup, WireState
from drivers.simulators.printer.ports.serial_wire import SerialWire
from drivers.simulators.printer.ports.tcp_wire import TcpWire

__all__ = ["FAULT_FILE", "Setup", "WireState", "serve_pty", "serve_tcp"]

_LOOK_SECONDS = 0.1
_BUSY_SECONDS = 0.005


class _Wire(Protocol):
    @property
    def waits_for(self) -> dict[int, int]: ...

    @property
    def is_pacing(self) -> bool: ...

    def serve(self, ready: set[int]) -> None: ...


def serve_tcp(
    host: str, port: int, setup: Setup, on_ready: Callable[[int], None], stop: Event
) -> None:
    """Listen until `stop`; `on_ready` gets the port, a free one for 0. One client prints, others wait their turn."""
    with socket.create_server((host, port)) as listener, Bench(setup) as bench:
        on_ready(listener.getsockname()[1])
        with contextlib.closing(TcpWire(listener, bench)) as wire:
            _serve(wire, bench, stop)


def serve_pty(path: Path, setup: Setup, on_ready: Callable[[Path], None], stop: Event) -> None:
    """Be a serial printer at the link `path` until `stop`; `on_ready` gets the path when it is there."""
    with contextlib.ExitStack() as port, Bench(setup) as bench:
        wire = SerialWire(path, bench, setup.line, port)
        on_ready(path)
        _serve(wire, bench, stop)


def _serve(wire: _Wire, bench: Bench, stop: Event) -> None:
    while not stop.is_set():
        bench.look()
        poller = select.poll()
        for fd, events in (wire.waits_for | bench.control.waits_for).items():
            poller.register(fd, events)
        is_busy = bench.printer.is_busy or bench.has_unsaid or wire.is_pacing
        seconds = _BUSY_SECONDS if is_busy else _LOOK_SECONDS
        ready = {fd for fd, _ in poller.poll(seconds * 1000)}
        bench.control.serve(ready)
        wire.serve(ready)
