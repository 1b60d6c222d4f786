"""The window of the simulated printer: it shows what it is told, and a press is an order."""

import socket
from threading import Event
from typing import Any

import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QPushButton

from centerfloor.printer_window import PrinterThread, PrinterWindow
from drivers.simulators.printer.bench import PrinterView
from drivers.simulators.printer.device import SimulatedPrinter
from drivers.simulators.printer.orders import obey, state
from plumbing.sentences import load_sentences

SAY = load_sentences("centerfloor", "en").say


@pytest.fixture
def window(qtbot: Any) -> Any:
    """A window whose orders go to a printer; what they were."""
    printer, orders = SimulatedPrinter(58), list[str]()

    def order(what: str) -> None:
        orders.append(what)
        obey(printer, what)
        made.show_look(PrinterView(printer.paper.picture(), None, state(printer)))

    made = PrinterWindow(SAY, order)
    qtbot.addWidget(made)
    made.show()
    return made, printer, orders


def texts(window: Any) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.text()]


@pytest.mark.parametrize(
    ("does", "undoes", "orders", "seen"),
    [
        ("Open the cover", "Shut the cover", ["cover open", "cover shut"], "The cover is open"),
        ("Take the paper out", "Put in a new roll", ["paper out", "paper in"], "No paper"),
        ("Block the cutter", "Free the cutter", ["cutter block", "cutter free"], "Ready"),
        ("Switch off", "Switch on", ["power off", "power on"], "Off"),
    ],
)
def test_a_press_turns_what_is_seen_and_a_second_turns_it_back(
    window: Any, qtbot: Any, does: str, undoes: str, orders: list[str], seen: str
) -> None:
    shown, _, given = window
    button = next(b for b in shown.findChildren(QPushButton) if b.text() == does)
    button.click()
    qtbot.waitUntil(lambda: button.text() == undoes)
    assert seen in texts(shown)
    button.click()
    qtbot.waitUntil(lambda: button.text() == does)
    assert "Ready" in texts(shown)
    assert given == orders


def test_the_paper_and_the_slip_before_it_are_shown(window: Any, qtbot: Any) -> None:
    shown, printer, _ = window
    printer.receive(b"one\n\x1bJ\x60\x1dV\x01two\n")
    shown.show_look(PrinterView(printer.paper.picture(), printer.slips[-1].image, state(printer)))
    paper = next(label for label in shown.findChildren(QLabel) if not label.text())
    qtbot.waitUntil(lambda: not paper.pixmap().isNull())
    heights = printer.slips[-1].image.height + printer.paper.picture().height
    assert paper.pixmap().height() == pytest.approx(0.75 * heights, abs=30)
    assert "1 slip cut. In the buffer: 0 bytes." in texts(shown)


def test_a_long_strip_is_shown_by_its_end(window: Any, qtbot: Any) -> None:
    shown, printer, _ = window
    strip = Image.new("L", (464, 39_000), 255)
    shown.show_look(PrinterView(strip, strip, state(printer)))
    paper = next(label for label in shown.findChildren(QLabel) if not label.text())
    qtbot.waitUntil(lambda: not paper.pixmap().isNull())
    assert paper.pixmap().height() < 7000


def test_a_wire_that_cannot_be_had_ends_the_window(qapp: Any) -> None:
    def serve(_stop: Event) -> None:
        raise OSError(98, "Address already in use")

    program = PrinterThread(serve)
    program.start()
    program.stop()
    assert program.failed is not None


@pytest.mark.floor
def test_the_program_with_a_window_prints_and_ends_as_without(start: Any, tmp_path: Any) -> None:
    printer = start("simulate", "printer", "--tcp", 0, "--out", tmp_path, "--window")
    port = int(printer.line("printer on port"))
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(b"a\n\x1bJ\x60\x1dV\x01\x1dr\x01")
        assert wire.recv(1) == b"\x00"
    assert (tmp_path / "slip-0001.png").is_file()
    assert printer.terminate() == 0


@pytest.mark.floor
def test_a_port_in_use_is_named_with_a_window_too(run: Any, tmp_path: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("simulate", "printer", "--tcp", port, "--out", tmp_path, "--window")
    assert done.returncode == 2
    assert f"port {port} cannot be used" in done.stderr
