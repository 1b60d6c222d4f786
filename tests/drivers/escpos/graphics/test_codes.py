"""What fits across the paper is known before the first byte of a slip leaves."""

import pytest

from drivers.escpos.graphics.codes import UnprintableError, check, fitting_bars, qr_dots
from drivers.slip import Barcode, QrCode, Text

URL = "https://mc.vn/t/7Q4K"


def test_a_qr_code_shrinks_to_the_paper():
    assert qr_dots(URL, 6, 576) == (25, 6)
    assert qr_dots(URL, 1, 576) == (25, 2)
    assert qr_dots(URL, 99, 576) == (25, 16)
    assert qr_dots(URL, 99, 384) == (25, 11)


def test_bars_are_listed_from_wide_to_narrow():
    assert [dots for _, dots in fitting_bars("A1042", 576)] == [3, 2, 3, 2]
    assert fitting_bars("x" * 60, 384) == []


@pytest.mark.parametrize(
    "block", [QrCode("x" * 2500), QrCode("é" * 4000), Barcode("ê" * 2000), Barcode("x" * 2500)]
)
def test_what_does_not_fit_is_refused(block):
    with pytest.raises(UnprintableError):
        check(block, 384)


@pytest.mark.parametrize(
    "block", [QrCode(URL), QrCode(""), Barcode(""), Barcode("A1042"), Barcode("ê1042"), Text("x")]
)
def test_what_fits_is_not(block):
    assert check(block, 384) is None
