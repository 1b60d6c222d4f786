"""Shared transport with a lock: one wire for several devices of this process, such as signs on one RS-485 line."""

import threading
import time

from config.model.devices import SerialPort, TcpPort
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Transport
from drivers.transports.descriptor import closed
from drivers.transports.opening import open_wire


class SharedWires:
    """Opens each port once and hands out shares of it; the wire closes with its last share.

    A frame is written whole before the next device's. When the wire breaks, all shares of it are dead; the first
    device that opens the port again opens it for all.
    """

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._lines: dict[SerialPort | TcpPort, _Line] = {}

    def open(self, port: SerialPort | TcpPort, device: str) -> Transport:
        """Return a share of the wire at `port`, opening it for the first."""
        with self._gate:
            line = self._lines.setdefault(port, _Line(port))
        return _Share(line, line.join(device), device)


class _Line:
    """The wire of one port through its breaks; each opening is a generation."""

    def __init__(self, port: SerialPort | TcpPort) -> None:
        self._port = port
        self._turn = threading.Lock()
        self._wire: Transport | None = None
        self._generation = 0
        self._shares = 0

    def join(self, device: str) -> int:
        """Take part in the wire; return its generation."""
        with self._turn:
            if self._wire is None:
                self._wire = open_wire(self._port, device)
                self._generation += 1
                self._shares = 0
            self._shares += 1
            return self._generation

    def leave(self, generation: int) -> None:
        """Give a share back; the last one closes the wire."""
        with self._turn:
            if self._wire is not None and generation == self._generation:
                self._shares -= 1
                if not self._shares:
                    self._drop()

    def read(self, generation: int, size: int, deadline: float) -> bytes:
        """Read when it is this device's turn; not to get a turn is silence."""
        end = time.monotonic() + deadline
        if not self._turn.acquire(timeout=max(0.0, deadline)):
            return b""
        try:
            return self._alive(generation).read(size, end - time.monotonic())
        except DeviceError:
            self._drop_if(generation)
            raise
        finally:
            self._turn.release()

    def write(self, generation: int, data: bytes, deadline: float) -> int:
        """Write when it is this device's turn; not to get a turn is nothing written."""
        end = time.monotonic() + deadline
        if not self._turn.acquire(timeout=max(0.0, deadline)):
            return 0
        try:
            return self._alive(generation).write(data, end - time.monotonic())
        except DeviceError:
            self._drop_if(generation)
            raise
        finally:
            self._turn.release()

    def _alive(self, generation: int) -> Transport:
        if self._wire is None or generation != self._generation:
            raise DeviceError(DeviceReason.DISCONNECTED, "", "the shared line broke")
        return self._wire

    def _drop_if(self, generation: int) -> None:
        if generation == self._generation:
            self._drop()

    def _drop(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()


class _Share:
    """The transport that one device sees."""

    def __init__(self, line: _Line, generation: int, device: str) -> None:
        self._line: _Line | None = line
        self._generation = generation
        self._device = device

    def read(self, size: int, deadline: float) -> bytes:
        """Return 1..size bytes, or b"" after `deadline` seconds of silence."""
        try:
            return self._joined().read(self._generation, size, deadline)
        except DeviceError as error:
            raise self._mine(error) from error

    def write(self, data: bytes, deadline: float) -> int:
        """Write `data` in one piece within `deadline` seconds; return how many bytes left."""
        try:
            return self._joined().write(self._generation, data, deadline)
        except DeviceError as error:
            raise self._mine(error) from error

    def close(self) -> None:
        """Give the share back."""
        line, self._line = self._line, None
        if line is not None:
            line.leave(self._generation)

    def _joined(self) -> _Line:
        if self._line is None:
            raise closed(self._device)
        return self._line

    def _mine(self, error: DeviceError) -> DeviceError:
        # The wire carries the name of the device that opened it.
        return DeviceError(error.reason, self._device, error.detail)
