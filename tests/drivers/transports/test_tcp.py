import socket
import threading
import time

import pytest

from drivers.errors import DeviceError, DeviceReason
from drivers.transports.tcp import TcpTransport


def test_unread_status_bytes_do_not_cost_the_printer_its_ticket() -> None:
    ticket = bytes(range(256)) * 50
    got: list[bytes] = []

    def printer(server: socket.socket) -> None:
        peer, _ = server.accept()
        with peer:
            peer.sendall(b"\x14\x00\x00\x0f" * 8)
            data = bytearray()
            while part := peer.recv(512):
                data += part
                peer.sendall(b"\x12")
            got.append(bytes(data))

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=printer, args=(server,))
        thread.start()
        wire = TcpTransport("127.0.0.1", server.getsockname()[1], device="printer")
        assert wire.write(ticket, 5) == len(ticket)
        wire.close()
        thread.join(5)
    assert got == [ticket]


def test_closing_does_not_wait_for_a_device_that_never_hangs_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        wire = TcpTransport("127.0.0.1", server.getsockname()[1], device="printer")
        peer, _ = server.accept()
        with peer:
            started = time.monotonic()
            wire.close()
            assert time.monotonic() - started < 2


def test_closing_ends_although_the_device_talks_without_end() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        wire = TcpTransport("127.0.0.1", server.getsockname()[1], device="printer")
        peer, _ = server.accept()
        with peer:
            peer.setblocking(False)
            peer.send(bytes(1_000_000))
            started = time.monotonic()
            wire.close()
            assert time.monotonic() - started < 2


def test_nothing_listening_is_a_device_not_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(DeviceError) as refused:
        TcpTransport("127.0.0.1", port, device="printer")
    assert refused.value.reason is DeviceReason.NOT_FOUND
    assert f"127.0.0.1:{port}" in refused.value.detail
