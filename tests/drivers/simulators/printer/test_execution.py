import pytest

from drivers.simulators.printer.device import SimulatedPrinter
from drivers.simulators.printer.orders import obey, state

CUT = b"\x1bJ\x60\x1dV\x01"


def test_unknown_commands_are_counted_and_noted_on_their_slip() -> None:
    printer = SimulatedPrinter(80)
    printer.receive(
        b"\x1b\xff\x1d(A\x02\x00\x00\x01a\n" + CUT + b"\x1b\xffb\n" + CUT + b"c\n" + CUT
    )
    assert [slip.unknown for slip in printer.slips] == [("1b ff", "1d 28 41"), ("1b ff",), ()]
    assert state(printer)["unknown_commands"] == {"1b ff": 2, "1d 28 41": 1}


def test_no_number_of_unknown_commands_fills_the_memory() -> None:
    printer = SimulatedPrinter(80)
    for first in range(0x80, 0x100):
        printer.receive(bytes(byte for second in (0x1B, 0x1C, 0x1D) for byte in (second, first)))
    assert len(printer.unknown) == 200


@pytest.mark.parametrize(
    ("traits", "cut", "is_full"),
    [
        ([], b"\x1dV\x01", False),
        ([], b"\x1dV\x00", True),
        (["full-cut"], b"\x1dV\x01", True),
        (["partial"], b"\x1dV\x00", False),
        (["full-cut", "partial"], b"\x1dV\x00", False),
    ],
)
def test_the_cutter_cuts_as_it_is_asked_or_as_it_is_built(traits, cut, is_full) -> None:
    printer = SimulatedPrinter(80, traits)
    printer.receive(b"a\n" + cut)
    assert [slip.is_full_cut for slip in printer.slips] == [is_full]


def test_a_presenter_cuts_before_it_moves_a_ticket_that_hangs_on_the_roll() -> None:
    printer = SimulatedPrinter(80, ["presenter"])
    printer.receive(b"a\n\x1bJ\x60\x1de\x05")
    assert [slip.lines for slip in printer.slips] == [("a",)]
    printer.receive(b"\x1de\x05b\n" + CUT + b"\x1de\x03\x05")
    assert [slip.lines for slip in printer.slips] == [("a",), ("b",)]
    assert state(printer)["ticket"] == "presented"
    assert printer.receive(b"\x1de\x06") == b"\x0c"
    obey(printer, "ticket take")
    assert state(printer)["tickets"] == {"taken": 1, "ejected": 1, "retracted": 0}
