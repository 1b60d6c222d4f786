import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.text.wrapping import balanced, clean, wrap


def in_columns(count):
    return lambda line: len(line) <= count


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("một dòng", ["một dòng"]),
        ("hai\ndòng", ["hai", "dòng"]),
        ("hai\r\ndòng", ["hai", "dòng"]),
        ("hai\u2028dòng\x0cba", ["hai", "dòng", "ba"]),
        ("a\tb", ["a b"]),
        ("\x1b@\x1dV\x00x\x10\x04\x01\x7f\x9b", ["@Vx"]),
        ("trái\u202e\u200bphải\ufeff\ud800", ["tráiphải"]),
        (unicodedata.normalize("NFD", "kết quả"), ["kết quả"]),
        ("", [""]),
    ],
)
def test_text_is_cleaned_to_lines_of_visible_characters(text, lines):
    assert clean(text) == lines


@pytest.mark.parametrize(
    ("line", "columns", "lines"),
    [
        ("vừa", 3, ["vừa"]),
        ("một hai ba", 7, ["một hai", "ba"]),
        ("một  hai", 8, ["một  hai"]),
        ("30\u00a0phút nữa", 8, ["30\u00a0phút", "nữa"]),
        ("000.00.12.H26 x", 5, ["000.0", "0.12.", "H26 x"]),
        ("ab cdefgh", 4, ["ab", "cdef", "gh"]),
        ("", 5, [""]),
        ("     ", 3, [""]),
    ],
)
def test_lines_break_between_words(line, columns, lines):
    assert wrap(line, in_columns(columns)) == lines


@pytest.mark.parametrize(
    ("line", "columns", "lines"),
    [
        ("TP – HỒ CHÍ MINH", 11, ["TP – HỒ CHÍ", "MINH"]),
        ("THÀNH PHỐ – HỒ", 9, ["THÀNH", "PHỐ – HỒ"]),
        ("THÀNH PHỐ - HỒ", 8, ["THÀNH", "PHỐ - HỒ"]),
        ("một hai -ba", 7, ["một", "hai -ba"]),
        ("một (hai ) ba", 9, ["một", "(hai ) ba"]),
        ("một ( hai", 5, ["một", "( hai"]),
        ("- một hai", 5, ["- một", "hai"]),
        ("[ ] giấy tờ", 8, ["[ ] giấy", "tờ"]),
        ("abcdef, ab", 6, ["abcde", "f, ab"]),
        ("abcdef –", 6, ["abcde", "f –"]),
        ("....", 2, ["..", ".."]),
    ],
)
def test_a_dash_and_a_closing_sign_stay_with_the_word_before_them(line, columns, lines):
    assert wrap(line, in_columns(columns)) == lines
    assert all(len(part) <= columns for part in wrap(line, in_columns(columns)))


SIGNED = st.builds(
    str.__add__, st.text("ab", min_size=1, max_size=9), st.sampled_from(["", " –", ",", " )", "-"])
)


@given(st.lists(SIGNED, max_size=8), st.integers(5, 12))
def test_no_line_begins_with_a_dash_or_a_closing_sign(words, columns):
    line = " ".join(words)
    for broken in (wrap(line, in_columns(columns)), balanced(line, len, columns)):
        assert "".join(broken).replace(" ", "") == line.replace(" ", "")
        assert [part for part in broken if part[:1] in set("–-,)")] == []
        assert [part for part in broken if len(part) > columns] == []


@given(st.text("ab đ\u00a0", max_size=40), st.integers(1, 12))
def test_no_line_is_too_long_and_no_letter_is_lost(line, columns):
    lines = wrap(line, in_columns(columns))
    assert all(len(part) <= columns for part in lines)
    assert "".join(lines).replace(" ", "") == line.replace(" ", "")


@pytest.mark.parametrize(
    ("line", "room", "lines"),
    [
        ("vừa", 3, ["vừa"]),
        ("một hai ba bốn năm", 17, ["một hai ba", "bốn năm"]),
        ("gọi số.", 6, ["gọi", "số."]),
        ("000.00.12.H26 x", 5, ["000.0", "0.12.", "H26 x"]),
        ("", 5, [""]),
    ],
)
def test_centred_lines_are_about_as_long_as_each_other(line, room, lines):
    assert balanced(line, len, room) == lines


@given(st.text("ab đ\u00a0", max_size=40), st.integers(1, 12))
def test_balancing_takes_no_more_lines_and_loses_no_letter(line, room):
    plain, even = wrap(line, in_columns(room)), balanced(line, len, room)
    assert len(even) == len(plain)
    assert all(len(part) <= room for part in even)
    assert "".join(even).replace(" ", "") == line.replace(" ", "")
