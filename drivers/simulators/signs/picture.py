"""Renderer of a LED sign: a black panel of round red dots (cached), letters of five by seven."""

from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Dots = set[tuple[int, int]]

_CELL = 14
_FINE = 4
_ROWS = 7
_LETTER = 6
_MARGIN = 2
_FEWEST_LETTERS = 8

_PANEL = (14, 10, 10)
_UNLIT = (46, 20, 20)
_LIT = (255, 52, 38)
_HEART = (255, 150, 120)

# One letter each: seven rows from the top, five dots a row, the leftmost dot is 0x10.
_LETTERS = {
    "0": "0E 11 13 15 19 11 0E",
    "1": "04 0C 04 04 04 04 0E",
    "2": "0E 11 01 02 04 08 1F",
    "3": "1F 02 04 02 01 11 0E",
    "4": "02 06 0A 12 1F 02 02",
    "5": "1F 10 1E 01 01 11 0E",
    "6": "06 08 10 1E 11 11 0E",
    "7": "1F 01 02 04 08 08 08",
    "8": "0E 11 11 0E 11 11 0E",
    "9": "0E 11 11 0F 01 02 0C",
    "A": "0E 11 11 11 1F 11 11",
    "B": "1E 11 11 1E 11 11 1E",
    "C": "0E 11 10 10 10 11 0E",
    "D": "1C 12 11 11 11 12 1C",
    "E": "1F 10 10 1E 10 10 1F",
    "F": "1F 10 10 1E 10 10 10",
    "G": "0E 11 10 17 11 11 0F",
    "H": "11 11 11 1F 11 11 11",
    "I": "0E 04 04 04 04 04 0E",
    "J": "07 02 02 02 02 12 0C",
    "K": "11 12 14 18 14 12 11",
    "L": "10 10 10 10 10 10 1F",
    "M": "11 1B 15 15 11 11 11",
    "N": "11 11 19 15 13 11 11",
    "O": "0E 11 11 11 11 11 0E",
    "P": "1E 11 11 1E 10 10 10",
    "Q": "0E 11 11 11 15 12 0D",
    "R": "1E 11 11 1E 14 12 11",
    "S": "0F 10 10 0E 01 01 1E",
    "T": "1F 04 04 04 04 04 04",
    "U": "11 11 11 11 11 11 0E",
    "V": "11 11 11 11 11 0A 04",
    "W": "11 11 11 15 15 15 0A",
    "X": "11 11 0A 04 0A 11 11",
    "Y": "11 11 11 0A 04 04 04",
    "Z": "1F 01 02 04 08 10 1F",
    " ": "00 00 00 00 00 00 00",
    "-": "00 00 00 0E 00 00 00",
    ".": "00 00 00 00 00 0C 0C",
    ",": "00 00 00 00 0C 04 08",
    ":": "00 0C 0C 00 0C 0C 00",
    "/": "00 01 02 04 08 10 00",
    "!": "04 04 04 04 04 00 04",
    "?": "0E 11 01 02 04 00 04",
    "(": "02 04 08 08 08 04 02",
    ")": "08 04 02 02 02 04 08",
    "'": "04 04 08 00 00 00 00",
    "+": "00 04 04 1F 04 04 00",
}
_NO_SUCH_LETTER = "1F 11 11 11 11 11 1F"


def lit_dots(text: str) -> Dots:
    """The dots (column, row) that `text` lights on a panel wide enough for it."""
    return {
        (letter * _LETTER + 4 - bit, row)
        for letter, character in enumerate(text.upper())
        for row, bits in enumerate(_LETTERS.get(character, _NO_SUCH_LETTER).split())
        for bit in range(5)
        if int(bits, 16) >> bit & 1
    }


def draw_sign(text: str) -> Image.Image:
    """Draw the panel with `text` from its left edge; it is as wide as eight letters or the text."""
    columns = max(_FEWEST_LETTERS, len(text)) * _LETTER - 1
    lit = lit_dots(text)
    size = (columns + 2 * _MARGIN, _ROWS + 2 * _MARGIN)
    picture = Image.new("RGB", (size[0] * _CELL, size[1] * _CELL), _PANEL)
    for column in range(columns):
        for row in range(_ROWS):
            place = ((column + _MARGIN) * _CELL, (row + _MARGIN) * _CELL)
            picture.paste(_dot((column, row) in lit), place)
    return _with_glow(picture)


@cache
def _dot(lit: bool) -> Image.Image:
    side = _CELL * _FINE
    dot = Image.new("RGB", (side, side), _PANEL)
    pen = ImageDraw.Draw(dot)
    edge = side // 12
    pen.ellipse((edge, edge, side - edge, side - edge), fill=_LIT if lit else _UNLIT)
    if lit:
        heart = side // 3
        pen.ellipse((heart, heart, side - heart, side - heart), fill=_HEART)
    return dot.resize((_CELL, _CELL), Image.Resampling.LANCZOS)


def _with_glow(picture: Image.Image) -> Image.Image:
    glow = picture.filter(ImageFilter.GaussianBlur(_CELL * 0.6))
    return ImageChops.screen(picture, glow.point(lambda level: level // 2))
