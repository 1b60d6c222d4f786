import pytest

from drivers.escpos import commands
from drivers.escpos.text import glyphs
from drivers.slip import Text

SMALL = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
LETTERS = SMALL + SMALL.upper()


def taught(data):
    """What a printer learns from ESC &, by the layout of the command reference: code → columns of three bytes."""
    learnt = {}
    while data[:2] == b"\x1b&":
        assert data[2] == 3
        first, last, at = data[3], data[4], 5
        for code in range(first, last + 1):
            size = 3 * data[at]
            learnt[code] = data[at + 1 : at + 1 + size]
            at += 1 + size
        data = data[at:]
    assert data == b""
    return learnt


def dots(columns):
    return {
        (x, 8 * byte + bit)
        for x in range(len(columns) // 3)
        for byte in range(3)
        for bit in range(8)
        if columns[3 * x + byte] >> (7 - bit) & 1
    }


def test_every_vietnamese_letter_can_be_taught_and_looks_like_no_other():
    assert all(map(glyphs.is_teachable, LETTERS))
    assert len({glyphs.columns(letter) for letter in LETTERS}) == 134


def test_a_printer_learns_the_letters_as_they_are_drawn():
    codes = {char: code for code, char in enumerate("Đấđộị–", 0x5C)} | {"ế": 0x21}
    learnt = taught(glyphs.definitions(codes))
    assert set(learnt) == set(codes.values())
    for char, code in codes.items():
        cell = glyphs.cell(char)
        drawn = {(x, y) for x in range(12) for y in range(24) if cell.getpixel((x, y)) == 0}
        assert drawn == dots(learnt[code]), char


def test_nothing_to_teach_is_nothing_to_say():
    assert glyphs.definitions({}) == b""


@pytest.mark.parametrize("char", ["漢", "\u00a0", "\u0301", "\U0001f600", "a"])
def test_what_does_not_fit_a_cell_or_has_no_form_is_not_taught(char):
    assert not glyphs.is_teachable(char)


def test_taught_dots_never_command_the_printer():
    for letter in LETTERS + "€£×±ß½":
        command = commands.teach_letters(0x21, [glyphs.columns(letter)] * 2)
        assert not commands.is_obeyed_inside(command), letter


def test_a_slip_of_taught_letters_comes_on_paper_as_they_are_drawn(on_paper, profile):
    slip = on_paper(Text("Đất đai, Hộ tịch"), profile=profile("glyphs"))
    (line,) = slip.lines
    assert len(line) == len("Đất đai, Hộ tịch")
    assert [a for a, b in zip(line, "Đất đai, Hộ tịch", strict=True) if b.isascii()] == list(
        "t ai, H tch"
    )
    assert len(slip.glyphs) == len(set("Đấđộị"))
    assert set(slip.glyphs) == {glyphs.columns(letter).hex() for letter in "Đấđộị"}


def test_a_space_is_an_empty_cell():
    assert glyphs.cell(" ").getextrema() == (255, 255)
