"""A printer pulled out and put in again elsewhere, under the supervisor, through the registry."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from config.model.devices import EscposPrinter, SerialPort, TcpPort
from drivers import registry
from drivers.protocols import Health, PrintOutcome, TicketPrinter
from drivers.simulators.printer.bench import Setup
from drivers.simulators.printer.control import tell
from drivers.simulators.printer.ports.serving import serve_pty, serve_tcp
from drivers.slip import Slip, Text
from drivers.supervisor import Supervised
from drivers.transports import opening
from drivers.transports.finding import SerialPlaces

NAME = "hot-plugged"


@pytest.fixture
def supervise() -> Iterator[Callable[..., Supervised[TicketPrinter]]]:
    """Supervise a printer with a short back-off."""
    kept: list[Supervised[TicketPrinter]] = []

    def start(port: SerialPort | TcpPort) -> Supervised[TicketPrinter]:
        settings = EscposPrinter(kind="escpos", port=port, text="tcvn3")
        kept.append(
            Supervised(
                NAME,
                lambda: registry.open_printer(settings, NAME),
                backoff=(0.02, 0.05),
                check_every=0.05,
            )
        )
        return kept[-1]

    yield start
    for printer in kept:
        printer.close()


def wait_for(health: Health, printer: Supervised[TicketPrinter]) -> None:
    end = time.monotonic() + 30
    while printer.status.health is not health and time.monotonic() < end:
        threading.Event().wait(0.01)
    assert printer.status.health is health


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    logged = [r.getMessage() for r in caplog.records if r.name == f"device.{NAME}"]
    return [line.split()[0] for line in logged if line.startswith(("lost", "back"))]


def prints(printer: Supervised[TicketPrinter]) -> bool:
    result = printer.submit(lambda device: device.print(Slip("A1", (Text("A1"),)))).result(20)
    return result.outcome is PrintOutcome.PRINTED


@pytest.mark.parametrize("configured", ["by-id", "tty"])
def test_a_printer_on_another_port_is_found_again(
    printer_thread: Callable[..., Any],
    supervise: Callable[..., Supervised[TicketPrinter]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    configured: str,
) -> None:
    caplog.set_level(logging.INFO)
    name, tty = tmp_path / "by-id" / "usb-printer", tmp_path / "ttyUSB0"
    places = SerialPlaces(str(tmp_path / "by-id"), str(tmp_path / "by-path"))
    monkeypatch.setattr(opening, "_PLACES", places)
    printer_thread(serve_pty, name, setup=Setup(tmp_path))
    tty.symlink_to(os.readlink(name))
    path = name if configured == "by-id" else tty
    printer = supervise(SerialPort(wire="serial", path=str(path), handshake="rtscts"))
    wait_for(Health.READY, printer)
    tell(tmp_path, "fault usb-moves:300")
    wait_for(Health.FAULT, printer)
    wait_for(Health.READY, printer)
    # The worker thread prints after it has logged the return: READY is published a moment before.
    assert prints(printer)
    assert told(caplog) == ["lost:", "back"]


def test_a_network_printer_that_was_switched_off_is_lost_once_and_back_once(
    printer_thread: Callable[..., Any],
    supervise: Callable[..., Supervised[TicketPrinter]],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    port = printer_thread(serve_tcp, "127.0.0.1", 0, setup=Setup(tmp_path))
    printer = supervise(TcpPort(wire="tcp", host="127.0.0.1", port=port))
    wait_for(Health.READY, printer)
    tell(tmp_path, "fault second-client")
    tell(tmp_path, "power cycle")
    wait_for(Health.UNKNOWN, printer)
    tell(tmp_path, "heal")
    wait_for(Health.READY, printer)
    assert prints(printer)
    assert told(caplog) == ["lost:", "back"]
