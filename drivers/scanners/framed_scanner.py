"""Driver of a barcode scanner that sends characters, by a serial line or as keys: parses codes, drops their echo."""

import time
from collections import deque
from collections.abc import Callable

from config.model.devices import EvdevScanner, SerialScanner
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import DeviceStatus, Health, Scan, Transport
from drivers.scanners.echo import Echo
from drivers.scanners.framing import CodeFramer, Garbled, Reading

IDLE_GAP = 0.08
"""Idle timeout (s) after which an unfinished code is accepted: scanners send a code in one go."""

_READ_SIZE = 4096


class FramedScanner:
    """Delivers codes one at a time; owns its transport and closes it."""

    def __init__(
        self,
        transport: Transport,
        settings: SerialScanner | EvdevScanner,
        device: str,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        self._device = device
        self._echo = Echo(clock)
        self._framer = CodeFramer(settings.prefix, settings.suffix)
        self._readings: deque[Reading] = deque()
        self._heard = 0.0
        self._status = DeviceStatus(Health.UNKNOWN)

    def read(self, deadline: float) -> Scan | None:
        """Wait for a scan; None after `deadline` seconds; `DeviceError` GARBLED for a code that cannot be read."""
        end = time.monotonic() + deadline
        while True:
            self._listen(max(0.0, end - time.monotonic()))
            while self._readings:
                scan = self._taken(self._readings.popleft())
                if scan is not None:
                    return scan
            if time.monotonic() >= end:
                return None

    def status(self) -> DeviceStatus:
        """READY once a code was read: an open port by itself does not prove that a scanner is there."""
        return self._status

    def close(self) -> None:
        """Release the port."""
        self._transport.close()

    def _listen(self, seconds: float) -> None:
        if self._readings:
            return
        pending = self._framer.pending
        gap_left = max(0.0, self._heard + IDLE_GAP - time.monotonic())
        data = self._received(min(seconds, gap_left) if pending else seconds)
        if data:
            self._heard = time.monotonic()
            self._readings.extend(self._framer.feed(data))
        elif pending and time.monotonic() - self._heard >= IDLE_GAP:
            self._readings.extend(self._framer.flush_idle())

    def _received(self, seconds: float) -> bytes:
        try:
            return self._transport.read(_READ_SIZE, seconds)
        except DeviceError as error:
            self._status = DeviceStatus(Health.FAULT, (error.reason.value,))
            raise

    def _taken(self, reading: Reading) -> Scan | None:
        if isinstance(reading, Garbled):
            self._status = DeviceStatus(Health.WARNING, (DeviceReason.GARBLED.value,))
            raise DeviceError(DeviceReason.GARBLED, self._device, reading.damage.value)
        self._status = DeviceStatus(Health.READY)
        return None if self._echo.repeats(reading.text) else reading
