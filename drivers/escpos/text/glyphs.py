"""Rasterizer of letters taught to a printer (ESC &): a letter becomes dots in a cell of font A, 12 by 24, and takes the code of an ASCII character.

A printer has room for 95 at a time; `taught_letters` chooses which.
"""

from functools import lru_cache
from itertools import pairwise
from typing import Final
from unicodedata import combining

from PIL import Image, ImageDraw

from drivers.escpos import commands
from drivers.escpos.text.fonts import is_drawn, noto_sans

WIDTH: Final = 12
HEIGHT: Final = 24
CODES: Final = range(0x21, 0x7F)
"""The space keeps its code always: columns are filled with it."""

_SIZE: Final = 22
_BASELINE: Final = 19
_NARROWEST: Final = 6
"""Columns at least: a count of 4, 5 or 20 behind a byte 10h would be taken for a real-time command."""

_THRESHOLD: Final = 180
_INK, _PAPER = 0, 255


@lru_cache(maxsize=512)
def is_teachable(char: str) -> bool:
    """Whether the font has the letter and a cell is wide enough for it."""
    if char.isascii() or combining(char) or not is_drawn(char):
        return False
    return noto_sans(_SIZE, bold=False).getlength(char) <= 2 * WIDTH


def definitions(codes: dict[str, int]) -> bytes:
    """The commands that teach the letters, neighbouring codes in one."""
    letters = sorted((code, char) for char, code in codes.items())
    if not letters:
        return b""
    runs = [[letters[0]]]
    for before, letter in pairwise(letters):
        if letter[0] == before[0] + 1:
            runs[-1].append(letter)
        else:
            runs.append([letter])
    taught = (commands.teach_letters(run[0][0], [columns(char) for _, char in run]) for run in runs)
    return b"".join(taught)


@lru_cache(maxsize=512)
def columns(char: str) -> bytes:
    """The dots of a letter, three bytes a column from left to right, without blank columns on the right."""
    image = cell(char)
    ink = image.point(lambda level: 255 - level).getbbox()
    width = min(WIDTH, max(_NARROWEST, ink[2] if ink else 0))
    turned = image.crop((0, 0, width, HEIGHT)).transpose(Image.Transpose.TRANSPOSE)
    dots = turned.point(lambda level: 255 - level).convert("1", dither=Image.Dither.NONE)
    return commands.harmless(dots.tobytes())


def cell(char: str) -> Image.Image:
    """A letter as it fits into a cell: on the base line, squeezed where it is too wide or its accents are too high."""
    font = noto_sans(_SIZE, bold=False)
    left, top, right, bottom = map(round, font.getbbox(char, anchor="ls"))
    cell = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    if right <= left or bottom <= top:
        return cell
    ink = Image.new("L", (right - left, bottom - top), _PAPER)
    ImageDraw.Draw(ink).text((-left, -top), char, font=font, fill=_INK, anchor="ls")
    above, below = min(-top, _BASELINE), min(bottom, HEIGHT - _BASELINE)
    width = min(ink.width, WIDTH - 1)
    ink = ink.resize((width, max(1, above + below)), Image.Resampling.LANCZOS)
    cell.paste(ink, ((WIDTH - width) // 2, _BASELINE - above))
    return cell.point(lambda level: _INK if level < _THRESHOLD else _PAPER)
