"""Composition of strips for the simulated printer: what an operation puts on paper, as dots of the head's width. Pure."""

from dataclasses import dataclass
from typing import assert_never

from PIL import Image

from drivers.simulators.printer.interpreter.operations import (
    LETTER_HEIGHT,
    LETTER_WIDTH,
    Cell,
    FeedToCutter,
    OnPaper,
    PrintCode128,
    PrintLine,
    PrintQr,
    PrintRaster,
)
from drivers.simulators.printer.mechanics import codes
from drivers.simulators.printer.mechanics.glyphs import MOST_GAP, PAPER, glyph

_TEXT_ABOVE, _TEXT_BELOW = 1, 2


@dataclass(slots=True)
class Strip:
    """Rows that are to pass the head: a picture, or blank paper; its contents count once it has passed."""

    dots: int
    image: Image.Image | None = None
    cells: tuple[Cell, ...] = ()
    qr: str = ""
    barcode: str = ""
    is_raster: bool = False
    passed: int = 0

    @property
    def left(self) -> int:
        """How many rows have not passed the head."""
        return self.dots - self.passed


def compose(operation: OnPaper, dots: int, cutter_dots: int) -> list[Strip]:
    """Draw what is to pass a head of `dots`, nothing for a code that cannot be drawn."""
    match operation:
        case PrintLine():
            return _line(operation, dots)
        case PrintRaster():
            return _raster(operation, dots)
        case PrintQr():
            return _qr(operation, dots)
        case PrintCode128():
            return _code128(operation, dots)
        case FeedToCutter(more):
            return [Strip(cutter_dots + more)]
        case _:
            assert_never(operation)


def _line(line: PrintLine, dots: int) -> list[Strip]:
    height = max((cell.height for cell in line.cells), default=0) * LETTER_HEIGHT
    strips = []
    if height:
        letters = _letters(line.cells, height, line.letter)
        image = _placed(letters, line.position, line.margin, dots)
        strips.append(Strip(height, image, line.cells))
    if line.feed > height:
        strips.append(Strip(line.feed - height))
    return strips


def _raster(raster: PrintRaster, dots: int) -> list[Strip]:
    size = (raster.width_bytes * 8, len(raster.data) // raster.width_bytes)
    image = Image.frombytes("1", size, raster.data, "raw", "1;I").convert("L")
    if (raster.zoom_x, raster.zoom_y) != (1, 1):
        zoomed = (size[0] * raster.zoom_x, size[1] * raster.zoom_y)
        image = image.resize(zoomed, Image.Resampling.NEAREST)
    placed = _placed(image, raster.position, raster.margin, dots)
    return [Strip(placed.height, placed, is_raster=True)]


def _qr(code: PrintQr, dots: int) -> list[Strip]:
    image = codes.qr(code.data, code.module_dots, code.correction)
    if image is None or code.margin + image.width > dots:
        return []  # a code too wide is not printed
    placed = _placed(image, code.position, code.margin, dots)
    return [Strip(placed.height, placed, qr=code.data.decode("utf-8", "replace"))]


def _code128(code: PrintCode128, dots: int) -> list[Strip]:
    symbols = codes.code128_symbols(code.payload)
    if symbols is None:
        return []
    image = codes.bars(symbols, code.module_dots, code.height_dots)
    if code.margin + image.width > dots:
        return []
    bars = _placed(image, code.position, code.margin, dots)
    letters = _letters(tuple(Cell(char) for char in symbols.text), LETTER_HEIGHT)
    text = _placed(letters, code.position, code.margin, dots)
    strips = [Strip(bars.height, bars, barcode=symbols.text)]
    if code.text_position & _TEXT_ABOVE:
        strips.insert(0, Strip(text.height, text))
    if code.text_position & _TEXT_BELOW:
        strips.append(Strip(text.height, text))
    return strips


def _placed(image: Image.Image, position: int, margin: int, dots: int) -> Image.Image:
    """Put a picture where it is justified to; what goes beyond the print head is lost."""
    room = max(0, dots - margin - image.width)
    strip = Image.new("L", (dots, image.height), PAPER)
    strip.paste(image, (margin + (0, room // 2, room)[position], 0))
    return strip


def _letters(cells: tuple[Cell, ...], height: int, letter_dots: int = LETTER_WIDTH) -> Image.Image:
    """Set the cells side by side on one base line, each in the middle of its place."""
    places = [min(cell.gap, MOST_GAP) or cell.width * letter_dots for cell in cells]
    image = Image.new("L", (sum(places), height), PAPER)
    left = 0
    for cell, place in zip(cells, places, strict=True):
        picture = glyph(cell)
        if picture.width > place:
            picture = picture.resize((place, picture.height), Image.Resampling.NEAREST)
        image.paste(picture, (left + (place - picture.width) // 2, height - picture.height))
        left += place
    return image
