import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from config.model.devices import EscposPrinter, SerialPort, TcpPort
from config.model.printers import abilities
from drivers.escpos import printer
from drivers.escpos.encoder import encode
from drivers.protocols import Transport
from drivers.simulators.printer.faults import Fault
from drivers.simulators.printer.interpreter.interpreter import Interpreter
from drivers.simulators.printer.interpreter.operations import Operation
from drivers.simulators.printer.mechanics.paper import PRINT_DOTS, Paper, PaperSlip
from drivers.simulators.printer.ports.serving import Setup, serve_pty, serve_tcp
from drivers.slip import Align, Barcode, Block, Columns, Feed, QrCode, Rule, Slip, Text
from drivers.transports.serial import SerialTransport
from drivers.transports.tcp import TcpTransport

DEVICE = "ticket-printer"


def make_profile(text: str = "tcvn3", **changes: object) -> EscposPrinter:
    fields = {"kind": "escpos", "port": TcpPort(wire="tcp", host="127.0.0.1"), "text": text}
    return EscposPrinter.model_validate(fields | changes)


@pytest.fixture
def profile() -> Callable[..., EscposPrinter]:
    """Make a printer profile, TCVN-3 over TCP unless told otherwise."""
    return make_profile


@pytest.fixture
def ticket() -> Slip:
    """A ticket as a kiosk of the suite prints it."""
    return Slip(
        job="ticket-A1042",
        blocks=(
            Text("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", Align.CENTRE, bold=True),
            Text("TỈNH ĐẮK LẮK", Align.CENTRE, bold=True),
            Feed(),
            Text("PHIẾU SỐ THỨ TỰ", Align.CENTRE, scale=2, bold=True),
            Text("A1042", Align.CENTRE, scale=6, bold=True),
            Text("Đất đai – Đăng ký biến động", Align.CENTRE, scale=2),
            Rule(),
            Columns("Đang chờ trước bạn", "7 người"),
            Columns("Lấy số lúc", "08:15 28/07/2025"),
            Rule(),
            QrCode("https://mc.daklak.gov.vn/t/7Q4K-A1042"),
            Barcode("A1042-280725"),
            Text("Vui lòng giữ phiếu và chờ gọi số tại quầy.", Align.CENTRE),
            Text("Xin cảm ơn!", Align.CENTRE),
        ),
    )


TICKET_LINES = [
    "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
    "TỈNH ĐẮK LẮK",
    "PHIẾU SỐ THỨ TỰ",
    "A1042",
    "Đất đai - Đăng",
    "ký biến động",
    "-" * 48,
    "Đang chờ trước bạn" + " " * 23 + "7 người",
    "Lấy số lúc" + " " * 22 + "08:15 28/07/2025",
    "-" * 48,
    "Vui lòng giữ phiếu và chờ gọi số tại quầy.",
    "Xin cảm ơn!",
]


@pytest.fixture
def ticket_lines() -> list[str]:
    """What a person reads on the ticket, line by line."""
    return list(TICKET_LINES)


@pytest.fixture
def on_paper() -> Callable[..., PaperSlip]:
    """Encode blocks and print them on simulated paper, without a wire."""

    def print_blocks(*blocks: Block, profile: EscposPrinter) -> PaperSlip:
        data = encode(Slip("job", blocks), profile).data
        paper_mm = abilities(profile).paper_mm
        interpreter, paper = Interpreter(PRINT_DOTS[paper_mm]), Paper(paper_mm)
        operations: list[Operation] = interpreter.feed(data)
        for operation in operations:
            paper.print(operation)
        paper.feed(abilities(profile).feed_before_cut_dots)
        return paper.cut()

    return print_blocks


class Without:
    """A wire to a printer whose firmware lacks some commands: it passes over them without a trace."""

    def __init__(self, wire: Transport, *commands: bytes) -> None:
        self._wire = wire
        self._commands = commands

    def read(self, size: int, deadline: float) -> bytes:
        return self._wire.read(size, deadline)

    def write(self, data: bytes, deadline: float) -> int:
        left = data
        for command in self._commands:
            while (at := left.find(command)) >= 0:
                length = LENGTHS[command]
                left = left[:at] + bytes(length) + left[at + length :]
        return self._wire.write(left, deadline)

    def close(self) -> None:
        self._wire.close()


GS_R, GS_H, DLE_EOT, GS_A = b"\x1dr\x01", b"\x1d(H\x06\x0000", b"\x10\x04", b"\x1da\x0f"
LENGTHS = {GS_R: 3, GS_H: 11, DLE_EOT: 3, GS_A: 3}


@dataclass(frozen=True)
class Bench:
    """A simulated printer at work: where it is reached, and where its slips lie."""

    address: int | Path
    out: Path

    def wire(self) -> Transport:
        if isinstance(self.address, int):
            return TcpTransport("127.0.0.1", self.address, device=DEVICE)
        return SerialTransport(str(self.address), 115_200, "none", device=DEVICE)

    def port(self) -> TcpPort | SerialPort:
        if isinstance(self.address, int):
            return TcpPort(wire="tcp", host="127.0.0.1", port=self.address)
        return SerialPort(wire="serial", path=str(self.address), baud=115_200, handshake="none")

    def lacking(self, *commands: bytes, **changes: object) -> printer.EscposPrinter:
        """The printer with firmware without these commands."""
        profile = make_profile(port=self.port(), **changes)
        return printer.EscposPrinter(Without(self.wire(), *commands), profile, DEVICE, patience=0.4)

    def printer(self, text: str = "tcvn3", **changes: object) -> printer.EscposPrinter:
        profile = make_profile(text, port=self.port(), **changes)
        return printer.EscposPrinter(self.wire(), profile, DEVICE, patience=1.0)

    def set_faults(self, *faults: str) -> None:
        fresh = self.out / "fault.new"
        fresh.write_text("\n".join(faults))
        fresh.replace(self.out / "fault")

    def slips(self) -> list[dict[str, object]]:
        return [json.loads(path.read_text()) for path in sorted(self.out.glob("slip-*.json"))]

    def wait_for_slips(self, count: int, seconds: float = 5.0) -> list[dict[str, object]]:
        end = time.monotonic() + seconds
        while len(self.slips()) < count and time.monotonic() < end:
            threading.Event().wait(0.01)
        return self.slips()


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    """Start simulated printers that live as long as the test."""
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def start(wire: str, *faults: Fault, paper_mm: Literal[58, 80] = 80) -> Bench:
        ready, address = threading.Event(), list[int | Path]()
        setup = Setup(tmp_path / "out", frozenset(faults), paper_mm)

        def on_ready(where: int | Path) -> None:
            address.append(where)
            ready.set()

        def serve() -> None:
            if wire == "tcp":
                serve_tcp("127.0.0.1", 0, setup, on_ready, stop)
            else:
                serve_pty(tmp_path / "printer", setup, on_ready, stop)

        thread = threading.Thread(target=serve, name=f"simulated-printer-{wire}")
        thread.start()
        threads.append(thread)
        assert ready.wait(5), "the simulated printer did not start"
        return Bench(address[0], setup.out)

    yield start
    stop.set()
    for thread in threads:
        thread.join(5)
        assert not thread.is_alive()
