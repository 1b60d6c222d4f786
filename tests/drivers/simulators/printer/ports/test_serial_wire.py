"""The serial side: pace, handshakes and a port that moves."""

import os
import time

import pytest

from drivers.errors import DeviceError, DeviceReason
from drivers.simulators.printer.bench import Setup, WireState
from drivers.simulators.printer.control import tell
from drivers.simulators.printer.ports.serving import serve_pty
from drivers.transports.serial import SerialTransport

ASK = b"\x10\x04\x01"
CUT = b"\x1bJ\x60\x1dV\x01"


@pytest.fixture
def printer(serve, tmp_path):
    """Start a serial printer; a function that opens its port."""
    path = tmp_path / "by-id" / "usb-printer"

    def start(*faults, line=WireState()):  # noqa: B008 - a frozen value, never changed
        serve(serve_pty, path, setup=Setup(tmp_path, faults, line=line))
        baud = line.baud or 9600
        return lambda handshake="none": SerialTransport(str(path), baud, handshake, device="p")

    return start


def test_bytes_come_at_the_pace_of_the_line(printer):
    wire = printer(line=WireState(baud=9600))()
    started = time.monotonic()
    assert wire.write(b"x" * 480 + ASK + b"\x1dr\x01", 5) == 486
    answers = wire.read(1, 5) + wire.read(1, 5)
    taken = time.monotonic() - started
    assert answers == b"\x12\x00"
    assert 0.4 < taken < 5
    wire.close()


@pytest.mark.parametrize(("of_printer", "of_host"), [("none", "none"), ("rtscts", "none"), ("xonxoff", "rtscts")])  # fmt: skip
def test_without_a_common_handshake_a_full_buffer_loses_bytes(printer, tmp_path, of_printer, of_host):  # fmt: skip
    wire = printer("cover-open", line=WireState(handshake=of_printer))(of_host)
    assert wire.write(b"x" * 9000, 5) == 9000
    wire.write(ASK, 5)
    heard = wire.read(1, 0.3)
    assert heard in {b"", b"\x13"}
    assert tell(tmp_path, "state")["buffered"] == 4096
    wire.close()


@pytest.mark.slow
@pytest.mark.parametrize("handshake", ["rtscts", "xonxoff"])
def test_a_common_handshake_holds_the_sender_back_and_loses_nothing(printer, tmp_path, handshake):
    wire = printer("cover-open", line=WireState(115_200, handshake))(handshake)
    lines = b"".join(b"%04d\n" % number for number in range(1500)) + CUT + b"\x1dr\x01"
    left = wire.write(lines, 0.5)
    tell(tmp_path, "cover shut")
    assert wire.write(lines[left:], 5) == len(lines) - left
    assert wire.read(1, 10) == b"\x00"
    printed = (tmp_path / "slip-0001.json").read_text()
    assert all(f'"{number:04d}"' in printed for number in range(1500))
    wire.close()


def test_another_baud_is_rubbish(serve, tmp_path):
    path = tmp_path / "port"
    serve(serve_pty, path, setup=Setup(tmp_path, line=WireState(baud=19_200)))
    wire = SerialTransport(str(path), 9600, "none", device="p")
    wire.write(ASK, 1)
    assert wire.read(1, 0.3) == b""
    wire.close()


def test_a_port_that_moves_is_a_loss_and_is_found_again_at_its_link(printer, tmp_path):
    connect = printer()
    wire, port = connect(), os.readlink(tmp_path / "by-id" / "usb-printer")
    tell(tmp_path, "fault usb-moves:50")
    with pytest.raises(DeviceError) as lost:
        wire.read(1, 5)
    assert lost.value.reason is DeviceReason.DISCONNECTED
    wire.close()
    end = time.monotonic() + 5
    while not (tmp_path / "by-id" / "usb-printer").exists() and time.monotonic() < end:
        os.sched_yield()
    wire = connect()
    wire.write(ASK, 1)
    assert wire.read(1, 5) == b"\x12"
    assert port.startswith("/dev/pts/")
    wire.close()


def test_a_question_is_answered_within_60_ms_where_the_printer_takes_10(printer):
    wire = printer("late:10", line=WireState(baud=9600))()
    taken = []
    for _ in range(21):
        started = time.monotonic()
        wire.write(ASK, 1)
        assert wire.read(16, 1) == b"\x12"
        taken.append(time.monotonic() - started)
    # One of the quicker ones: a loaded machine holds up many.
    assert 0.01 <= sorted(taken)[5] < 0.06
    wire.close()
