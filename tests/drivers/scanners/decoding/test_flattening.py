import cv2
import numpy as np
import pytest
from numpy.random import default_rng

from benchmarks.scanning import symbols
from drivers.scanners.decoding.codes import KIOSK
from drivers.scanners.decoding.engines import ZXING, installed
from drivers.scanners.decoding.flattening import Square, flattened
from drivers.scanners.decoding.ladder import decode_still
from drivers.scanners.decoding.pictures import Picture

CARD = "046199001234||Nguyễn Thị Ánh Tuyết|01021999|Nữ|Phường Thuận Hóa, Huế|10062021"
PIXELS = 5


def on_cloth(symbol: Picture, fold: float) -> Picture:
    """The code printed on something with folds of so many modules, 24 modules apart."""
    large = np.kron(symbol, np.ones((PIXELS, PIXELS), np.uint8))
    height, width = large.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / np.float32(24 * PIXELS) * 2 * np.pi
    across = fold * PIXELS * np.sin(y + 0.4 * x)
    down = fold * PIXELS * np.cos(x - 0.3 * y)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    seen = cv2.remap(
        large, (columns + across).astype(np.float32), (rows + down).astype(np.float32), cv2.INTER_LINEAR, borderValue=255
    )  # fmt: skip
    return np.pad(cv2.GaussianBlur(seen, (0, 0), 1.0), 40, constant_values=255).astype(np.uint8)


@pytest.mark.parametrize("inverted", [False, True])
def test_a_code_on_cloth_is_laid_flat_and_read(inverted: bool) -> None:
    seen = on_cloth(symbols.qr(CARD, default_rng(1)), 0.4)
    picture = 255 - seen if inverted else seen
    zxing = next(each for each in installed() if each.name == ZXING)
    middle = picture.shape[0] / 2

    (code,) = decode_still(picture)

    assert zxing.read(picture, KIOSK) == ()
    assert code.text == CARD
    assert np.mean(code.corners, axis=0) == pytest.approx((middle, middle), abs=12)


def test_what_is_no_code_is_drawn_and_harms_nobody() -> None:
    grain = default_rng(2).integers(0, 256, (300, 300), np.uint8)
    corners = ((10.0, 10.0), (290.0, 20.0), (280.0, 280.0), (5.0, 290.0))

    made = flattened(grain, Square(corners, 25))

    assert made is not None
    assert made[0].shape == made[1].shape == (198, 198)
    assert decode_still(made[1]) == ()


@pytest.mark.parametrize(
    "square",
    [
        Square(((0.0, 0.0), (90.0, 0.0), (90.0, 90.0), (0.0, 90.0)), 177),
        Square(((0.0, 0.0), (90.0, 0.0)), 25),
    ],
    ids=["too many modules", "too few corners"],
)
def test_what_cannot_be_laid_flat_is_left(square: Square) -> None:
    assert flattened(np.zeros((100, 100), np.uint8), square) is None


def test_corners_that_fall_together_stop_nothing() -> None:
    assert flattened(np.zeros((100, 100), np.uint8), Square(((5.0, 5.0),) * 4, 21)) is not None
