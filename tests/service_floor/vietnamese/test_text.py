"""Composed letters, folding and cleaning."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_floor.vietnamese.text import clean, fold, nfc, unmarked


@pytest.mark.parametrize("word", ["ế", "ộ", "Ữ", "được", "Nguyễn Thị Thuỷ"])
def test_split_letters_and_whole_letters_become_one_form(word: str) -> None:
    assert nfc(unicodedata.normalize("NFD", word)) == nfc(word) == word


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký Kết hôn", "dang ky ket hon"),
        ("đường Ðiện Biên", "duong dien bien"),
        ("ẤỄỘỮẰỲ", "aeouay"),
        (unicodedata.normalize("NFD", "Hộ tịch"), "ho tich"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("A025", "a025"),
        ("", ""),
    ],
)
def test_folding_leaves_small_letters_without_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_unmarking_keeps_capitals() -> None:
    assert unmarked("UBND TỈNH THANH HÓA, Đội 2") == "UBND TINH THANH HOA, Doi 2"


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Giấy\u00a0khai\u202fsinh", "Giấy khai sinh"),
        ("khai\u200b sinh\ufeff", "khai sinh"),
        ("trích\u00ad lục", "trích lục"),
        ("  hai   dòng\r\n\tvà tab ", "hai dòng và tab"),
        ("d\u01a3ơng, N\u01a2ỚC", "dương, NƯỚC"),
        ("chuông\x07 và mũi tên\u202e", "chuông và mũi tên"),
        (unicodedata.normalize("NFD", "chứng thực"), "chứng thực"),
        ("\u200b", ""),
    ],
)
def test_cleaning_leaves_one_line_of_visible_composed_text(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@given(st.text(max_size=60))
def test_cleaning_and_folding_twice_change_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(clean(text))) == fold(clean(text))
