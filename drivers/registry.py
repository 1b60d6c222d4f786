"""Registry of device drivers: one table from the kinds of the configuration to driver classes, imported when opened."""

import importlib
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, assert_never, cast

from config.model.devices import (
    AlsaSpeaker,
    CameraScanner,
    EscposPrinter,
    EvdevScanner,
    Scanner,
    SerialPort,
    SerialScanner,
    Sign,
    TcpPort,
    WavFolderSpeaker,
)
from drivers.errors import DeviceError, DeviceReason
from drivers.escpos.answers.learned import Learned
from drivers.protocols import (
    Alike,
    Appraisal,
    CodeScanner,
    CounterSign,
    Loudspeaker,
    TicketPrinter,
    Transport,
    Viewer,
)
from drivers.transports.key_events import KeyEvents
from drivers.transports.opening import open_printer_wire, open_wire
from drivers.transports.shared import SharedWires

KINDS: dict[str, tuple[str, str]] = {
    "escpos": ("drivers.escpos.printer", "EscposPrinter"),
    "serial-scanner": ("drivers.scanners.framed_scanner", "FramedScanner"),
    "evdev-scanner": ("drivers.scanners.framed_scanner", "FramedScanner"),
    "camera": ("drivers.scanners.camera", "CameraScanner"),
    "led-sign": ("drivers.signs.led_sign", "LedSign"),
    "alsa": ("drivers.sound.aplay", "AlsaSpeaker"),
    "wav-folder": ("drivers.sound.wav_folder", "WavFolderSpeaker"),
}

SIMULATORS: dict[str, tuple[str, str]] = {
    "led-sign": ("drivers.simulators.signs.led_sign", "LedSignLine"),
}
"""Kinds of devices whose simulator the command `simulate` chooses by kind."""

# A port is opened once per process, and several signs share one line.
_SIGN_LINES = SharedWires()


class _Kind(Protocol):
    @property
    def kind(self) -> str: ...


class _OnWire(_Kind, Protocol):
    @property
    def port(self) -> SerialPort | TcpPort: ...


def open_printer(
    settings: EscposPrinter, device: str, learned: Learned | None = None
) -> TicketPrinter:
    """Open the printer of these settings, or raise `DeviceError`. `learned` keeps what it answers over its connections."""
    return cast(
        TicketPrinter,
        _driven(settings, device, lambda: open_printer_wire(settings, device), learned=learned),
    )


def open_scanner(
    settings: Scanner,
    device: str,
    viewer: Viewer | None = None,
    appraise: Appraisal = Alike,
) -> CodeScanner:
    """Open the scanner of these settings, or raise `DeviceError`. A camera shows `viewer` its pictures.

    Of several codes on one paper the one counts that `appraise` ranks highest.
    """
    match settings:
        case CameraScanner():
            camera = driver_class(settings.kind, device)
            return cast(CodeScanner, camera(settings, device, viewer, appraise=appraise))
        case EvdevScanner(path=path, grab=grab):
            keys = partial(KeyEvents, path, grab=grab, device=device)
            return cast(CodeScanner, _driven(settings, device, keys, appraise=appraise))
        case SerialScanner(port=port):
            wire = partial(open_wire, port, device)
            return cast(CodeScanner, _driven(settings, device, wire, appraise=appraise))
        case _:
            assert_never(settings)


def open_sign(settings: Sign, device: str) -> CounterSign:
    """Open the sign of these settings, or raise `DeviceError`; signs of this process share the line of their port."""
    return cast(CounterSign, _open_on_wire(settings, device, _SIGN_LINES.open))


def open_speaker(settings: AlsaSpeaker | WavFolderSpeaker, device: str) -> Loudspeaker:
    """Open the loudspeaker of these settings, or raise `DeviceError`."""
    return cast(Loudspeaker, driver_class(settings.kind, device)(settings, device))


def simulator_class(kind: str) -> Any:
    """Import the simulator of `kind`."""
    module, name = SIMULATORS[kind]
    return getattr(importlib.import_module(module), name)


def driver_class(kind: str, device: str) -> Any:
    """Import the driver of `kind`; raises `DeviceError` (LIBRARY_MISSING) with the name of a missing library."""
    module, name = KINDS[kind]
    try:
        return getattr(importlib.import_module(module), name)
    except ImportError as error:
        raise DeviceError(DeviceReason.LIBRARY_MISSING, device, error.name or str(error)) from error


def _open_on_wire(
    settings: _OnWire, device: str, wire_of: Callable[[SerialPort | TcpPort, str], Transport]
) -> object:
    return _driven(settings, device, lambda: wire_of(settings.port, device))


def _driven(
    settings: _Kind, device: str, open_its_wire: Callable[[], Transport], **more: Any
) -> object:
    """The driver of these settings on its wire, which it owns. The driver is imported first: a failure leaves the port free."""
    driver = driver_class(settings.kind, device)
    wire = open_its_wire()
    try:
        return driver(wire, settings, device, **more)
    except BaseException:
        wire.close()
        raise
