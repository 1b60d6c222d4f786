"""A LED sign above a counter, on a line on which it never answers."""

from config.model.devices import LedSign as LedSignSettings
from drivers.errors import DeviceError, DeviceReason
from drivers.led.framing import encode
from drivers.protocols import DeviceStatus, Health, SignState, Transport

_WRITE_SECONDS = 2.0
_REPLY_BYTES = 256


class LedSign:
    """One sign; owns its transport. The caller shows the last state again every few seconds: signs lose power."""

    def __init__(self, transport: Transport, settings: LedSignSettings, device: str) -> None:
        self._transport = transport
        self._settings = settings
        self._device = device

    def show(self, state: SignState) -> None:
        """Send `state`; returning means sent, not seen."""
        frame = encode(self._settings.address, state, self._settings.columns)
        sent = self._transport.write(frame, _WRITE_SECONDS)
        if sent < len(frame):
            detail = f"{sent} of {len(frame)} bytes left"
            raise DeviceError(DeviceReason.TIMEOUT, self._device, detail)

    def status(self) -> DeviceStatus:
        """UNKNOWN while the line stands: the sign says nothing; FAULT when the line is gone."""
        try:
            self._transport.read(_REPLY_BYTES, 0)
        except DeviceError as error:
            return DeviceStatus(Health.FAULT, (error.reason.value,))
        return DeviceStatus(Health.UNKNOWN)

    def close(self) -> None:
        """Release the line."""
        self._transport.close()
