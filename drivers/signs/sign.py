"""Shell of LED sign drivers: sends frames with a write timeout over a line on which the sign never answers."""

from abc import ABC, abstractmethod

from config.model.devices import Sign as SignSettings
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import DeviceStatus, Health, SignState, Transport

_WRITE_SECONDS = 2.0
_REPLY_BYTES = 256


class OneWaySign(ABC):
    """One sign; owns its transport. A family implements `_frame`.

    Signs lose power, so the caller sends the last state again every few seconds.
    """

    def __init__(self, transport: Transport, settings: SignSettings, device: str) -> None:
        self._transport = transport
        self._settings = settings
        self._device = device

    def show(self, state: SignState) -> None:
        """Send `state`; returning means sent, not seen. Raises `DeviceError` (TIMEOUT) for a frame sent only in part."""
        frame = self._frame(state)
        sent = self._transport.write(frame, _WRITE_SECONDS)
        if sent < len(frame):
            detail = f"{sent} of {len(frame)} bytes left"
            raise DeviceError(DeviceReason.TIMEOUT, self._device, detail)

    def status(self) -> DeviceStatus:
        """UNKNOWN while the line is open, since the sign never answers; FAULT when the line is gone."""
        try:
            self._transport.read(_REPLY_BYTES, 0)
        except DeviceError as error:
            return DeviceStatus(Health.FAULT, (error.reason.value,))
        return DeviceStatus(Health.UNKNOWN)

    def close(self) -> None:
        """Release the line."""
        self._transport.close()

    @abstractmethod
    def _frame(self, state: SignState) -> bytes:
        """The bytes that put `state` on this sign."""
