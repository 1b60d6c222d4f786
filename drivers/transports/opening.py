"""Factory of transports: opens the wire that the configuration names, on whatever port its device is now."""

from typing import assert_never

from config.model.devices import CupsQueue, EscposPrinter, SerialPort, TcpPort, UsbPort
from config.model.printers import abilities
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Transport
from drivers.transports.cups import CupsTransport
from drivers.transports.finding import SerialPlaces, usb_printers
from drivers.transports.pacing import PacedTransport
from drivers.transports.serial import SerialTransport
from drivers.transports.tcp import TcpTransport
from drivers.transports.usb_printer import UsbPrinterTransport

BITS_PER_BYTE = 10

# A cache of port names, shared by all threads of the process.
_PLACES = SerialPlaces()


def open_wire(port: SerialPort | TcpPort | UsbPort | CupsQueue, device: str) -> Transport:
    """Open `port` for `device`, or raise `DeviceError`."""
    match port:
        case TcpPort():
            return TcpTransport(port.host, port.port, device=device)
        case UsbPort():
            return _open_usb(port, device)
        case CupsQueue():
            return CupsTransport(port.queue, port.host, device=device)
        case SerialPort():
            path = _PLACES.find(port.path)
            wire = SerialTransport(path, port.baud, port.handshake, device=device)
            _PLACES.remember(port.path, path)
            return wire
        case _:
            assert_never(port)


def _open_usb(port: UsbPort, device: str) -> Transport:
    """Open the first matching printer that is free; raise the error of the last one otherwise."""
    error = DeviceError(DeviceReason.NOT_FOUND, device, f"{port.path} {port.identity}".strip())
    for path in usb_printers(port.path, port.identity):
        try:
            return UsbPrinterTransport(path, device=device)
        except DeviceError as failed:
            error = failed
    raise error


def open_printer_wire(settings: EscposPrinter, device: str) -> Transport:
    """Open the wire of a printer; if its profile asks for pauses and no handshake holds the sender back, writes are paced."""
    port, can = settings.port, abilities(settings)
    wire = open_wire(port, device)
    if isinstance(port, SerialPort) and port.handshake == "none" and can.pace_bytes:
        return PacedTransport(wire, can.pace_bytes, can.pace_ms / 1000, port.baud / BITS_PER_BYTE)
    return wire
