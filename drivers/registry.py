"""Answers what devices are supported: one table from the kinds of the configuration to the classes that drive them."""

import importlib
from typing import Any, Protocol, cast

from config.model.devices import (
    AlsaSpeaker,
    EscposPrinter,
    LedSign,
    SerialPort,
    SerialScanner,
    TcpPort,
    WavFolderSpeaker,
)
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import CodeScanner, CounterSign, Loudspeaker, TicketPrinter
from drivers.transports.opening import open_wire

KINDS: dict[str, tuple[str, str]] = {
    "escpos": ("drivers.escpos.printer", "EscposPrinter"),
    "serial-scanner": ("drivers.scanners.serial_scanner", "SerialScanner"),
    "led-sign": ("drivers.led.sign", "LedSign"),
    "alsa": ("drivers.sound.aplay", "AlsaSpeaker"),
    "wav-folder": ("drivers.sound.wav_folder", "WavFolderSpeaker"),
}


class _OnWire(Protocol):
    @property
    def kind(self) -> str: ...

    @property
    def port(self) -> SerialPort | TcpPort: ...


def open_printer(settings: EscposPrinter, device: str) -> TicketPrinter:
    """Open the printer of these settings, or raise `DeviceError`."""
    return cast(TicketPrinter, _open_on_wire(settings, device))


def open_scanner(settings: SerialScanner, device: str) -> CodeScanner:
    """Open the scanner of these settings, or raise `DeviceError`."""
    return cast(CodeScanner, _open_on_wire(settings, device))


def open_sign(settings: LedSign, device: str) -> CounterSign:
    """Open the sign of these settings, or raise `DeviceError`."""
    return cast(CounterSign, _open_on_wire(settings, device))


def open_speaker(settings: AlsaSpeaker | WavFolderSpeaker, device: str) -> Loudspeaker:
    """Open the loudspeaker of these settings, or raise `DeviceError`."""
    return cast(Loudspeaker, driver_class(settings.kind, device)(settings, device))


def driver_class(kind: str, device: str) -> Any:
    """Import the driver of `kind`; a missing library is told as LIBRARY_MISSING with its name."""
    module, name = KINDS[kind]
    try:
        return getattr(importlib.import_module(module), name)
    except ImportError as error:
        raise DeviceError(DeviceReason.LIBRARY_MISSING, device, error.name or str(error)) from error


def _open_on_wire(settings: _OnWire, device: str) -> object:
    driver = driver_class(settings.kind, device)
    wire = open_wire(settings.port, device)
    try:
        return driver(wire, settings, device)
    except BaseException:
        wire.close()
        raise
