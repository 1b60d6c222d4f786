"""TCP transport to a device, such as port 9100 of a network printer."""

import contextlib
import socket

from drivers.errors import DeviceError, DeviceReason
from drivers.transports.descriptor import Descriptor, closed

_CONNECT_SECONDS = 5.0
_DRAIN_SECONDS = 0.5
_KEEPALIVE_SECONDS = 10
_DRAIN_LIMIT = 64 * 1024


class TcpTransport:
    """One connection, opened by the constructor and kept: a printer serves one at a time.

    The supervisor's question how the printer is, every 10 s, keeps it from being closed as idle.
    """

    def __init__(self, host: str, port: int, *, device: str) -> None:
        self._device = device
        self._socket: socket.socket | None = _connect(host, port, device)
        self._wire = Descriptor(self._socket.fileno(), device)

    def read(self, size: int, deadline: float) -> bytes:
        """Return 1..size bytes, or b"" after `deadline` seconds of silence."""
        return self._open_wire().read(size, deadline)

    def write(self, data: bytes, deadline: float) -> int:
        """Hand `data` to the network within `deadline` seconds; return how many bytes left."""
        return self._open_wire().write(data, deadline)

    def close(self) -> None:
        """Half-close, drain what the device still sends, then close.

        Linux answers unread bytes with a reset, and a reset makes a printer throw away what it has not printed.
        """
        if self._socket is None:
            return
        connection, self._socket = self._socket, None
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
            self._drain()
        connection.close()

    def _drain(self) -> None:
        drained = 0
        with contextlib.suppress(DeviceError):
            while drained < _DRAIN_LIMIT:
                data = self._wire.read(4096, _DRAIN_SECONDS)
                if not data:
                    return
                drained += len(data)

    def _open_wire(self) -> Descriptor:
        if self._socket is None:
            raise closed(self._device)
        return self._wire


def _connect(host: str, port: int, device: str) -> socket.socket:
    where = f"{host}:{port}"
    try:
        connection = socket.create_connection((host, port), timeout=_CONNECT_SECONDS)
    except TimeoutError as error:
        raise DeviceError(DeviceReason.TIMEOUT, device, f"{where}: no answer") from error
    except OSError as error:
        # Refused, no route and unknown name mean the same to the technician: no device at this address.
        raise DeviceError(DeviceReason.NOT_FOUND, device, f"{where}: {error}") from error
    connection.setblocking(False)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # Keep-alive: a printer that lost its power sends nothing; the kernel gives the connection up within half a minute.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, _KEEPALIVE_SECONDS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, _KEEPALIVE_SECONDS // 2)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)
    return connection
