import shutil
import subprocess
import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.text import tcvn3

SMALL = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
LETTERS = SMALL + SMALL.upper()
PAGES = tcvn3.code_pages(30, 31)


def test_there_are_134_accented_letters_and_each_has_a_code():
    assert len(set(LETTERS)) == 134
    assert tcvn3.unencodable(LETTERS, PAGES) == ""


@pytest.mark.parametrize(
    ("letter", "data"),
    [
        ("đ", b"\xae"),
        ("Đ", b"\x1bt\x1f\xa7"),
        ("Ă", b"\x1bt\x1f\xa1"),
        ("Â", b"\x1bt\x1f\xa2"),
        ("Ê", b"\x1bt\x1f\xaa"),
        ("Ư", b"\x1bt\x1f\xad"),
        ("ế", b"\xd5"),
        ("Ế", b"\x1bt\x1f\xd5"),
        ("ỵ", b"\xfe"),
        ("Ỵ", b"\x1bt\x1f\xfe"),
    ],
)
def test_letters_have_the_codes_of_epsons_chart(letter, data):
    assert tcvn3.encode(letter, PAGES, 30).data == data


@pytest.mark.skipif(shutil.which("iconv") is None, reason="the oracle is glibc's iconv")
def test_small_letters_have_glibcs_codes():
    codes = bytes(PAGES[30][letter] for letter in SMALL)
    said = subprocess.run(
        ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=codes, capture_output=True, check=True
    )
    assert said.stdout.decode() == SMALL


def test_a_line_switches_only_where_it_must():
    encoded = tcvn3.encode("ĐẤT ĐAI 12 đất đai", PAGES, 30)
    assert encoded.data.count(b"\x1bt") == 2
    assert encoded.page == 30
    assert tcvn3.encode("so 1042", PAGES, 31) == tcvn3.Encoded(b"so 1042", 31)


@given(st.text("aA1 đĐấẤ", max_size=9), st.sampled_from((30, 31)))
def test_no_choice_of_pages_needs_fewer_switches(text, current):
    switches = tcvn3.encode(text, PAGES, current).data.count(b"\x1bt")
    allowed = [[page for page in PAGES if char in PAGES[page]] for char in text]
    fewest = min(
        sum(a != b for a, b in zip((current, *plan), plan, strict=False))
        for plan in product(*allowed)
    )
    assert switches == fewest


def test_what_no_page_has_is_named_and_never_replaced():
    assert tcvn3.unencodable("Ðắk ﬁ 漢 漢 €", PAGES) == "Ðﬁ漢€"
    with pytest.raises(tcvn3.UnencodableError) as refused:
        tcvn3.encode("a€b", PAGES, 30)
    assert refused.value.characters == "€"


@pytest.mark.parametrize("control", ["\x1b", "\n", "\x10", "\x00", "\x7f", "\x9b"])
def test_control_characters_have_no_code(control):
    assert tcvn3.unencodable(control, PAGES) == control


def test_decomposed_letters_have_no_code_until_they_are_normalized():
    decomposed = unicodedata.normalize("NFD", "ế")
    assert tcvn3.unencodable(decomposed, PAGES)


def test_punctuation_becomes_what_a_typewriter_has():
    assert tcvn3.plain("“Xin chào” – ‘bạn’… 5.000₫") == "\"Xin chào\" - 'bạn'... 5.000đ"
    assert tcvn3.encode("a\u00a0b", PAGES, 30).data == b"a b"


def test_one_page_firmware_prints_vn3_and_leaves_toned_capitals_to_pictures():
    pages = tcvn3.code_pages(27, 27)
    assert tcvn3.encode("Đường Ơ", pages, 27).data == b"\xa7\xad\xeang \xa5"
    assert tcvn3.unencodable("ĐẤT", pages) == "Ấ"


def test_no_text_needs_no_page():
    assert tcvn3.encode("", PAGES, 30).data == b""
