"""What a camera scanner makes of a frame for a screen; with a camera it is tried in tests/drivers/simulators."""

import numpy as np
import pytest

from drivers.protocols import Sight
from drivers.scanners.camera import small_picture

RED, BLUE = (0, 0, 255), (255, 0, 0)


def two_colours(width: int, height: int) -> np.ndarray:
    """Red on the left, blue on the right."""
    frame = np.empty((height, width, 3), np.uint8)
    frame[:, : width // 2], frame[:, width // 2 :] = RED, BLUE
    return frame


@pytest.mark.parametrize(
    ("taken", "room", "shown"),
    [
        ((1280, 720), (480, 270), (480, 270)),
        ((640, 480), (480, 270), (360, 270)),
        ((1280, 720), (300, 300), (300, 169)),
        ((320, 240), (480, 270), (320, 240)),
        ((1280, 720), (1, 1), (1, 1)),
    ],
)
def test_a_picture_is_as_large_as_fits(taken, room, shown) -> None:
    small = small_picture(two_colours(*taken), Sight(*room))
    assert (small.width, small.height) == shown
    assert small.pixels.nbytes == 4 * shown[0] * shown[1]


@pytest.mark.parametrize(("mirrored", "left"), [(False, RED), (True, BLUE)])
def test_a_mirrored_picture_has_its_left_on_the_right(mirrored, left) -> None:
    small = small_picture(two_colours(64, 36), Sight(32, 18, mirrored))
    assert tuple(small.pixels.cast("B", (18 * 32 * 4,))[:4]) == (*left, 255)


def test_a_grey_picture_is_shown_too() -> None:
    small = small_picture(np.full((36, 64), 7, np.uint8), Sight(64, 36))
    assert tuple(small.pixels.cast("B", (36 * 64 * 4,))[:4]) == (7, 7, 7, 255)
