"""What may be torn, and that no number ever stands on the paper of another: two slips in a row around each disturbance."""

import logging
from contextlib import closing

import pytest

from config.model.printers import abilities
from drivers.escpos.answers.learned import Ability
from drivers.escpos.back_channel import BackChannel
from drivers.escpos.printer import EscposPrinter
from drivers.escpos.proof import Proof
from drivers.escpos.torn import TornPaper, end_of_strip, may_be_torn
from drivers.protocols import DeviceStatus, Health, PrintOutcome, PrintResult
from drivers.simulators.printer.faults import Fault
from drivers.slip import Slip, Text

WHOLE = Proof((), printed=True, worked_off=True)
NAMED = Proof((), printed=True)
STOPPED = Proof((), worked_off=True, was_stopped=True)
NOTHING = Proof(())


@pytest.mark.parametrize(
    ("proof", "outcome", "reason", "is_taken", "can_prove", "is_torn"),
    [
        (WHOLE, "printed", "", True, True, False),
        (WHOLE, "printed", "", False, True, True),
        (NAMED, "printed", "", True, True, False),
        (NAMED, "printed", "cutter", True, True, True),
        (NAMED, "printed", "disconnected", True, True, True),
        (STOPPED, "printed", "", True, True, True),
        (Proof((), True, True, True), "printed", "", True, True, False),
        (NOTHING, "unknown", "no_proof", True, True, True),
        (NOTHING, "unknown", "no_proof", True, False, False),
        (NOTHING, "unknown", "out_of_paper", True, False, True),
        (NOTHING, "unknown", "status_unknown", True, False, True),
        (NOTHING, "unknown", "no_proof", False, False, True),
        (Proof((), worked_off=True), "printed", "", True, True, False),
    ],
)
def test_doubt_about_wire_paper_or_cutter_is_torn_and_silence_of_the_mute_is_not(
    proof, outcome, reason, is_taken, can_prove, is_torn
):
    result = PrintResult(PrintOutcome(outcome), reason, 100)
    assert may_be_torn(proof, result, is_taken=is_taken, can_prove=can_prove) is is_torn


def test_a_strip_begins_at_a_new_line_and_is_fed_to_the_cutter(profile):
    can = abilities(profile())
    assert end_of_strip(can) == b"\x1b@\x1da\x0f\x1dP\x00\xcb\x1bJ\x01\x1dVB\x00"
    bare = can.model_copy(update={"cutter": "none", "automatic_status": False})
    assert end_of_strip(bare) == b"\x1b@\x1dP\x00\xcb\x1bJ\x78"


class Silent:
    """A wire on which nothing comes back."""

    def read(self, _size, _deadline):
        return b""

    def write(self, data, _deadline):
        return len(data)

    def close(self):
        pass


def paper_of(can, back: BackChannel | None = None, wire: Silent | None = None) -> TornPaper:
    wire = wire or Silent()
    return TornPaper(wire, back or BackChannel(wire, logging.getLogger("device.p")), can)


@pytest.fixture
def torn(profile) -> TornPaper:
    return paper_of(abilities(profile()))


def judged(torn: TornPaper, proof: Proof, outcome: str, reason: str = "") -> bool | None:
    result = PrintResult(PrintOutcome(outcome), reason, 100)
    return torn.judge("a", proof, result, is_taken=True).torn


def test_a_late_proof_of_slip_and_cut_ends_the_doubt(torn):
    torn._back.fences_out = 1
    assert judged(torn, NOTHING, "unknown", "out_of_paper")
    torn._back.late.latest = "a"
    torn.look_back()
    assert torn.is_torn
    torn._back.fences_out = 0
    torn.look_back()
    assert not torn.is_torn


def test_a_fence_that_was_lost_is_a_doubt_where_others_are_answered(torn):
    assert not judged(torn, NOTHING, "unknown", "no_proof")
    torn._back.fences_lost = 1
    torn.look_back()
    assert torn.is_torn
    assert torn.is_cut_short


class Busy(Silent):
    """A wire whose printer answers GS r so often: immediately, or behind the next that is written."""

    def __init__(self):
        self.answers, self.later, self.written = 0, 0, b""

    def read(self, _size, _deadline):
        self.answers, given = 0, self.answers
        return b"\x00" * given

    def write(self, data, _deadline):
        self.written += data
        self.answers, self.later = self.answers + self.later, 0
        return len(data)


WELL = DeviceStatus(Health.READY)
STRIP = b"\x1dVB\x00"


def tried(torn: TornPaper) -> tuple[str, int]:
    """Try to cut off; the outcome, and how many strips were sent so far."""
    outcome = torn.cut_off(lambda _count: 0.01, lambda: WELL).outcome
    return outcome.value, torn._transport.written.count(STRIP)


def test_a_busy_printer_gets_one_strip_however_often_it_is_tried(profile):
    torn = paper_of(abilities(profile()), wire=Busy())
    torn._back.learned.answered(Ability.FENCE)
    torn.expect()
    assert [tried(torn) for _ in range(3)] == [("failed", 1)] * 3
    torn._transport.answers = 4
    assert tried(torn) == ("printed", 1)
    assert not torn.is_torn


def test_a_strip_whose_answer_was_lost_is_sent_again(profile):
    torn = paper_of(abilities(profile()), wire=Busy())
    torn._back.learned.answered(Ability.FENCE)
    torn.expect()
    assert tried(torn) == ("failed", 1)
    torn._transport.later = 1
    assert tried(torn) == ("failed", 1)
    torn._transport.later = 2
    assert tried(torn) == ("printed", 2)


@pytest.mark.parametrize("forget", [True, False])
def test_what_is_expected_from_outside_keeps_only_the_proof_of_its_own_slip(torn, forget):
    assert judged(torn, NOTHING, "unknown", "cover_open")
    if forget:
        torn.forget_proof()
    torn.expect()
    torn._back.late.latest = "a"
    torn.look_back()
    assert torn.is_torn is forget
    fresh = paper_of(torn._can, torn._back)
    fresh.expect()
    fresh.look_back()
    assert fresh.is_torn


def test_an_undisturbed_printer_cuts_no_empty_strip(simulator, profile):
    for fault, count in ((None, 12), (Fault.NO_PROCESS_ID, 2)):
        bench = simulator("tcp", *([fault] if fault else []))
        with closing(bench.printer()) as printer:
            for number in range(count):
                result = printer.print(Slip(f"j{number}", (Text(f"A{number:03}"),)))
                assert result.torn is False
            assert printer.cut_off().torn is False
        lines = [slip["lines"] for slip in bench.wait_for_slips(count)]
        assert lines == [[f"A{number:03}"] for number in range(count)]
        for path in bench.out.glob("slip-*"):
            path.unlink()


def test_a_cut_that_is_refused_keeps_the_next_slip_back(simulator, profile):
    bench = simulator("tcp")
    with closing(EscposPrinter(bench.wire(), profile(), "p", patience=0.3)) as printer:
        printer.expect_torn()
        bench.set_faults("cutter")
        first = printer.print(Slip("a", (Text("A1"),)))
        again = printer.print(Slip("a", (Text("A1"),)))
        assert (first.outcome, first.bytes_sent, first.torn) == (PrintOutcome.FAILED, 0, True)
        assert (again.outcome, again.reason) == (PrintOutcome.FAILED, "cutter")
        bench.set_faults()
        printer.recover(clear=True)
        assert printer.print(Slip("a", (Text("A1"),))).outcome is PrintOutcome.PRINTED
    *strips, last = [slip["lines"] for slip in bench.wait_for_slips(2)]
    assert last == ["A1"]
    assert not any(strips)
