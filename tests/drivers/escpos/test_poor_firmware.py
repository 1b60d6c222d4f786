"""Printers whose firmware answers less than the manual has it, over real wires, on consecutive slips."""

from contextlib import closing

import pytest

from config.model.devices import SerialPort
from drivers.escpos.answers.learned import Ability, Learned
from drivers.escpos.printer import EscposPrinter
from drivers.protocols import Confidence, DeviceStatus, Health, PrintOutcome
from drivers.simulators.printer.faults import Fault
from drivers.slip import Slip, Text

WIRES = ("tcp", "pty")
GS_R, GS_H = b"\x1dr\x01", b"\x1d(H\x06\x0000"


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize(
    ("lacks", "confidence"),
    [((GS_R,), Confidence.PROCESS_ID), ((GS_H,), Confidence.FENCE)],
)
def test_a_back_channel_command_that_is_absent_does_not_stop_the_next_slip(
    simulator, wire, lacks, confidence
):
    bench = simulator(wire)
    slips = [Slip(f"job-{number}", (Text(f"A00{number}"),)) for number in range(3)]
    with closing(bench.lacking(*lacks)) as printer:
        results = [printer.print(slip) for slip in slips]
    assert [result.outcome for result in results] == [PrintOutcome.PRINTED] * 3
    assert {result.confidence for result in results} == {confidence}
    assert [slip["lines"] for slip in bench.slips()] == [["A000"], ["A001"], ["A002"]]


def test_a_printer_that_proves_nothing_prints_and_that_is_what_is_known(simulator):
    bench = simulator("tcp")
    slips = [Slip(f"job-{number}", (Text(f"A00{number}"),)) for number in range(4)]
    with closing(bench.lacking(GS_R, GS_H)) as printer:
        results = [printer.print(slip) for slip in slips]
    assert {result.outcome for result in results} == {PrintOutcome.UNKNOWN}
    assert [result.reason for result in results[-2:]] == ["gives_no_proof"] * 2
    assert [slip["lines"] for slip in bench.slips()] == [[f"A00{number}"] for number in range(4)]


def test_a_one_way_printer_is_sent_slips_and_that_is_all_that_is_known(simulator):
    bench = simulator("tcp")
    with closing(bench.printer(one_way=True)) as printer:
        assert printer.status() == DeviceStatus(Health.WARNING, ("one_way",))
        results = [printer.print(Slip(name, (Text(name),))) for name in ("A1", "B2")]
        assert [slip["lines"] for slip in bench.wait_for_slips(2)] == [["A1"], ["B2"]]
    assert {(result.outcome, result.reason) for result in results} == {
        (PrintOutcome.UNKNOWN, "one_way")
    }


WORDS = "Vui lòng giữ phiếu và chờ gọi số tại quầy. Xin cảm ơn Ông/Bà đã đến."


@pytest.mark.parametrize(
    ("traits", "settings"),
    [
        (["columns:42"], {"columns": 42}),
        (["dots:512"], {"width_dots": 512}),
        (["dots:512"], {"model": "epson-tm-t88v"}),
    ],
)
def test_narrow_letters_and_heads_print_whole_words(simulator, traits, settings):
    bench = simulator("tcp", *traits)
    with closing(bench.printer(**settings)) as printer:
        for job in ("a", "b"):
            assert printer.print(Slip(job, (Text(WORDS),))).outcome is PrintOutcome.PRINTED
    for slip in bench.slips():
        assert " ".join(slip["lines"]) == WORDS
        assert max(map(len, slip["lines"])) <= 42


class Patient:
    """A one-way wire that notes how long a slip may take."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def read(self, _size: int, _deadline: float) -> bytes:
        return b""

    def write(self, data: bytes, deadline: float) -> int:
        self.seconds.append(deadline)
        return len(data)

    def close(self) -> None:
        """Nothing is held."""


def test_a_one_way_printer_is_given_the_time_of_its_line_and_paper(profile):
    wire = Patient()
    line = SerialPort(wire="serial", path="/dev/printer", baud=9600, handshake="rtscts")
    printer = EscposPrinter(wire, profile("raster", port=line, one_way=True), "p", patience=1.0)
    result = printer.print(Slip("a", (Text("A1", scale=8), Text(WORDS))))
    assert wire.seconds[0] >= 1.0 + result.bytes_sent / 960 + 2 * result.dots / 800


def test_what_a_printer_answers_is_remembered_over_its_connections(simulator, profile):
    bench, learned = simulator("tcp", Fault.NO_QUEUE_STATUS), Learned()
    for number in range(2):
        settings = profile(port=bench.port())
        with closing(EscposPrinter(bench.wire(), settings, "p", learned=learned)) as printer:
            assert printer.print(Slip(f"{number}", (Text("A1"),))).outcome is PrintOutcome.PRINTED
    assert learned.lacks(Ability.FENCE)
