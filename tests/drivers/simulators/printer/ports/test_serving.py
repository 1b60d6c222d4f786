import json
import os
import socket
import threading
from pathlib import Path

import pytest
from PIL import Image

from drivers.simulators.printer.faults import Fault
from drivers.simulators.printer.ports.serving import Setup, serve_pty, serve_tcp

SLIP = b"\x1b@a\n\x1bJ\x60\x1dV\x01\x1dr\x01"


def talk(port: int, data: bytes, answer_bytes: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        client.sendall(data)
        answer = b""
        while len(answer) < answer_bytes and (part := client.recv(64)):
            answer += part
        return answer


def test_slips_are_kept_as_picture_and_facts(serve, tmp_path):
    port = serve(serve_tcp, "127.0.0.1", 0, setup=Setup(tmp_path / "out"))
    assert talk(port, SLIP + SLIP, 2) == b"\x00\x00"
    names = sorted(path.name for path in (tmp_path / "out").glob("slip-*"))
    assert names == ["slip-0001.json", "slip-0001.png", "slip-0002.json", "slip-0002.png"]
    facts = json.loads((tmp_path / "out" / "slip-0002.json").read_text())
    assert facts == {
        "slip": 2,
        "lines": ["a"],
        "qr": [],
        "barcodes": [],
        "cut": True,
        "picture": "slip-0002.png",
        "glyphs": [],
        "identities": [],
        "dots": 126,
        "raster_rows": 0,
        "cut_through": [],
        "unknown": [],
        "full_cut": False,
        "blank": False,
    }
    with Image.open(tmp_path / "out" / "slip-0001.png") as picture:
        assert picture.width == 640


def test_numbers_go_on_after_a_restart_and_uncut_paper_is_kept(serve, tmp_path):
    (tmp_path / "slip-0041.json").write_text("{}")
    port = serve(serve_tcp, "127.0.0.1", 0, setup=Setup(tmp_path))
    assert talk(port, SLIP + b"b\n\x1dr\x01", 2) == b"\x00\x00"
    serve.end()
    assert json.loads((tmp_path / "slip-0042.json").read_text())["cut"] is True
    rest = json.loads((tmp_path / "slip-0043.json").read_text())
    assert (rest["lines"], rest["cut"]) == (["b"], False)


def test_one_client_prints_and_the_other_waits(serve, tmp_path):
    port = serve(serve_tcp, "127.0.0.1", 0, setup=Setup(tmp_path))
    with socket.create_connection(("127.0.0.1", port), 5) as first:
        first.sendall(b"\x10\x04\x01")
        assert first.recv(1) == b"\x12"
        with socket.create_connection(("127.0.0.1", port), 5) as second:
            second.sendall(b"\x10\x04\x01")
            second.settimeout(0.3)
            with pytest.raises(TimeoutError):
                second.recv(1)
            first.close()
            second.settimeout(5)
            assert second.recv(1) == b"\x12"


def test_a_client_that_resets_does_not_end_the_printer(serve, tmp_path):
    port = serve(serve_tcp, "127.0.0.1", 0, setup=Setup(tmp_path))
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        client.sendall(b"\x10\x04\x01" * 100)
    assert talk(port, b"\x10\x04\x01", 1) == b"\x12"


def test_the_fault_file_rules_while_it_is_there(serve, tmp_path):
    setup = Setup(tmp_path, frozenset({Fault.PAPER_OUT}))
    port = serve(serve_tcp, "127.0.0.1", 0, setup=setup)
    assert talk(port, b"\x10\x04\x04", 1) == b"\x7e"
    (tmp_path / "fault").write_text("")
    assert talk(port, b"\x10\x04\x04", 1) == b"\x12"
    (tmp_path / "fault").write_text("near-end no-such-fault\n")
    assert talk(port, b"\x10\x04\x04", 1) == b"\x1e"
    (tmp_path / "fault").unlink()
    assert talk(port, b"\x10\x04\x04", 1) == b"\x7e"


def test_a_port_in_use_is_told_to_the_caller(serve, tmp_path):
    port = serve(serve_tcp, "127.0.0.1", 0, setup=Setup(tmp_path))
    with pytest.raises(OSError, match="in use"):
        serve_tcp("127.0.0.1", port, Setup(tmp_path), lambda _: None, threading.Event())


def test_a_pseudo_terminal_stands_at_its_path_while_the_printer_runs(serve, tmp_path):
    path = tmp_path / "ttyPRINTER"
    assert serve(serve_pty, path, setup=Setup(tmp_path / "out", paper_mm=58)) == path
    line = os.open(path, os.O_RDWR | os.O_NOCTTY)
    os.write(line, SLIP)
    assert os.read(line, 1) == b"\x00"
    os.close(line)
    with Image.open(tmp_path / "out" / "slip-0001.png") as picture:
        assert picture.width == 464
    serve.end()
    assert not Path(path).is_symlink()
