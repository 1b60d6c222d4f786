"""Letters taught before a slip and between its lines: what the printer then prints is what was to be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.printing.reading import is_told, printed
from drivers.escpos import commands
from drivers.escpos.encoder import encode
from drivers.escpos.text import glyphs
from drivers.escpos.text.taught_letters import TaughtLetters
from drivers.escpos.text.tcvn3 import UnencodableError
from drivers.slip import Columns, Rule, Slip, Text

SMALL = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
LETTERS = SMALL + SMALL.upper()
ASCII = "".join(map(chr, glyphs.CODES))
DRAWN = {glyphs.columns(letter): letter for letter in LETTERS}


class Pupil:
    """A printer that learns letters by ESC & and prints what it then has."""

    def __init__(self, preamble):
        self.learnt = {}
        self.lessons = 0
        rest = self.learn(preamble.removeprefix(commands.INTERNATIONAL_SET))
        assert rest in {b"", commands.USE_TAUGHT_LETTERS}

    def learn(self, data):
        while data[:2] == b"\x1b&":
            first, last, at = data[3], data[4], 5
            for code in range(first, last + 1):
                size = 3 * data[at]
                self.learnt[code] = DRAWN[data[at + 1 : at + 1 + size]]
                at += 1 + size
            data, self.lessons = data[at:], self.lessons + 1
        return data

    def prints(self, data):
        return "".join(self.learnt.get(code, chr(code)) for code in self.learn(data))


def test_what_the_slip_prints_in_ascii_keeps_its_code():
    said = "Số 10: (A-Z) đường"
    letters = TaughtLetters([said, "~!x"])
    pupil = Pupil(letters.preamble)
    assert not {chr(code) for code in pupil.learnt} & set(said + "~!x")
    assert pupil.prints(letters.encode(said, 0).data) == said


def test_nothing_to_teach_is_nothing_to_say():
    assert TaughtLetters(["plain ASCII"]).preamble == commands.INTERNATIONAL_SET


def test_letters_that_find_no_room_at_first_are_taught_before_their_line():
    lines = [LETTERS[:48], LETTERS[48:96], LETTERS[96:], LETTERS[:3]]
    letters = TaughtLetters(lines)
    pupil = Pupil(letters.preamble)
    assert len(pupil.learnt) == len(glyphs.CODES)
    at_first = pupil.lessons
    assert [pupil.prints(letters.encode(line, 0).data) for line in lines] == lines
    assert pupil.lessons > at_first


@settings(max_examples=settings.default.max_examples // 2)
@given(
    st.lists(st.text(st.sampled_from(LETTERS + ASCII + " \u00a0"), max_size=48), max_size=12),
)
def test_every_line_that_can_be_text_is_printed_as_it_reads(lines):
    letters = TaughtLetters(lines)
    pupil = Pupil(letters.preamble)
    for line in lines:
        if letters.has(line):
            read = pupil.prints(letters.encode(line, 0).data)
            assert read == line.replace("\u00a0", " ")
        else:
            with pytest.raises(UnencodableError):
                letters.encode(line, 0)


@pytest.mark.slow
def test_a_long_slip_needs_no_picture_and_reads_as_it_was_written(profile):
    words = [LETTERS[at : at + 30] for at in range(0, 120, 10)]
    blocks = [block for word in words for block in (Text(word), Rule(), Columns(word[:9], "Số 1"))]
    data = encode(Slip("long", tuple(blocks)), profile("glyphs")).data
    assert b"\x1dv0" not in data
    told = " ".join(f"{word} {'-' * 48} {word[:9]} Số 1" for word in words)
    assert is_told(told, list(printed(data, 80, LETTERS)))


def test_ascii_that_nobody_foresaw_makes_its_line_a_picture():
    letters = TaughtLetters([LETTERS])
    assert not letters.has("[U+6F22]")
    assert letters.has(LETTERS[:40])
    assert not letters.has("漢")


def test_a_line_that_it_does_not_have_is_refused():
    with pytest.raises(UnencodableError):
        TaughtLetters([]).encode("日本", 0)
