import os
import socket

from config.model.devices import SerialPort, TcpPort
from drivers.transports.opening import open_wire
from drivers.transports.serial import SerialTransport
from drivers.transports.tcp import TcpTransport


def test_a_tcp_port_is_opened_as_written() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = TcpPort(wire="tcp", host="127.0.0.1", port=server.getsockname()[1])
        wire = open_wire(port, "printer")
        server.accept()[0].close()
        assert isinstance(wire, TcpTransport)
        wire.close()


def test_a_serial_port_is_opened_as_written() -> None:
    master, slave = os.openpty()
    wire = open_wire(SerialPort(wire="serial", path=os.ttyname(slave)), "scanner")
    assert isinstance(wire, SerialTransport)
    wire.close()
    os.close(slave)
    os.close(master)
