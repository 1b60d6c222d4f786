import zxingcpp
from PIL import Image
from PySide6.QtCore import QSize

from kiosk.views.codes import QrProvider, modules_of

PAGE = "https://mc.daklak.gov.vn/t/7Q4K-A1042"


def drawn(text: str, side: int) -> Image.Image:
    size = QSize()
    wanted = QSize(side, side) if side else QSize()
    image = QrProvider().requestImage(text.encode("utf-16-be").hex(), size, wanted)
    assert (size.width(), size.height()) == (image.width(), image.height())
    grey = [
        image.pixelColor(x, y).red() for y in range(image.height()) for x in range(image.width())
    ]
    return Image.frombytes("L", (image.width(), image.height()), bytes(grey))


def test_the_code_on_the_glass_is_read(qapp) -> None:
    for side in (130, 340, 0):
        (found,) = zxingcpp.read_barcodes(drawn(PAGE, side))
        assert found.text == PAGE


def test_modules_are_whole_pixels(qapp) -> None:
    assert drawn(PAGE, 340).width % len(modules_of(PAGE)) == 0


def test_what_is_no_code_is_an_empty_field(qapp) -> None:
    assert modules_of("x" * 5000) == []
    assert QrProvider().requestImage("zz", QSize(), QSize(50, 50)).width() == 50
    assert drawn("", 50).getextrema() == (255, 255)
