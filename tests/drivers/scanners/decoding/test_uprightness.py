import cv2
import numpy as np
import pytest
from numpy.random import default_rng

from benchmarks.scanning import symbols
from drivers.scanners.decoding.pictures import Picture
from drivers.scanners.decoding.uprightness import strips


def page(angle: float) -> Picture:
    """One barcode of 2 px a module in the middle, turned."""
    whole = np.full((720, 1280), 230, np.uint8)
    bars = np.kron(symbols.code128("H56.14-240823-0001", default_rng(1)), np.ones((2, 2), np.uint8))
    top, left = (720 - bars.shape[0]) // 2, (1280 - bars.shape[1]) // 2
    whole[top : top + bars.shape[0], left : left + bars.shape[1]] = bars
    turn = cv2.getRotationMatrix2D((640, 360), -angle, 1.0)
    return cv2.warpAffine(whole, turn, (1280, 720), borderValue=230).astype(np.uint8)


@pytest.mark.parametrize("angle", [0, 7, 30, 45, 60, 89, 120, 170])
def test_the_likeliest_strip_is_the_barcode_with_its_direction(angle: float) -> None:
    strip = strips(page(angle), 3)[0]

    off = np.sin(strip.angle - np.deg2rad(angle))
    assert abs(off) < np.sin(np.deg2rad(1.0))
    along = 640 * np.cos(strip.angle) + 360 * np.sin(strip.angle)
    across = 360 * np.cos(strip.angle) - 640 * np.sin(strip.angle)
    assert strip.start < along < strip.start + strip.length
    assert strip.top < across < strip.top + strip.height


def test_the_strip_keeps_the_quiet_zones() -> None:
    strip = strips(page(0), 1)[0]

    assert strip.length > 2 * symbols.code128("H56.14-240823-0001", default_rng(1)).shape[1]


def test_a_strip_found_from_afar_is_where_it_is_in_the_picture() -> None:
    near = strips(page(30), 1)[0]
    afar = strips(
        cv2.resize(page(30), (640, 360), interpolation=cv2.INTER_AREA).astype(np.uint8), 1
    )[0]

    again = afar.enlarged(2.0)

    assert (again.angle, again.slope) == (afar.angle, afar.slope)
    assert again.top + again.height / 2 == pytest.approx(near.top + near.height / 2, abs=12)
    assert again.start + again.length / 2 == pytest.approx(near.start + near.length / 2, abs=24)


@pytest.mark.parametrize("slope", [-0.3, 0.2, 0.4])
def test_a_code_seen_from_the_side_keeps_its_bars_and_its_rows(slope: float) -> None:
    lean = np.array([[1, 0, 0], [slope, 1, -640 * slope]])
    leaned = cv2.warpAffine(page(0), lean, (1280, 720), borderValue=230).astype(np.uint8)

    strip = strips(leaned, 1)[0]

    assert abs(strip.angle) < np.deg2rad(1.0)
    assert strip.slope == pytest.approx(slope, abs=0.05)
    assert strip.top + strip.slope * (640 - strip.start) < 360
    assert strip.top + strip.height + strip.slope * (640 - strip.start) > 360


@pytest.mark.parametrize(
    "picture",
    [
        np.full((720, 1280), 128, np.uint8),
        np.zeros((10, 4000), np.uint8),
        np.tile(np.arange(256, dtype=np.uint8), (256, 1)),
        default_rng(3).normal(60, 6, (720, 1280)).clip(0, 255).astype(np.uint8),
    ],
    ids=["flat", "thin", "shaded", "grain of a dark room"],
)
def test_where_nothing_has_bars_there_is_no_strip(picture: Picture) -> None:
    assert strips(picture, 3) == ()


def test_an_edge_is_no_barcode() -> None:
    halves = np.zeros((400, 400), np.uint8)
    halves[:, 200:] = 255

    assert strips(halves, 3) == ()
