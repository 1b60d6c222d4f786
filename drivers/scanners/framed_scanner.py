"""Driver of a barcode scanner that sends characters, by a serial line or as keys: parses codes, each paper once."""

import time
from collections import deque
from collections.abc import Callable

from config.model.devices import EvdevScanner, SerialScanner
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Alike, Appraisal, DeviceStatus, Health, Scan, Transport
from drivers.scanners.framing import CodeFramer, Garbled, Reading
from drivers.scanners.presentation import GUN, Presentation

IDLE_GAP = 0.08
"""Idle timeout (s) after which an unfinished code is accepted: scanners send a code in one go."""

IDLE_GAP_OF_KEYS = 0.25
"""The same for keys, which some scanners press as slowly as a person."""

_READ_SIZE = 4096


class FramedScanner:
    """Delivers codes one at a time; owns its transport and closes it."""

    def __init__(
        self,
        transport: Transport,
        settings: SerialScanner | EvdevScanner,
        device: str,
        *,
        appraise: Appraisal = Alike,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        self._device = device
        self._appraise = appraise
        self._gap = IDLE_GAP_OF_KEYS if isinstance(settings, EvdevScanner) else IDLE_GAP
        self._presentation = Presentation(appraise, GUN, clock)
        self._framer = CodeFramer(settings.prefix, settings.suffix)
        self._readings: deque[Reading] = deque()
        self._heard = 0.0
        self._status = DeviceStatus(Health.UNKNOWN)

    def read(self, deadline: float) -> Scan | None:
        """Wait for a scan; None after `deadline` seconds; `DeviceError` GARBLED for a code that cannot be read."""
        end = time.monotonic() + deadline
        while True:
            self._listen(max(0.0, end - time.monotonic()))
            while True:
                if (scan := self._presentation.take()) is not None:
                    return scan
                if not self._readings:
                    break
                self._see(self._readings.popleft())
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
        held = self._presentation.seconds_left
        if held is not None:
            seconds = min(seconds, held)
        pending = self._framer.pending
        gap_left = max(0.0, self._heard + self._gap - time.monotonic())
        data = self._received(min(seconds, gap_left) if pending else seconds)
        if data:
            self._heard = time.monotonic()
            self._readings.extend(self._framer.feed(data))
        elif pending and time.monotonic() - self._heard >= self._gap:
            self._readings.extend(self._framer.flush_idle())

    def _received(self, seconds: float) -> bytes:
        try:
            return self._transport.read(_READ_SIZE, seconds)
        except DeviceError as error:
            self._status = DeviceStatus(Health.FAULT, (error.reason.value,))
            raise

    def _see(self, reading: Reading) -> None:
        if isinstance(reading, Garbled):
            if not self._appraise(reading.rest).is_useful:
                self._status = DeviceStatus(Health.WARNING, (DeviceReason.GARBLED.value,))
                raise DeviceError(DeviceReason.GARBLED, self._device, reading.damage.value)
            reading = Scan(reading.rest)
        self._status = DeviceStatus(Health.READY)
        self._presentation.see((reading,))
