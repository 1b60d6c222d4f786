"""Whole conversations with a printer: closed in haste, and recorded and held again with its driver."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from config.model.devices import EscposPrinter, TcpPort
from drivers.escpos import printer
from drivers.protocols import PrintOutcome
from drivers.simulators.printer.bench import Setup
from drivers.simulators.printer.device import Make
from drivers.simulators.printer.ports.serving import serve_tcp
from drivers.slip import Slip, Text
from drivers.transports.recording import RecordingTransport, ReplayTransport, read_recording
from drivers.transports.tcp import TcpTransport

TICKET = Slip("ticket-A1042", (Text("Phiếu số thứ tự"), Text("A1042", scale=6)))


def test_a_printer_prints_all_although_its_connection_is_closed_with_answers_unread(
    printer_thread: Callable[..., Any], tmp_path: Path
) -> None:
    setup = Setup(tmp_path, make=Make(speed_mm=300))
    port = printer_thread(serve_tcp, "127.0.0.1", 0, setup=setup)
    wire = TcpTransport("127.0.0.1", port, device="printer")
    lines = b"".join(b"\x10\x04\x01%03d\n" % number for number in range(100))
    data = b"\x1b@\x1da\xff" + lines + b"\x1bJ\x60\x1dV\x01"
    assert wire.write(data, 10) == len(data)
    wire.close()
    end = time.monotonic() + 20
    while not (tmp_path / "slip-0001.json").exists() and time.monotonic() < end:
        threading.Event().wait(0.02)
    slip = json.loads((tmp_path / "slip-0001.json").read_text())
    assert slip["lines"] == [f"{number:03d}" for number in range(100)]


def test_a_recorded_conversation_gives_the_driver_the_same_result(
    printer_thread: Callable[..., Any], tmp_path: Path
) -> None:
    port = printer_thread(serve_tcp, "127.0.0.1", 0, setup=Setup(tmp_path))
    settings = EscposPrinter(
        kind="escpos", port=TcpPort(wire="tcp", host="127.0.0.1", port=port), text="tcvn3"
    )
    with (tmp_path / "kept").open("w") as file:
        wire = RecordingTransport(TcpTransport("127.0.0.1", port, device="p"), file)
        real = printer.EscposPrinter(wire, settings, "p")
        was = (real.status(), real.print(TICKET))
        real.close()
    replay = ReplayTransport(read_recording(tmp_path / "kept"), "p")
    again = printer.EscposPrinter(replay, settings, "p")
    assert (again.status(), again.print(TICKET)) == was
    assert was[1].outcome is PrintOutcome.PRINTED
    assert replay.is_over
