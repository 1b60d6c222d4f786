"""There is no kernel printer on a test machine: a pseudo-terminal stands at the path, with the same calls."""

import os
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.model.devices import UsbPort
from drivers.errors import DeviceError, DeviceReason
from drivers.transports.opening import open_wire
from drivers.transports.usb_printer import UsbPrinterTransport


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[tuple[int, str]]:
    """The printer's end, and the path of its port."""
    master, slave = os.openpty()
    tty.setraw(slave)
    (tmp_path / "lp0").symlink_to(os.ttyname(slave))
    yield master, str(tmp_path / "lp0")
    os.close(slave)
    os.close(master)


def test_it_reads_and_writes(printer: tuple[int, str]) -> None:
    end, path = printer
    wire = UsbPrinterTransport(path, device="printer")
    assert wire.write(b"\x10\x04\x01", 1) == 3
    assert os.read(end, 10) == b"\x10\x04\x01"
    os.write(end, b"\x12")
    assert wire.read(10, 1) == b"\x12"
    assert wire.read(10, 0.02) == b""
    wire.close()


def test_a_port_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(DeviceError) as missing:
        UsbPrinterTransport(str(tmp_path / "lp9"), device="printer")
    assert missing.value.reason is DeviceReason.NOT_FOUND
    assert "lp9" in missing.value.detail


def test_the_first_printer_that_is_meant_is_opened(printer: tuple[int, str]) -> None:
    _, path = printer
    pattern = path.replace("lp0", "lp*")
    wire = open_wire(UsbPort(wire="usb", path=pattern), "printer")
    assert isinstance(wire, UsbPrinterTransport)
    wire.close()
    with pytest.raises(DeviceError) as missing:
        open_wire(UsbPort(wire="usb", path=pattern, identity="TM-T20"), "printer")
    assert missing.value.reason is DeviceReason.NOT_FOUND
    assert "TM-T20" in missing.value.detail


def test_an_empty_read_is_silence(tmp_path: Path) -> None:
    """At the end of a file every read is ready and empty, as at a printer of usblp that says nothing."""
    port = tmp_path / "lp0"
    port.write_bytes(b"\x12")
    wire = UsbPrinterTransport(str(port), device="printer")
    assert [wire.read(10, 1), wire.read(10, 0.05)] == [b"\x12", b""]
    wire.close()
    with pytest.raises(DeviceError):
        wire.read(1, 0)


def test_closing_a_printer_that_takes_nothing_ends(printer: tuple[int, str]) -> None:
    _, path = printer
    wire = UsbPrinterTransport(path, device="printer")
    assert 0 < wire.write(bytes(200_000), 0.05) < 200_000
    closing = threading.Thread(target=wire.close)
    closing.start()
    closing.join(5)
    assert not closing.is_alive()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is denied to root")
def test_a_port_of_another_group_is_denied(tmp_path: Path) -> None:
    port = tmp_path / "lp0"
    port.touch(mode=0)
    with pytest.raises(DeviceError) as denied:
        UsbPrinterTransport(str(port), device="printer")
    assert denied.value.reason is DeviceReason.DENIED
