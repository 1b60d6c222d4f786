"""What fits across the paper is known before the first byte of a slip leaves."""

import pytest

from drivers.escpos.graphics.codes import UnprintableError, apart, check, fitting_bars, qr_dots
from drivers.slip import Align, Barcode, Cut, Feed, QrCode, Rule, Text

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


DOSSIER = "H56.14-261120-0042"
WIDE, NARROW = 576, 200
"""Paper on which the dossier code is a barcode, and one on which it becomes a QR code."""

TRACKING = QrCode(f"https://mc.vn/hs/{DOSSIER}")
OTHER = QrCode("https://mc.vn/t/7Q4K")


@pytest.mark.parametrize(
    ("blocks", "width", "printed"),
    [
        ([Barcode(DOSSIER), TRACKING], WIDE, [Barcode(DOSSIER), TRACKING]),
        ([Barcode(DOSSIER), TRACKING], NARROW, [Text(DOSSIER, Align.CENTRE), TRACKING]),
        ([TRACKING, Barcode(DOSSIER)], NARROW, [TRACKING, Text(DOSSIER, Align.CENTRE)]),
        ([Barcode(DOSSIER), OTHER], NARROW, [Barcode(DOSSIER), Feed(3), OTHER]),
        ([Barcode(DOSSIER), OTHER], WIDE, [Barcode(DOSSIER), OTHER]),
        ([OTHER, TRACKING], WIDE, [OTHER, Feed(4), TRACKING]),
        ([OTHER, Text("a"), Rule(), TRACKING], WIDE, [OTHER, Text("a"), Rule(), Feed(2), TRACKING]),
        ([OTHER, Text("a", scale=4), TRACKING], WIDE, [OTHER, Text("a", scale=4), TRACKING]),
        ([OTHER, Cut(), TRACKING], WIDE, [OTHER, Cut(), TRACKING]),
        ([OTHER, QrCode(""), Barcode(""), Text("a")], NARROW, [OTHER, QrCode(""), Barcode(""), Text("a")]),
    ],
)  # fmt: skip
def test_no_two_qr_codes_stand_close_to_each_other(blocks, width, printed):
    assert apart(blocks, width) == tuple(printed)
