import shutil
import subprocess

import pytest

from drivers.simulators.printer.interpreter.code_pages import BLANK, decode

CODES = range(0xA0, 0x100)


def glibc(code: int) -> str:
    said = subprocess.run(
        ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=bytes((code,)), capture_output=True
    )
    return said.stdout.decode()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("iconv") is None, reason="the table was made by glibc's iconv")
def test_both_tables_are_those_of_glibc():
    for code in CODES:
        small, capital = decode(code, 30), decode(code, 31)
        assert small == BLANK or small == glibc(code)
        assert capital == BLANK or capital in {glibc(code), glibc(code).upper()}


def test_each_page_prints_67_letters():
    for page, of_its_case in ((30, str.islower), (31, str.isupper)):
        letters = {decode(code, page) for code in CODES} - {BLANK}
        assert len(letters) == 67
        assert all(of_its_case(letter) for letter in letters)


@pytest.mark.parametrize(
    ("code", "page", "char"),
    [
        (0xA7, 31, "Đ"),
        (0xAE, 30, "đ"),
        (0xA7, 30, BLANK),
        (0xAE, 31, BLANK),
        (0x80, 30, BLANK),
        (0x7F, 0, BLANK),
        (0x41, 31, "A"),
        (0x82, 0, "é"),
    ],
)
def test_codes_print_what_the_selected_page_has(code, page, char):
    assert decode(code, page) == char


def test_one_page_has_small_letters_and_seven_capitals():
    assert [decode(code, 27, (27, 27)) for code in range(0xA1, 0xA8)] == list("ĂÂÊÔƠƯĐ")
    assert decode(0xAE, 27, (27, 27)) == "đ"


def test_firmware_without_the_pages_prints_other_signs():
    assert decode(0xAE, 30, (-1, -1)) == "«"
    assert decode(0x93, 16) == "“"
