"""The real driver over real wires to the simulated printer."""

import contextlib
import threading
from collections.abc import Callable
from contextlib import closing

import pytest
from PIL import Image
from pyzbar import pyzbar

from drivers.errors import DeviceError
from drivers.escpos.printer import EscposPrinter
from drivers.protocols import (
    Confidence,
    DeviceStatus,
    Health,
    PrintOutcome,
    PrintResult,
    Transport,
)
from drivers.simulators.printer.faults import Fault
from drivers.slip import Align, QrCode, Slip, Text
from drivers.transports.memory import MemoryTransport, memory_pair

WIRES = ("tcp", "pty")

QUESTIONS, WELL = 12, b"\x12" * 4
"""The bytes of four questions after the state, and the answers of a printer that is well."""


@pytest.mark.parametrize("wire", WIRES)
def test_a_ticket_in_tcvn3_is_read_back_letter_by_letter(simulator, ticket, ticket_lines, wire):
    bench = simulator(wire)
    with closing(bench.printer("tcvn3")) as printer:
        result = printer.print(ticket)
    assert (result.outcome, result.reason) == (PrintOutcome.PRINTED, "")
    (slip,) = bench.slips()
    assert slip["lines"] == ticket_lines
    assert slip["qr"] == ["https://mc.daklak.gov.vn/t/7Q4K-A1042"]
    assert slip["barcodes"] == ["A1042-280725"]
    assert slip["cut"] is True


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("strategy", ["tcvn3", "raster"])
@pytest.mark.parametrize("native_qr", [True, False])
def test_the_codes_on_the_paper_are_read_by_zbar(simulator, ticket, wire, strategy, native_qr):
    bench = simulator(wire)
    with closing(bench.printer(strategy, native_qr=native_qr)) as printer:
        assert printer.print(ticket).outcome is PrintOutcome.PRINTED
    assert len(bench.slips()) == 1
    with Image.open(bench.out / "slip-0001.png") as paper:
        found = {(code.type, code.data.decode()) for code in pyzbar.decode(paper)}
    assert found == {
        ("QRCODE", "https://mc.daklak.gov.vn/t/7Q4K-A1042"),
        ("CODE128", "A1042-280725"),
    }


def test_a_ticket_in_tcvn3_takes_half_a_second_on_a_slow_serial_line(simulator, ticket):
    bench = simulator("tcp")
    with closing(bench.printer("tcvn3")) as printer:
        result = printer.print(ticket)
    assert result.bytes_sent <= 600


def test_slips_follow_each_other_over_one_connection(simulator):
    bench = simulator("tcp")
    with closing(bench.printer()) as printer:
        results = [printer.print(Slip(f"job-{n}", (Text(f"Số {n}"),))) for n in range(5)]
    assert [result.outcome for result in results] == [PrintOutcome.PRINTED] * 5
    assert [slip["lines"] for slip in bench.slips()] == [[f"Số {n}"] for n in range(5)]


@pytest.mark.parametrize("wire", WIRES)
def test_a_silent_printer_is_unknown_and_gets_no_slip(simulator, ticket, wire):
    bench = simulator(wire, Fault.SILENT)
    with closing(bench.printer()) as printer:
        assert printer.status() == DeviceStatus(Health.UNKNOWN, ("status_unknown",))
        assert printer.print(ticket) == PrintResult(PrintOutcome.FAILED, "status_unknown", 0)
    bench.set_faults()
    with closing(bench.printer()) as printer:
        assert printer.print(Slip("next", (Text("sau"),))).outcome is PrintOutcome.PRINTED
    assert [slip["lines"] for slip in bench.slips()] == [["sau"]]


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault.PAPER_OUT, DeviceStatus(Health.FAULT, ("out_of_paper",))),
        (Fault.COVER_OPEN, DeviceStatus(Health.FAULT, ("cover_open",))),
    ],
)
def test_a_printer_that_cannot_print_says_why_and_gets_no_slip(simulator, ticket, fault, status):
    bench = simulator("tcp", fault)
    with closing(bench.printer()) as printer:
        assert printer.status() == status
        assert printer.print(ticket) == PrintResult(PrintOutcome.FAILED, status.reasons[0], 0)
        bench.set_faults()
        assert printer.print(Slip("next", (Text("sau"),))).outcome is PrintOutcome.PRINTED
    assert [slip["lines"] for slip in bench.slips()] == [["sau"]]


def test_low_paper_is_a_warning_and_prints(simulator, ticket):
    bench = simulator("tcp", Fault.PAPER_LOW)
    with closing(bench.printer()) as printer:
        assert printer.status() == DeviceStatus(Health.WARNING, ("paper_low",))
        assert printer.print(ticket).outcome is PrintOutcome.PRINTED


def test_firmware_without_process_identities_is_believed_on_the_fence(simulator, ticket):
    bench = simulator("tcp", Fault.NO_PROCESS_ID)
    with closing(bench.printer()) as printer:
        result = printer.print(ticket)
    assert (result.outcome, result.confidence) == (PrintOutcome.PRINTED, Confidence.FENCE)
    assert len(bench.slips()) == 1


class FaultBeforeSlip:
    """A wire on which something happens to the printer after it said that it is well."""

    def __init__(self, wire: Transport, happen: Callable[[], None]) -> None:
        self._wire = wire
        self._happen = happen

    def read(self, size: int, deadline: float) -> bytes:
        return self._wire.read(size, deadline)

    def write(self, data: bytes, deadline: float) -> int:
        if len(data) > QUESTIONS:
            self._happen()
        return self._wire.write(data, deadline)

    def close(self) -> None:
        self._wire.close()


@pytest.mark.parametrize(
    ("fault", "reason"), [("paper-out", "out_of_paper"), ("silent", "status_unknown")]
)
def test_a_slip_without_proof_is_unknown(simulator, profile, ticket, fault, reason):
    bench = simulator("tcp")
    wire = FaultBeforeSlip(bench.wire(), lambda: bench.set_faults(fault))
    with closing(EscposPrinter(wire, profile(), "p", patience=0.2)) as printer:
        result = printer.print(ticket)
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, reason)
    assert result.bytes_sent > 0
    assert bench.slips() == []


def test_a_printer_out_of_paper_finishes_the_old_slip_when_there_is_paper(
    simulator, profile, ticket, ticket_lines
):
    bench = simulator("tcp")
    wire = FaultBeforeSlip(bench.wire(), lambda: bench.set_faults("paper-out"))
    with closing(EscposPrinter(wire, profile(), "p", patience=0.2)) as printer:
        assert printer.print(ticket).outcome is PrintOutcome.UNKNOWN
        bench.set_faults()
        assert [slip["lines"] for slip in bench.wait_for_slips(1)] == [ticket_lines]


def test_a_full_buffer_holds_the_sender_back_and_the_slip_is_unknown(simulator, profile):
    bench = simulator("pty")
    wire = FaultBeforeSlip(bench.wire(), lambda: bench.set_faults("cover-open"))
    tall = Slip("tall", tuple(QrCode(f"https://mc.vn/{n:0500}", 16) for n in range(2)))
    raster = profile("raster", native_qr=False)
    with closing(EscposPrinter(wire, raster, "p", patience=0.3)) as printer:
        result = printer.print(tall)
        assert result.outcome is PrintOutcome.UNKNOWN
        assert 0 < result.bytes_sent < 60_000
        assert bench.slips() == []


def test_a_torn_slip_does_not_swallow_the_next_one(simulator, profile):
    bench = simulator("tcp")
    wire = CutsShort(bench.wire(), keep=1000)
    with closing(EscposPrinter(wire, profile("raster"), "p", patience=0.2)) as printer:
        assert printer.print(Slip("a", (Text("A1", scale=8),))).outcome is PrintOutcome.UNKNOWN
        wire.keep = 1_000_000
        assert printer.print(Slip("b", (QrCode("https://b.vn"),))).outcome is PrintOutcome.PRINTED
    assert [slip["qr"] for slip in bench.slips()] == [[], ["https://b.vn"]]


class CutsShort:
    """A wire that loses the end of what is written."""

    def __init__(self, wire: Transport, keep: int) -> None:
        self._wire = wire
        self.keep = keep

    def read(self, size: int, deadline: float) -> bytes:
        return self._wire.read(size, deadline)

    def write(self, data: bytes, deadline: float) -> int:
        return self._wire.write(data[: self.keep], deadline)

    def close(self) -> None:
        self._wire.close()


def test_a_lost_wire_before_the_slip_is_a_failure(profile, ticket):
    ours, theirs = memory_pair("p")
    theirs.close()
    result = EscposPrinter(ours, profile(), "p").print(ticket)
    assert result == PrintResult(PrintOutcome.FAILED, "disconnected", 0)


def test_a_wire_lost_after_the_slip_leaves_it_unknown(profile, ticket):
    ours, theirs = memory_pair("p")
    device = threading.Thread(target=_answer_and_hang_up, args=(theirs,))
    device.start()
    result = EscposPrinter(ours, profile(), "p").print(ticket)
    device.join()
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, "disconnected")


def _answer_and_hang_up(wire: MemoryTransport) -> None:
    """Be a healthy printer until a slip comes, then lose the cable."""
    while len(data := wire.read(4096, 5.0)) == QUESTIONS:
        wire.write(WELL, 1.0)
    assert data
    wire.close()


def test_an_old_identity_proves_nothing(profile, ticket):
    ours, theirs = memory_pair("p")
    device = threading.Thread(target=_answer_with_old_identity, args=(theirs,))
    device.start()
    result = EscposPrinter(ours, profile(), "p", patience=0.3).print(ticket)
    ours.close()
    device.join()
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, "no_proof")


def _answer_with_old_identity(wire: MemoryTransport) -> None:
    """Be a healthy printer that answers slips with the identity of another job."""
    with contextlib.suppress(DeviceError):
        while data := wire.read(4096, 5.0):
            wire.write(WELL if len(data) == QUESTIONS else b"\x37\x22old!\x00", 1.0)


def test_an_identity_proves_the_slip_though_the_wire_is_lost_after_it(profile, ticket):
    ours, theirs = memory_pair("p")
    device = threading.Thread(target=_prove_and_hang_up, args=(theirs,))
    device.start()
    result = EscposPrinter(ours, profile(), "p").print(ticket)
    device.join()
    assert (result.outcome, result.reason) == (PrintOutcome.PRINTED, "disconnected")


def _prove_and_hang_up(wire: MemoryTransport) -> None:
    """Be a healthy printer that loses the cable after the proof of print."""
    while len(data := wire.read(4096, 5.0)) == QUESTIONS:
        wire.write(WELL, 1.0)
    request = data.rindex(b"\x1d(H")
    wire.write(b"\x37\x22" + data[request + 7 : request + 11] + b"\x00", 1.0)
    wire.close()


def test_what_cannot_be_printed_is_refused_before_anything_is_sent(profile):
    ours, theirs = memory_pair("p")
    result = EscposPrinter(ours, profile(), "p").print(Slip("j", (QrCode("x" * 5000),)))
    assert result == PrintResult(PrintOutcome.FAILED, "unprintable", 0)
    assert theirs.read(1, 0.0) == b""


def test_text_full_of_commands_prints_as_text_and_does_nothing(simulator):
    hostile = "\x1b@\x1dV\x00Số\x10\x04\x01 \x1bt\x05A\x1d(k\x03\x001\x51\x30\x00\x7f\x9b\u202e7"
    bench = simulator("tcp")
    with closing(bench.printer()) as printer:
        slip = Slip("x\x1b@", (Text(hostile, Align.CENTRE), Text("tiếp")))
        assert printer.print(slip).outcome is PrintOutcome.PRINTED
    (slip,) = bench.slips()
    assert slip["lines"] == ["@VSố tA(k1Q07", "tiếp"]
    assert slip["qr"] == []


@pytest.mark.parametrize("fault", ["paper-out", "cover-open"])
def test_the_proof_of_a_stopped_slip_comes_when_the_printer_goes_on(
    simulator, profile, ticket, fault
):
    bench = simulator("tcp")
    wire = FaultBeforeSlip(bench.wire(), lambda: bench.set_faults(fault))
    keeps = profile(keeps_buffer=True)
    with closing(EscposPrinter(wire, keeps, "p", patience=0.2)) as printer:
        assert printer.print(ticket).outcome is PrintOutcome.UNKNOWN
        assert printer.proved_late() == ()
        bench.set_faults()
        bench.wait_for_slips(1)
        assert _eventually(printer.proved_late) == (ticket.job,)


@pytest.mark.parametrize("lost", [40, 100, 0])
def test_a_slip_that_lost_a_part_in_the_buffer_is_never_printed_and_the_next_stands_alone(
    simulator, profile, ticket, lost
):
    """Its name and the answer behind its cut come back all the same, or the next slip is on the same paper."""
    bench = simulator("tcp", f"loses-buffer:{lost}")
    fault = f"loses-buffer:{lost}", "out-at:100"
    wire = FaultBeforeSlip(bench.wire(), lambda: bench.set_faults(*fault))
    with closing(EscposPrinter(wire, profile(), "p", patience=0.3)) as printer:
        first = printer.print(ticket)
        assert (first.outcome, first.reason) == (PrintOutcome.UNKNOWN, "out_of_paper")
        bench.set_faults()
        wire._happen = lambda: None
        # Until the printer answers again, its last report stands and nothing is sent: the spool tries again too.
        while (next_slip := printer.print(Slip("b", (Text("B2"),)))).bytes_sent == 0:
            assert next_slip.reason == "out_of_paper"
        assert next_slip.outcome is PrintOutcome.PRINTED
        assert printer.proved_late() == ()
    assert bench.slips()[-1]["lines"] == ["B2"]


def _eventually(ask: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    """Ask until there is something, for up to 5 s."""
    pause = threading.Event()
    for _ in range(500):
        if told := ask():
            return told
        pause.wait(0.01)
    return ()


def test_the_answer_to_an_earlier_fence_does_not_prove_the_next_slip(simulator, profile):
    """Firmware without GS ( H stops in slip a; its answer comes when it goes on, and is not taken for that of slip b."""
    bench = simulator("tcp", Fault.NO_PROCESS_ID)
    wire = FaultBeforeSlip(bench.wire(), lambda: bench.set_faults("no-process-id", "cover-open"))
    with closing(EscposPrinter(wire, profile(), "p", patience=0.5)) as printer:
        assert printer.print(Slip("a", (Text("A1"),))).outcome is PrintOutcome.UNKNOWN
        bench.set_faults("no-process-id")
        bench.wait_for_slips(1)
        wire._happen = lambda: None
        result = printer.print(Slip("b", (Text("B2"),)))
    assert (result.outcome, result.confidence) == (PrintOutcome.PRINTED, Confidence.FENCE)
    # The cover was open within slip a, and no name proves that it is whole: nothing is printed below what may hang there.
    assert [slip["lines"] for slip in bench.slips()] == [["A1"], [], ["B2"]]


def test_a_stopped_printer_is_known_at_once_by_its_automatic_status(simulator, profile, ticket):
    bench = simulator("tcp")
    wire = FaultBeforeSlip(bench.wire(), lambda: bench.set_faults("out-at:100"))
    with closing(EscposPrinter(wire, profile(), "p", patience=60.0)) as printer:
        result = printer.print(ticket)
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, "out_of_paper")
    assert result.confidence is Confidence.TRANSPORT


def test_a_jammed_cutter_is_told_beside_the_proof_and_freed_by_recovery(simulator, profile, ticket):
    bench = simulator("tcp", Fault.CUTTER)
    with closing(bench.printer()) as printer:
        result = printer.print(ticket)
        assert (result.outcome, result.reason) == (PrintOutcome.PRINTED, "cutter")
        assert printer.print(ticket) == PrintResult(PrintOutcome.FAILED, "cutter")
        bench.set_faults()
        printer.recover(clear=False)
        assert len(bench.wait_for_slips(1)) == 1


def test_what_a_slip_moves_of_the_paper_is_told(simulator, ticket):
    bench = simulator("tcp")
    with closing(bench.printer()) as printer:
        result = printer.print(ticket)
    assert result.dots >= 500


@pytest.mark.parametrize("fault", ["out-at:100", "cover-at:100"])
def test_paper_and_cover_in_the_middle_of_a_picture_are_heard(simulator, profile, fault):
    """The buffer is full of the picture, so no question comes through: what the printer reported by itself stands."""
    bench = simulator("tcp")
    tall = Slip("tall", (QrCode(f"https://mc.vn/{'0' * 500}", 16),) * 4)
    wire = FaultBeforeSlip(bench.wire(), lambda: bench.set_faults(fault))
    with closing(EscposPrinter(wire, profile("raster", native_qr=False), "p")) as printer:
        result = printer.print(tall)
        status = printer.status()
    reason = "out_of_paper" if fault.startswith("out") else "cover_open"
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, reason)
    assert status == DeviceStatus(Health.FAULT, (reason,))
