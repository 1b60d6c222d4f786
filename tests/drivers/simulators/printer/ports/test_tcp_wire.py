"""What goes wrong on the network side, as a client sees it."""

import json
import socket
import time

import pytest

from drivers.simulators.printer.bench import Setup
from drivers.simulators.printer.control import tell
from drivers.simulators.printer.device import Make
from drivers.simulators.printer.ports.serving import serve_tcp

ASK = b"\x10\x04\x01"
CUT = b"\x1bJ\x60\x1dV\x01"


@pytest.fixture
def printer(serve, tmp_path):
    """Start a printer with these faults; a function that connects to it."""

    def start(*faults, make=None):
        setup = Setup(tmp_path, faults, make=make or Make())
        port = serve(serve_tcp, "127.0.0.1", 0, setup=setup)
        return lambda: socket.create_connection(("127.0.0.1", port), 5)

    return start


def lines_of(folder, number):
    return json.loads((folder / f"slip-{number:04d}.json").read_text())["lines"]


def is_silent(client, seconds=0.2):
    client.settimeout(seconds)
    try:
        return not client.recv(1)
    except TimeoutError:
        return True
    finally:
        client.settimeout(5)


def test_the_connection_is_reset_after_so_many_bytes_and_what_came_before_counts(printer, tmp_path):
    connect = printer("rst-after:5")
    with connect() as client:
        client.sendall(b"ab\ncd\nef\n")
        with pytest.raises(ConnectionResetError):
            client.recv(1)
    with connect() as client:
        client.sendall(b"\n" + CUT + b"\x1dr\x01")
        assert client.recv(1) == b"\x00"
    assert '"ab",\n    "cd"' in (tmp_path / "slip-0001.json").read_text()


def test_a_power_cycle_resets_the_connection_and_loses_the_buffer(printer, tmp_path):
    connect = printer("cover-open")
    with connect() as client:
        client.sendall(b"lost\n" + ASK)
        assert client.recv(1) == b"\x1a"
        assert tell(tmp_path, "power cycle")["buffered"] == 0
        with pytest.raises(ConnectionResetError):
            client.recv(1)
    assert tell(tmp_path, "cover shut")["dots"] == 0


def test_another_computer_prints_first_and_keeps_the_printer_until_it_goes(printer, tmp_path):
    connect = printer("second-client")
    with connect() as client:
        client.sendall(b"mine\n" + CUT + ASK)
        assert is_silent(client)
        assert lines_of(tmp_path, 1) == ["OTHER COMPUTER"]
        tell(tmp_path, "clear second-client")
        assert client.recv(1) == b"\x12"
    assert lines_of(tmp_path, 2) == ["mine"]


def test_another_computer_waits_for_the_end_of_the_connection_and_goes_by_itself(printer, tmp_path):
    connect = printer()
    with connect() as client:
        client.sendall(ASK)
        assert client.recv(1) == b"\x12"
        tell(tmp_path, "fault second-client:50")
        client.sendall(b"mine\n" + CUT + ASK)
        assert client.recv(1) == b"\x12"
    with connect() as client:
        client.sendall(ASK)
        assert client.recv(1) == b"\x12"
    assert [lines_of(tmp_path, n) for n in (1, 2)] == [["mine"], ["OTHER COMPUTER"]]


def test_a_printer_that_never_reads_holds_the_sender_back(printer, tmp_path):
    connect = printer("accept-never-read")
    with connect() as client:
        client.settimeout(0.2)
        with pytest.raises(TimeoutError):
            client.sendall(bytes(20_000_000))
        assert tell(tmp_path, "state")["buffered"] == 0
        assert is_silent(client)


@pytest.mark.slow
def test_a_full_buffer_holds_the_sender_back_and_then_goes_on(printer, tmp_path):
    connect = printer("paper-out")
    with connect() as client:
        client.sendall((b"x" * 47 + b"\n") * 500 + CUT + ASK)
        assert is_silent(client)
        assert tell(tmp_path, "state")["buffered"] == 4096
        tell(tmp_path, "paper in")
        assert client.recv(1) == b"\x12"
    assert (tmp_path / "slip-0001.json").read_text().count('xxx"') == 500


def test_answers_are_late(printer):
    with printer("late:150")() as client:
        started = time.monotonic()
        client.sendall(ASK)
        assert client.recv(1) == b"\x12"
        assert 0.15 <= time.monotonic() - started < 5


def test_a_half_closed_client_hears_what_it_is_owed(printer):
    with printer(make=Make(speed_mm=200))() as client:
        client.sendall(b"a\nb\nc\n\x1d(H\x06\x0000ABCD")
        client.shutdown(socket.SHUT_WR)
        with client.makefile("rb") as answers:
            assert answers.read() == b"\x37\x22ABCD\x00"
