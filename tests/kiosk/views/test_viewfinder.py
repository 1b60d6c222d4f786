"""The camera's picture on the glass: it stands where it should, in full, and goes without a trace."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from kiosk.views.gallery import held_slip, samples

RED = bytes([0, 0, 255, 255])


@dataclass(frozen=True)
class Taken:
    width: int
    height: int
    pixels: memoryview


def red(width: int, height: int) -> Taken:
    return Taken(width, height, memoryview(RED * (width * height)))


@pytest.fixture
def finder(glass):
    """The glass with the first page and a camera, and the place of its picture."""
    glass.shows(next(s for s in samples() if s.name == "kiosk-welcome-camera-1080x1920-vi"))
    return next(item for item in glass.items() if item.inherits("QQuickPaintedItem"))


def colour_in_the_middle(glass, finder) -> QColor:
    middle = finder.mapToScene(QPointF(finder.width() / 2, finder.height() / 2)).toPoint()
    return glass.view.grabWindow().pixelColor(middle)


def test_the_glass_tells_how_much_room_it_has(glass, finder) -> None:
    assert glass.stage.live.room.toTuple() == (finder.width(), finder.height()) == (480, 270)


@pytest.mark.parametrize("size", [(480, 270), (360, 270), (640, 360)])
def test_a_picture_is_painted_and_forgotten(glass, finder, size) -> None:
    live = glass.stage.live
    live.show(red(*size))
    assert colour_in_the_middle(glass, finder).name() == "#ff0000"
    live.forget()
    assert live.image.isNull()
    assert colour_in_the_middle(glass, finder).name() != "#ff0000"


def test_the_newest_picture_is_the_one_on_the_glass(glass, finder) -> None:
    live = glass.stage.live
    live.show(held_slip(live.room))
    live.show(red(480, 270))
    assert colour_in_the_middle(glass, finder).name() == "#ff0000"


def test_a_page_without_a_camera_has_no_place_for_a_picture(glass) -> None:
    glass.shows(next(s for s in samples() if s.name == "kiosk-welcome-1080x1920-vi"))
    assert not [item for item in glass.items() if item.inherits("QQuickPaintedItem")]
