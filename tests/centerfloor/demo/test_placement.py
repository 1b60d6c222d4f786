"""The demonstration's windows stand side by side on one screen, none over another."""

from itertools import combinations

import pytest

from centerfloor.demo.placement import TITLE, Place, places


def overlap(one: Place, other: Place) -> bool:
    """Whether one window with its title bar lies over another."""
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return (
        across and one.y - TITLE < other.y + other.height and other.y - TITLE < one.y + one.height
    )


@pytest.mark.parametrize(
    "screen", [(1920, 1080), (1920, 1040), (1366, 768), (2560, 1440), (3840, 2160), (1280, 1024)]
)
@pytest.mark.parametrize("others", [1, 3, 4, 7])
def test_no_window_lies_over_another_or_off_the_screen(
    screen: tuple[int, int], others: int
) -> None:
    kiosk, rest = places(*screen, others)
    windows = (kiosk, *rest)
    assert len(rest) == others
    assert not [pair for pair in combinations(windows, 2) if overlap(*pair)]
    for window in windows:
        assert window.x >= 0
        assert window.y >= TITLE
        assert window.x + window.width <= screen[0]
        assert window.y + window.height <= screen[1]
        assert min(window.width, window.height) > 100


def test_on_a_usual_screen_the_kiosk_keeps_its_shape_and_a_desk_has_room() -> None:
    kiosk, (board, desk, *_) = places(1920, 1080, 4)
    assert kiosk.height / kiosk.width == pytest.approx(16 / 9, abs=0.01)
    assert min(board.width, desk.width) >= 640
    assert min(board.height, desk.height) >= 384
