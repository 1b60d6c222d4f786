"""Exceptions of device drivers: a reason code with data; sentences for people are in `texts/`."""

from enum import StrEnum


class DeviceReason(StrEnum):
    """Reason code of a device error."""

    NOT_FOUND = "not_found"
    BUSY = "busy"
    DENIED = "denied"
    DISCONNECTED = "disconnected"
    TIMEOUT = "timeout"
    OUT_OF_PAPER = "out_of_paper"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    OFFLINE = "offline"
    FAULT = "fault"
    GARBLED = "garbled"
    LIBRARY_MISSING = "library_missing"


class DeviceError(Exception):
    """A device failed. Scenarios: cable out (DISCONNECTED), port held by another program (BUSY), no answer (TIMEOUT)."""

    def __init__(self, reason: DeviceReason, device: str, detail: str = "") -> None:
        super().__init__(reason, device, detail)
        self.reason = reason
        self.device = device
        self.detail = detail

    def __str__(self) -> str:
        tail = f" ({self.detail})" if self.detail else ""
        return f"device {self.device}: {self.reason.value}{tail}"
