"""Bar codes and QR codes, read by a decoder."""

import numpy as np
import pytest
import zxingcpp

from config.forms.modules import barcode_modules, qr_modules


def decoded(modules, high: int = 1) -> list[str]:
    rows = np.array(modules["pixels"], np.uint8).reshape(modules["height"], modules["width"])
    picture = np.repeat(np.repeat(rows, 3, axis=1), 3 * high, axis=0)
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("text", ["H56.14-261120-0001", "000.17.22.H56-210531-0001", "A", " ~{}"])
def test_a_bar_code_carries_its_text(text) -> None:
    assert decoded(barcode_modules(text), 20) == [text]


@pytest.mark.parametrize("text", ["", "Đ", "x" * 41, "a\tb"])
def test_what_code_128_does_not_carry_has_no_bars(text) -> None:
    assert barcode_modules(text) is None


def test_a_qr_code_carries_any_text_and_no_text_has_none() -> None:
    for text in ("https://dichvucong.gov.vn/?ma=H56", "Đặng Thị Ổn", "x" * 300):
        assert decoded(qr_modules(text)) == [text]
    assert qr_modules("") is None
