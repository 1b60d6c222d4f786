from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.simulators.printer.interpreter.interpreter import Interpreter
from drivers.simulators.printer.interpreter.operations import (
    Answer,
    AnswerEjector,
    AnswerIdentity,
    AnswerPaper,
    Cell,
    CutPaper,
    FeedToCutter,
    MoveTicket,
    PresentTickets,
    PrintCode128,
    PrintLine,
    PrintQr,
    PrintRaster,
    ReportChanges,
    Unknown,
)
from drivers.simulators.printer.interpreter.settings import Firmware


def understood(data: bytes):
    return Interpreter(576).feed(data)


def line(text, position=0, feed=30, margin=0, **style):
    return PrintLine(tuple(Cell(char, **style) for char in text), position, feed, margin)


@pytest.mark.parametrize(
    ("data", "operations"),
    [
        (b"ab\n", [line("ab")]),
        (b"ab\r\n", [line("ab")]),
        (b"a\tb\n", [line("a       b")]),
        (b"\n", [line("")]),
        (b"\x1bt\x1e\xae\x1bt\x1f\xa7\n", [line("đĐ")]),
        (b"\x1ba\x01a\n\x1ba2b\n", [line("a", 1), line("b", 2)]),
        (b"a\x1ba\x01b\n", [line("ab")]),
        (b"\x1bE\x01a\n", [line("a", bold=True)]),
        (b"\x1d!\x21a\n", [line("a", width=3, height=2)]),
        (b"\x1b!\x38a\n", [line("a", width=2, height=2, bold=True)]),
        (b"\x1dB\x01a\n", [line("a", reversed=True)]),
        (b"\x1b-\x01a\n", [line("a", underlined=True)]),
        (b"\x1b3\x40a\n\x1b2b\n", [line("a", feed=64), line("b")]),
        (b"a\x1bd\x03", [line("a", feed=90)]),
        (b"\x1bJ\x07", [line("", feed=7)]),
        (b"x\x1d!\x11\x1b@a\n", [ReportChanges(0), line("a")]),
        (
            b"\x1c.\x1cS\x00\x00\x1bR\x01\x1bM\x00\x1d(A\x02\x00\x00\x01a\n",
            [Unknown("1d 28 41"), line("a")],
        ),
        (b"\x10\x04\x01\x10\x05\x01\x10\x14\x01\x00\x05a\n", [line("a")]),
        (
            b"\x1dv0\x00\x01\x00\x02\x00\xff\x81",
            [PrintRaster(1, b"\xff", 0), PrintRaster(1, b"\x81", 0)],
        ),
        (b"\x1dv0\x03\x01\x00\x01\x00\x0f", [PrintRaster(1, b"\x0f", 0, 2, 2)]),
        (b"\x1b*\x21\x02\x00abcdefa\n", [line("a")]),
        (b"\x1dkIxA\x00", []),
        (
            b"\x1dh\x50\x1dw\x02\x1dH\x02\x1dkI\x04{BA1",
            [PrintCode128(b"{BA1", 80, 2, 2, 0)],
        ),
        (b"\x1dk\x04ABC\x00a\n", [Unknown("1d 6b 04"), line("a")]),
        (
            b"\x1d(k\x03\x001C\x06\x1d(k\x03\x001E1\x1d(k\x05\x001P0hi\x1d(k\x03\x001Q0",
            [PrintQr(b"hi", 6, "M", 0)],
        ),
        (b"\x1d(k\x03\x001Q0", []),
        (b"a\x1dV\x01", [line("a"), CutPaper()]),
        (b"\x1dVB\x20", [FeedToCutter(32), CutPaper()]),
        (b"a\x1dVA\x00", [line("a"), FeedToCutter(0), CutPaper(is_full=True)]),
        (b"\x1dV\x00\x1dV1", [CutPaper(is_full=True), CutPaper()]),
        (b"a\x1bi\x1bm", [line("a"), CutPaper(is_full=True), CutPaper()]),
        (b"\x1dP\x00\xcb\x1bJ\x07", [line("", feed=7)]),
        (b"\x1dP\x00\x65\x1bJ\x0a\x1b3\x0ab\n", [line("", feed=20), line("b", feed=20)]),
        (b"\x1dP\x65\x00\x1b$\x10\x00\x1bJ\x07\x1dP\x00\x00", [line("", feed=7, margin=32)]),
        (b"\x1dP\x00\x65\x1b@\x1bJ\x0a", [ReportChanges(0), line("", feed=10)]),
        (b"\x1de\x05a\n", [Unknown("1d 65 05"), line("a")]),
        (b"\x1cP\x01\x02E\x0aa\n", [Unknown("1c 50"), line("a")]),
        (b"\x1b(A\x01\x00xa\n", [Unknown("1b 28 41"), line("a")]),
        (b"\x05a\n", [Unknown("05"), line("a")]),
        (b"\x1dr\x01\x1dr\x02", [AnswerPaper(), Answer(b"\x00")]),
        (b"\x1d(H\x06\x0000A1x~", [AnswerIdentity(b"A1x~")]),
        (b"\x1da\xff\x1da\x00", [ReportChanges(0xFF), ReportChanges(0)]),
        (b"\x1b\xff\x1d\x01a\n", [Unknown("1b ff"), Unknown("1d 01"), line("a")]),
    ],
)
def test_commands_are_understood(data, operations):
    assert understood(data) == operations


def test_a_full_line_goes_on_in_the_next():
    first, second = understood(b"x" * 50 + b"\n")
    assert (len(first.cells), len(second.cells)) == (48, 2)


@given(st.binary(max_size=150), st.lists(st.integers(0, 150), max_size=4))
def test_pieces_make_no_difference_and_nothing_breaks_it(noise, cuts):
    data = b"a\x1b" + noise + b"\x1d(" + noise
    bounds = [0, *sorted(cuts), len(data)]
    pieces = Interpreter(576)
    found = [op for a, b in pairwise(bounds) for op in pieces.feed(data[a:b])]
    assert found == understood(data)


def test_own_letters_are_printed_where_they_are_switched_on_and_go_with_initialization():
    define = b"\x1b&\x03AB" + b"\x02abcdef" + b"\x01ABC"
    cells = understood(define + b"A\x1b%\x01ABC\x1b?AA\n")[0].cells
    assert [cell.dots for cell in cells] == [b"", b"abcdef", b"ABC", b"", b""]
    assert understood(define + b"\x1b@\x1b%\x01A\n")[-1] == line("A")


def test_firmware_for_china_takes_pairs_until_it_is_told_not_to():
    china = Interpreter(576, Firmware(kanji=True))
    assert china.feed(b"\xd6\xd0\n") == [line("中", width=2)]
    assert china.feed(b"\x1c.\x1bt\x1e\xae\xae\n") == [line("đđ")]


def test_margin_and_start_move_what_is_printed():
    assert understood(b"\x1dL\x10\x00a\nb\n") == [line("a", margin=16), line("b", margin=16)]
    assert understood(b"\x1b$\x20\x00a\nb\n") == [line("a", margin=32), line("b")]
    picture = b"\x1b$\x08\x00\x1dv0\x00\x01\x00\x01\x00\xff"
    assert understood(picture) == [PrintRaster(1, b"\xff", 0, margin=8)]


def test_identification_says_that_nobody_made_it():
    assert understood(b"\x1dI\x01\x1dIC\x1dI\x7f") == [Answer(b"\x20"), Answer(b"_SIMULATED\x00")]


def test_positions_leave_gaps_between_letters():
    cells = understood(b"ab\x1b$\x40\x00c\x1b\\\x05\x00d\x1b$\x01\x00e\n")[0].cells
    assert [cell.gap for cell in cells] == [0, 0, 40, 0, 5, 0, 0]


def made(**traits):
    return Interpreter(576, Firmware(**traits))


@pytest.mark.parametrize(
    ("data", "operations"),
    [
        (b"\x1d(H\x06\x0000m$1N\n", [Unknown("1d 28 48"), line("H00m$1N")]),
        (b"\x1c(A\x02\x00\x000\n", [Unknown("1c 28 41"), line("A0")]),
        (b"\x1br\x00a\n", [Unknown("1b 72"), line("ra")]),
        (
            b"\x1d(k\x05\x001P0hi\x1d(k\x03\x001Q0",
            [PrintQr(b"hi", 3, "L", 0)],
        ),
        (b"\x1d!\x00a\n", [line("a")]),
    ],
)
def test_firmware_that_prints_what_it_does_not_know(data, operations):
    assert made(prints_unknown=True).feed(data) == operations
    bytewise = made(prints_unknown=True)
    assert [op for byte in data for op in bytewise.feed(bytes((byte,)))] == operations


def test_half_units_count_until_the_unit_is_set_and_after_initialization():
    half = made(rows_per_unit=0.5)
    assert half.feed(b"\x1bJ\x78\x1dVB\x10")[:2] == [line("", feed=60), FeedToCutter(8)]
    assert half.feed(b"\x1dP\x00\xcb\x1bJ\x78") == [line("", feed=120)]
    assert half.feed(b"\x1b@\x1bJ\x78")[1:] == [line("", feed=60)]
    assert half.feed(b"\x1b3\x3ca\n") == [line("a", feed=30)]


@pytest.mark.parametrize("cut", [b"\x1dV\x01", b"\x1dVB\x00", b"\x1bi", b"\x1bm"])
def test_a_cut_within_a_line_is_not_obeyed_where_it_needs_a_line_of_its_own(cut):
    strict = made(cuts_at_line_start=True)
    assert strict.feed(b"\n" + cut)[-1] in {CutPaper(), CutPaper(is_full=True)}
    within = strict.feed(b"a" + cut + b"\n")
    assert [type(operation) for operation in within] == [Unknown, PrintLine]
    assert within[0].command.endswith("within a line")


def test_a_presenter_knows_its_commands():
    presenter = made(has_presenter=True)
    assert presenter.feed(b"\x1de\x05\x1de\x02\x1de\x03\x0c\x1de\x20\x0c\x1e\x1de\x12") == [
        MoveTicket("eject"),
        MoveTicket("retract"),
        MoveTicket("present"),
        MoveTicket("present", 30),
    ]
    assert presenter.feed(b"\x1cP\x08\x01R\x0f\x1de\x06") == [
        PresentTickets(15, is_retracted=True),
        AnswerEjector(),
    ]
    assert presenter.feed(b"a\x0c") == [line("a"), CutPaper(), MoveTicket("present")]


def test_a_line_holds_as_many_letters_as_the_firmware_has_columns():
    first, second = made(letter_dots=13).feed(b"x" * 44 + b"\n" + b"y" * 45 + b"\n")[:2]
    assert (len(first.cells), first.letter, len(second.cells)) == (44, 13, 44)
