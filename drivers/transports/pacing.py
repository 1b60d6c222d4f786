"""Paced transport for a printer without handshake: pauses between pieces, so that its small buffer never overruns."""

import time

from drivers.protocols import Transport


class PacedTransport:
    """Sends `piece_bytes` at a time and waits `pause_seconds`, and as long as the line needs for them, in between."""

    def __init__(
        self, wire: Transport, piece_bytes: int, pause_seconds: float, bytes_per_second: float
    ) -> None:
        self._wire = wire
        self._piece = piece_bytes
        self._pause = pause_seconds
        self._rate = bytes_per_second
        self._free_at = 0.0

    def read(self, size: int, deadline: float) -> bytes:
        """Return 1..size bytes, or b"" after `deadline` seconds of silence."""
        return self._wire.read(size, deadline)

    def write(self, data: bytes, deadline: float) -> int:
        """Send `data` piece by piece within `deadline` seconds; return how many bytes left."""
        end = time.monotonic() + deadline
        sent = 0
        while sent < len(data):
            if not self._wait(end):
                break
            piece = data[sent : sent + self._piece]
            left = self._wire.write(piece, end - time.monotonic())
            sent += left
            if len(piece) == self._piece:
                self._free_at = time.monotonic() + left / self._rate + self._pause
            if left < len(piece):
                break
        return sent

    def close(self) -> None:
        """Release the wire."""
        self._wire.close()

    def _wait(self, end: float) -> bool:
        """Wait for the pause to pass; False where the deadline comes before."""
        now = time.monotonic()
        if self._free_at > end:
            time.sleep(max(0.0, end - now))
            return False
        time.sleep(max(0.0, self._free_at - now))
        return True
