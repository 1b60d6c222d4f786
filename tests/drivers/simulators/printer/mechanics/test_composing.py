import pytest
from PIL import ImageOps

from drivers.simulators.printer.interpreter.operations import (
    Cell,
    FeedToCutter,
    PrintLine,
    PrintRaster,
)
from drivers.simulators.printer.mechanics.composing import compose
from drivers.simulators.printer.mechanics.paper import PRINT_DOTS, Paper


def ink(image):
    return ImageOps.invert(image).getbbox()


def line(text, letter):
    return PrintLine(tuple(Cell(char) for char in text), 0, 30, letter=letter)


@pytest.mark.parametrize(("letter", "last"), [(12, 41 * 12), (13, 41 * 13), (9, 41 * 9)])
def test_letters_stand_at_the_distance_of_the_font(letter, last):
    strip = compose(line(" " * 41 + "H", letter), 576, 96)[0]
    left, _, right, _ = ink(strip.image)
    assert last <= left < right <= last + letter


def test_a_narrower_head_loses_the_right_edge_of_a_picture():
    whole = PrintRaster(72, b"\xff" * 72, 0)
    assert [ink(compose(whole, dots, 96)[0].image)[2] for dots in (576, 512)] == [576, 512]


def test_feeding_to_the_cutter_goes_as_far_as_it_is():
    assert [strip.dots for strip in compose(FeedToCutter(7), 576, 112)] == [119]


@pytest.mark.parametrize("width_mm", PRINT_DOTS)
def test_the_head_fits_on_paper_of_each_width(width_mm):
    paper = Paper(width_mm)
    assert PRINT_DOTS[width_mm] < paper.cut().image.width == int(width_mm * 8)
