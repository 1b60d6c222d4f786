import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.simulators.printer.device import SimulatedPrinter
from drivers.simulators.printer.faults import Fault
from drivers.simulators.printer.intake import BUFFER_BYTES

ASK = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
CUT = b"\x1bJ\x60\x1dV\x01"


@pytest.mark.parametrize(
    ("faults", "answers"),
    [
        ([], b"\x12\x12\x12\x12"),
        ([Fault.PAPER_LOW], b"\x12\x12\x12\x1e"),
        ([Fault.PAPER_OUT], b"\x1a\x32\x12\x7e"),
        ([Fault.COVER_OPEN], b"\x1a\x16\x12\x12"),
        ([Fault.SILENT], b""),
    ],
)
def test_status_follows_the_faults(faults, answers):
    assert SimulatedPrinter(80, frozenset(faults)).receive(ASK) == answers


def test_a_status_request_is_answered_across_pieces_and_within_data():
    printer = SimulatedPrinter(80)
    assert printer.receive(b"\x10") + printer.receive(b"\x04") + printer.receive(b"\x01") == b"\x12"
    assert printer.receive(b"\x1dv0\x00\x03\x00\x01\x00\x10\x04\x01") == b"\x12"


def test_a_request_is_answered_once():
    printer = SimulatedPrinter(80)
    assert [printer.receive(b"\x10\x04\x01"), printer.receive(b"\x04\x01")] == [b"\x12", b""]


def test_an_identity_comes_back_when_the_data_before_it_is_printed():
    printer = SimulatedPrinter(80)
    assert (
        printer.receive(b"a\n\x1d(H\x06\x0000ABCD" + CUT + b"\x1dr\x01") == b"\x37\x22ABCD\x00\x00"
    )
    assert [slip.lines for slip in printer.slips] == [("a",)]


def test_a_stopped_printer_holds_what_it_has_and_finishes_it_later():
    printer = SimulatedPrinter(80, frozenset({Fault.PAPER_OUT}))
    assert printer.receive(b"a\n" + CUT + b"\x1d(H\x06\x0000ABCD") == b""
    assert printer.intake.room < BUFFER_BYTES
    assert printer.slips == []
    assert printer.change(frozenset()) == b"\x37\x22ABCD\x00"
    assert [slip.lines for slip in printer.slips] == [("a",)]
    assert printer.intake.room == BUFFER_BYTES


def test_a_printer_switched_off_forgets_what_it_held():
    printer = SimulatedPrinter(80, frozenset({Fault.PAPER_OUT}))
    printer.receive(b"a\n" + CUT)
    printer.change(frozenset({Fault.SILENT}))
    assert printer.receive(b"b\n" + CUT) == b""
    assert printer.change(frozenset()) == b""
    assert printer.slips == []


def test_automatic_status_reports_changes_until_the_printer_is_told_to_stop():
    printer = SimulatedPrinter(80)
    assert printer.receive(b"\x1da\x0f") == b"\x10\x00\x00\x0f"
    assert printer.change(frozenset({Fault.COVER_OPEN})) == b"\x38\x00\x00\x0f"
    assert printer.change(frozenset({Fault.PAPER_LOW})) == b"\x10\x00\x03\x0f"
    printer.receive(b"\x1da\x00")
    assert printer.change(frozenset()) == b""


def test_an_unfinished_command_is_forgotten_when_its_sender_leaves():
    printer = SimulatedPrinter(80)
    printer.receive(b"\x1dv0\x00\x48\x00\x80\x00")
    printer.intake.hang_up()
    printer.receive(b"a\n" + CUT)
    assert [slip.lines for slip in printer.slips] == [("a",)]


def test_paper_that_was_not_cut_can_be_torn_off():
    printer = SimulatedPrinter(80)
    assert printer.feed.tear_off() is None
    printer.receive(b"a\n")
    slip = printer.feed.tear_off()
    assert slip is not None
    assert slip.lines == ("a",)


NOISE = st.lists(
    st.sampled_from(
        (b"\x1b@", b"\x1d!", b"\x1dv0", b"\x1d(k", b"\x1dk", b"\x1dh", b"\x1dw", b"\x1dV", b"\x1bJ")
    )
    | st.binary(max_size=6)
    | st.sampled_from(
        (b"\x03\x001C\x00", b"\x05\x001P0\x00", b"\x03\x001Q0", b"I\x03{B{", b"\x00")
    ),
    max_size=12,
)


@given(NOISE)
def test_no_bytes_break_it(noise):
    printer = SimulatedPrinter(58)
    for piece in noise:
        printer.receive(piece)
    printer.receive(bytes(2000))
    printer.feed.tear_off()
    assert printer.receive(b"\x10\x04\x01") == b"\x12"


NAME, RECORDED, REPEAT = b"\x1d(H\x06\x0000ab12", b"\x37\x22ab12\x00", b"\x1d^\x02\x00\x00"


def test_a_macro_is_obeyed_while_it_is_recorded_and_as_often_as_it_is_repeated():
    printer = SimulatedPrinter(80)
    assert printer.receive(b"\x1d:" + NAME + b"\x1d:") == RECORDED
    assert printer.receive(b"\x1b@" + REPEAT) == RECORDED * 2


@pytest.mark.parametrize("lost", [b"\x1d:\x1d:", b"\x1d:\x1d^\x01\x00\x00"])
def test_a_macro_is_forgotten_by_an_empty_one_and_by_a_repetition_within_it(lost):
    printer = SimulatedPrinter(80)
    printer.receive(b"\x1d:" + NAME + b"\x1d:" + lost)
    assert printer.receive(REPEAT) == b""


def test_a_macro_is_lost_with_the_power_and_keeps_no_more_than_its_memory_takes():
    printer = SimulatedPrinter(80)
    printer.receive(b"\x1d:" + NAME + b"\x1d:")
    printer.add("power-cycle")
    assert printer.receive(REPEAT) == b""
    assert printer.receive(b"\x1d:" + bytes(2040) + NAME + b"\x1d:") == RECORDED
    assert printer.receive(b"\x1d^\x01\x00\x00") == b""
