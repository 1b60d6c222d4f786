"""TCP port of the simulated printer: one client is served, others wait in the accept queue, as with real ones.

One of the others may be a computer that the fault `second-client` brings: it prints a slip of its own in its turn.
"""

import contextlib
import select
import socket
import struct
import time

from drivers.simulators.printer.bench import Bench
from drivers.simulators.printer.faults import Fault

_MOST_AT_ONCE = 4096
_RESET_AT_CLOSE = struct.pack("ii", 1, 0)

OTHER_SLIP = b"\x1b@OTHER COMPUTER\n\x1bJ\x60\x1dV\x01\x1dr\x01"


class TcpWire:
    """Serves the listener's clients in turn; a full buffer leaves bytes on the wire, which holds the sender back."""

    is_pacing = False

    def __init__(self, listener: socket.socket, bench: Bench) -> None:
        self._listener = listener
        self._bench = bench
        self._client: socket.socket | None = None
        self._has_ended = False
        self._power_cycles = bench.printer.power_cycles
        self._other = _OtherComputer(bench)

    @property
    def waits_for(self) -> dict[int, int]:
        """The descriptors to poll."""
        faults = self._bench.printer.faults
        if self._client is None:
            return {} if self._other.is_served else {self._listener.fileno(): select.POLLIN}
        if (
            self._has_ended
            or not self._bench.printer.intake.room
            or Fault.ACCEPT_NEVER_READ in faults
        ):
            return {}
        return {self._client.fileno(): select.POLLIN}

    def serve(self, ready: set[int]) -> None:
        """Accept, read and answer."""
        if self._bench.printer.power_cycles != self._power_cycles:
            self._power_cycles = self._bench.printer.power_cycles
            self._reset()
        if self._client is None:
            self._other.look()
            if not self._other.is_served and self._listener.fileno() in ready:
                self._client, _ = self._listener.accept()
                self._client.setblocking(False)
        elif self._client.fileno() in ready:
            self._read(self._client)
        self._answer()
        if self._has_ended and not self._bench.printer.is_busy and not self._bench.has_unsaid:
            self.close()

    def close(self) -> None:
        """Let the client go."""
        if self._client is not None:
            self._client.close()
            self._client, self._has_ended = None, False
            self._bench.forget_unsaid()
            self._bench.printer.intake.hang_up()

    def _read(self, client: socket.socket) -> None:
        faults = self._bench.printer.faults
        most = min(
            self._bench.printer.intake.room,
            _MOST_AT_ONCE,
            faults.get(Fault.RST_AFTER, _MOST_AT_ONCE),
        )
        try:
            data = client.recv(most) if most else b""
        except BlockingIOError:
            return
        except OSError:
            self.close()
            return
        if not data and most:
            # A half-closed client still receives the answers that are queued.
            self._has_ended = True
            return
        self._bench.receive(data)
        if Fault.RST_AFTER in faults:
            faults[Fault.RST_AFTER] -= len(data)
            if faults[Fault.RST_AFTER] <= 0:
                self._bench.take(Fault.RST_AFTER)
                self._reset()

    def _answer(self) -> None:
        """Send what is due; bytes that are not read are lost, as on a real line."""
        if self._client is None or Fault.ACCEPT_NEVER_READ in self._bench.printer.faults:
            return
        if due := self._bench.due(_MOST_AT_ONCE):
            with contextlib.suppress(OSError):
                self._client.send(due)

    def _reset(self) -> None:
        if self._client is not None:
            self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_CLOSE)
            self.close()


class _OtherComputer:
    """Another computer that prints as soon as the printer is free, and stays connected behind its slip."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._served_at: float | None = None

    @property
    def is_served(self) -> bool:
        """Whether it has the printer: no other connection is taken."""
        return self._served_at is not None

    def look(self) -> None:
        """The printer is free: print, read the answers, and hang up when its time is over."""
        wanted = self._bench.printer.faults.get(Fault.SECOND_CLIENT)
        if self._served_at is None:
            if wanted is not None and self._bench.printer.intake.room >= len(OTHER_SLIP):
                self._bench.receive(OTHER_SLIP)
                self._served_at = time.monotonic()
            return
        self._bench.due(_MOST_AT_ONCE)
        stays_for = (wanted or 0) / 1000
        if wanted and time.monotonic() - self._served_at >= stays_for:
            self._bench.take(Fault.SECOND_CLIENT)
            wanted = None
        if wanted is None:
            self._served_at = None
            self._bench.forget_unsaid()
            self._bench.printer.intake.hang_up()
