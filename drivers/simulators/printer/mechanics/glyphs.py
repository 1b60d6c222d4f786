"""Glyph cache of the simulated printer: Noto Sans, or dots of the host's own, in cells of 12 by 24 and multiples."""

from functools import lru_cache

from PIL import Image, ImageDraw, ImageOps

from drivers.escpos.text.fonts import noto_sans
from drivers.simulators.printer.interpreter.code_pages import BLANK
from drivers.simulators.printer.interpreter.operations import Cell
from drivers.simulators.printer.interpreter.settings import LETTER_HEIGHT, LETTER_WIDTH

PAPER = 255
INK = 0

_SIZE = 20
_BASELINE = 19
_SIDE = 0.5
_THRESHOLD = 150
MOST_GAP = 1000


@lru_cache(maxsize=2048)
def glyph(cell: Cell) -> Image.Image:
    """Draw one cell, dots black or white."""
    if cell.gap:
        return Image.new("L", (min(cell.gap, MOST_GAP), LETTER_HEIGHT), PAPER)
    image = Image.new("L", (LETTER_WIDTH * cell.width, LETTER_HEIGHT * cell.height), PAPER)
    if cell.dots:
        _draw_dots(image, cell)
    elif cell.char not in {BLANK, " "}:
        _draw(image, cell)
    if cell.underlined:
        image.paste(INK, (0, image.height - 2, image.width, image.height))
    image = image.point(lambda level: INK if level < _THRESHOLD else PAPER)
    return ImageOps.invert(image) if cell.reversed else image


def _draw_dots(image: Image.Image, cell: Cell) -> None:
    """Draw a user-defined letter from its columns; what is wider than the cell is lost."""
    columns = [cell.dots[at : at + 3] for at in range(0, len(cell.dots), 3)]
    ink = Image.new("L", (LETTER_WIDTH, LETTER_HEIGHT), PAPER)
    for x, column in enumerate(columns[:LETTER_WIDTH]):
        bits = int.from_bytes(column, "big")
        for y in range(LETTER_HEIGHT):
            if bits >> (LETTER_HEIGHT - 1 - y) & 1:
                ink.putpixel((x, y), INK)
    image.paste(ink.resize(image.size, Image.Resampling.NEAREST))


def _draw(image: Image.Image, cell: Cell) -> None:
    """Draw the letter on its baseline; accents too high and letters too wide are squeezed, as in such fonts."""
    font = noto_sans(_SIZE * cell.height, bold=cell.bold)
    left, top, right, bottom = font.getbbox(cell.char, anchor="ls")
    if right <= left or bottom <= top:
        return
    ink = Image.new("L", (round(right - left), round(bottom - top)), PAPER)
    ImageDraw.Draw(ink).text((-left, -top), cell.char, font=font, fill=INK, anchor="ls")
    above = min(round(-top), _BASELINE * cell.height)
    below = min(round(bottom), image.height - _BASELINE * cell.height)
    room = round(image.width - 2 * _SIDE * cell.width)
    width = min(round(ink.width * cell.width / cell.height), room)
    ink = ink.resize((max(1, width), max(1, above + below)), Image.Resampling.LANCZOS)
    image.paste(ink, ((image.width - ink.width) // 2, _BASELINE * cell.height - above))
