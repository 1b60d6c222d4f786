"""Simulated devices as programs: they appear, do their work, and leave nothing behind."""

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

pytestmark = pytest.mark.floor

Run = Callable[..., "CompletedProcess[str]"]
Start = Callable[..., Any]


def test_the_printer_answers_status_on_its_port(start: Start, tmp_path: Path) -> None:
    printer = start("simulate", "printer", "--tcp", 0, "--out", tmp_path)
    port = int(printer.line("printer on port"))
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(b"\x10\x04\x01")
        assert wire.recv(1) == b"\x12"
    assert printer.terminate() == 0


def test_a_line_typed_at_the_scanner_comes_out_of_its_port(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "scanner"
    scanner = start("simulate", "scanner", "--pty", path)
    scanner.line("scanner at")
    port = os.open(path, os.O_RDONLY | os.O_NOCTTY)
    scanner.type("H56.14-261102-0001")
    read = b""
    while not read.endswith(b"\r"):
        read += os.read(port, 64)
    os.close(port)
    assert read == b"H56.14-261102-0001\r"
    assert scanner.terminate() == 0
    assert not path.is_symlink()


def test_the_sign_shows_what_it_is_told(start: Start, tmp_path: Path) -> None:
    from drivers.protocols import SignState
    from drivers.signs.led_sign import encode

    path = tmp_path / "sign"
    sign = start("simulate", "sign", "--pty", path, "--out", tmp_path)
    sign.line("sign at")
    port = os.open(path, os.O_WRONLY | os.O_NOCTTY)
    os.write(port, encode(1, SignState("A025"), 8))
    shown = tmp_path / "sign.json"
    while not shown.exists() or json.loads(shown.read_text("utf-8"))["text"].strip() != "A025":
        os.sched_yield()
    os.close(port)
    assert sign.terminate() == 0


def test_a_printer_needs_one_wire(start: Start, tmp_path: Path) -> None:
    neither = start("simulate", "printer", "--out", tmp_path)
    with pytest.raises(AssertionError, match="ended with 2"):
        neither.line("printer")


@pytest.mark.parametrize(
    ("device", "named"),
    [
        (("printer", "--tcp", "0", "--out", "file"), "file"),
        (("printer", "--pty", "file", "--out", "slips"), "file"),
        (("scanner", "--pty", "folder"), "folder"),
        (("scanner", "--pty", "port", "--from", "nowhere"), "nowhere"),
        (("scanner", "--pty", "port", "--from", "folder"), "port"),
        (("sign", "--pty", "port", "--out", "file"), "file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_place_that_cannot_be_used_is_named(
    run_here: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, device: Any, named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "folder").mkdir()
    done = run_here("simulate", *device)
    assert done.returncode == 2
    assert f"{named} cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "file").is_file()


def test_a_port_in_use_is_named(run_here: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_here("simulate", "printer", "--tcp", port, "--out", tmp_path)
    assert done.returncode == 2
    assert f"port {port} cannot be used" in done.stderr


def test_a_printer_is_told_what_to_do_while_it_runs(
    start: Start, run_here: Run, tmp_path: Path
) -> None:
    options = ("--fault", "out-at:400", "--speed", 150, "--roll", 50_000, "--tcvn3-pages", "27,27")
    printer = start("simulate", "printer", "--tcp", 0, "--out", tmp_path, *options)
    printer.line("printer on port")
    told = run_here("simulate", "tell", tmp_path, "cover", "open")
    assert json.loads(told.stdout)["cover_open"] is True
    assert run_here("simulate", "tell", tmp_path, "dance").returncode == 2
    assert printer.terminate() == 0
    assert "cannot be used" in run_here("simulate", "tell", tmp_path, "state").stderr


@pytest.mark.parametrize(
    "option", [("--fault", "jam"), ("--fault", "usb-moves"), ("--tcvn3-pages", "30")]
)
def test_a_wrong_option_of_the_printer_is_named(run_here: Run, tmp_path: Path, option: Any) -> None:
    done = run_here("simulate", "printer", "--tcp", "0", "--out", tmp_path, *option)
    assert done.returncode == 2
    assert option[0] in done.stderr
