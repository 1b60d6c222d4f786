import pytest
from PIL import ImageOps
from pyzbar import pyzbar

from drivers.simulators.printer.interpreter.operations import (
    Cell,
    FeedToCutter,
    PrintCode128,
    PrintLine,
    PrintQr,
    PrintRaster,
)
from drivers.simulators.printer.mechanics.paper import HEAD_TO_CUTTER_DOTS, Paper

MARGIN = 32


def text(chars, position=0, **style):
    return PrintLine(tuple(Cell(char, **style) for char in chars), position, 30)


def cut_after(*operations, width_mm=80):
    paper = Paper(width_mm)
    for operation in operations:
        paper.print(operation)
    paper.feed(HEAD_TO_CUTTER_DOTS)
    return paper.cut()


def ink(slip):
    return ImageOps.invert(slip.image).getbbox()


def test_paper_is_as_wide_as_in_the_box():
    assert cut_after(text("a")).image.width == 640
    assert cut_after(text("a"), width_mm=58).image.width == 464


def test_letters_stand_where_they_are_justified():
    left = ink(cut_after(text("HHH", 0)))
    centre = ink(cut_after(text("HHH", 1)))
    right = ink(cut_after(text("HHH", 2)))
    assert left[0] - MARGIN < 12
    assert abs((centre[0] + centre[2]) / 2 - 320) < 6
    assert 640 - MARGIN - right[2] < 12


def test_letters_grow_in_both_directions():
    one, four = cut_after(text("H")), cut_after(text("H", width=4, height=4))
    (l1, t1, r1, b1), (l4, t4, r4, b4) = ink(one), ink(four)
    assert r4 - l4 >= 3 * (r1 - l1)
    assert b4 - t4 >= 3.5 * (b1 - t1)


def test_dots_are_drawn_one_for_one():
    slip = cut_after(PrintRaster(1, b"\xf0\x0f", 0))
    rows = slip.image.crop((MARGIN, HEAD_TO_CUTTER_DOTS, MARGIN + 8, HEAD_TO_CUTTER_DOTS + 2))
    assert list(rows.tobytes()) == [0] * 4 + [255] * 8 + [0] * 4


def test_its_own_codes_are_read_by_zbar():
    slip = cut_after(
        PrintQr(b"https://mc.vn", 6, "M", 1),
        PrintLine((), 0, 30),
        PrintCode128(b"{BA{C\x0a\x2a", 80, 3, 2, 1),
    )
    assert {code.data.decode() for code in pyzbar.decode(slip.image)} == {"https://mc.vn", "A1042"}
    assert slip.qr == ("https://mc.vn",)
    assert slip.barcodes == ("A1042",)


def test_a_code_wider_than_the_head_is_not_printed():
    slip = cut_after(PrintQr(b"x" * 300, 16, "M", 1), PrintCode128(b"{B" + b"x" * 60, 80, 3, 2, 1))
    assert (slip.qr, slip.barcodes) == ((), ())
    assert ink(slip) is None


def test_a_barcode_that_names_no_code_set_is_not_printed():
    assert cut_after(PrintCode128(b"A1042", 80, 3, 2, 1)).barcodes == ()


def test_what_has_not_passed_the_cutter_begins_the_next_slip():
    paper = Paper(80)
    paper.print(text("cut too early"))
    first = paper.cut()
    second = paper.cut()
    assert ink(first) is None
    assert second.image.height == 1
    paper.print(text("a"))
    paper.feed(HEAD_TO_CUTTER_DOTS)
    assert first.lines == second.lines == ()
    assert paper.cut().lines == ("cut too early", "a")


@pytest.mark.parametrize(
    ("fed", "first", "second"),
    [
        (96, (("A001",), ()), ((), ())),
        (80, ((), ("A001",)), ((), ("A001",))),
        (0, ((), ()), (("A001",), ())),
    ],
)
def test_a_cut_parts_what_stands_before_and_behind_the_cutter(fed, first, second):
    paper = Paper(80)
    paper.print(PrintLine(tuple(Cell(char) for char in "A001"), 0, 0))
    paper.feed(fed)
    early = paper.cut()
    paper.feed(HEAD_TO_CUTTER_DOTS)
    late = paper.cut()
    assert [(slip.lines, slip.cut_through) for slip in (early, late)] == [first, second]
    assert [slip.is_blank for slip in (early, late)] == [fed == 0, fed == 96]


@pytest.mark.parametrize("cutter_dots", [0, 40, 112, 300])
def test_feeding_to_the_cutter_brings_the_last_line_beyond_it_wherever_it_stands(cutter_dots):
    paper = Paper(80, cutter_dots=cutter_dots)
    paper.print(text("whole"))
    paper.print(FeedToCutter(5))
    slip, rest = paper.cut(), paper.cut(is_full=True)
    assert (slip.lines, slip.cut_through, slip.is_full_cut) == (("whole",), (), False)
    assert (rest.is_blank, rest.is_full_cut) == (True, True)
    assert slip.image.height == cutter_dots + 30 + 5


def test_own_letters_that_stay_behind_the_cutter_are_read_on_the_next_slip():
    paper = Paper(80)
    paper.print(PrintLine((Cell("A", dots=b"\x80\x00\x01" * 12),), 0, 30))
    assert paper.cut().glyphs == ()
    paper.feed(HEAD_TO_CUTTER_DOTS)
    assert paper.cut().lines == ("\ue000",)


def test_reversed_letters_are_white_on_black():
    cell = cut_after(text(" ", reversed=True)).image
    assert cell.getpixel((MARGIN + 5, HEAD_TO_CUTTER_DOTS + 5)) == 0


def test_own_letters_are_drawn_dot_for_dot_and_named_by_their_place():
    cells = tuple(
        Cell("A", width=width, dots=b"\x80\x00\x01" + b"\x00\x00\x00" * 11) for width in (1, 2)
    )
    slip = cut_after(PrintLine((*cells, Cell("b")), 0, 30))
    assert slip.lines == ("\ue000\ue000b",)
    assert slip.glyphs == ("800001" + "000000" * 11,)
    top = HEAD_TO_CUTTER_DOTS
    black = [x for x in range(36) if slip.image.getpixel((MARGIN + x, top)) == 0]
    assert black == [0, 12, 13]


def test_a_margin_moves_and_the_rest_is_lost():
    slip = cut_after(PrintRaster(1, b"\xff", 0, margin=570))
    assert ink(slip)[:3:2] == (MARGIN + 570, MARGIN + 576)
