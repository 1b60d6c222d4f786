"""Opens the wire that the configuration names."""

from config.model.devices import SerialPort, TcpPort
from drivers.protocols import Transport
from drivers.transports.serial import SerialTransport
from drivers.transports.tcp import TcpTransport


def open_wire(port: SerialPort | TcpPort, device: str) -> Transport:
    """Open `port` for `device`, or raise `DeviceError`."""
    if isinstance(port, TcpPort):
        return TcpTransport(port.host, port.port, device=device)
    return SerialTransport(port.path, port.baud, port.handshake, device=device)
