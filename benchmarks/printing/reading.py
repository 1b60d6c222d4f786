"""Reads back what the simulated printer put on paper, without the encoder that put it there.

A line of text is what the printer's own tables make of the bytes; a taught letter is the one with the drawing, made here,
that is nearest to its dots; a picture is read as the words with the drawing, made here, that has the very same dots.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFont

from drivers.simulators.printer.interpreter.interpreter import Interpreter
from drivers.simulators.printer.interpreter.operations import PrintLine, PrintRaster
from drivers.simulators.printer.mechanics.paper import PRINT_DOTS
from plumbing.fonts import REGULAR, font_path

_LETTER: Final = 24
_THRESHOLD: Final = 150
_MOST_BLACKENED: Final = 6
"""Dots that may be black beside what was meant: one for each pair of bytes that would have been a command."""

Printed = str | Image.Image


def printed(data: bytes, paper_mm: int, alphabet: str) -> Iterator[Printed]:
    """The lines of a job from top to bottom: text, or a picture."""
    rows: list[bytes] = []
    blank = 0
    for operation in Interpreter(PRINT_DOTS[paper_mm]).feed(data):
        match operation:
            case PrintRaster(data=row):
                rows += [bytes(len(row))] * blank if rows else []
                rows.append(row)
                blank = 0
            case PrintLine(cells=()):
                blank = operation.feed
                if rows and blank:
                    yield _image(rows)
                    rows, blank = [], 0
            case PrintLine():
                if rows:
                    yield _image(rows)
                    rows = []
                yield "".join(_letter(c.char, c.dots, alphabet) for c in operation.cells).rstrip()
    if rows:
        yield _image(rows)


def is_told(text: str, lines: Iterable[Printed]) -> bool:
    """Whether the lines are this text: each letter, in order, and nothing else; white space is where lines break."""
    rest = "".join(text.split())
    for line in lines:
        if isinstance(line, str):
            said = "".join(line.split())
            if not rest.startswith(said):
                return False
            rest = rest[len(said) :]
            continue
        words = _words_of(line, text, rest)
        if words is None:
            return False
        rest = rest[len("".join(words.split())) :]
    return not rest


def _words_of(picture: Image.Image, text: str, rest: str) -> str | None:
    """The beginning of what is left of the text that has the dots of this picture."""
    bare = "".join(text.split())
    skipped = len(bare) - len(rest)
    spaced = _from(text, skipped)
    for end in _ends(spaced, picture.width):
        drawn = _drawn(spaced[:end].rstrip())
        if drawn is not None and _same(drawn, picture):
            return spaced[:end]
    return None


def _from(text: str, letters: int) -> str:
    """The text behind so many letters, from its next letter on."""
    for at, char in enumerate(text):
        if not letters and not char.isspace():
            return text[at:]
        letters -= not char.isspace()
    return ""


def _ends(text: str, width: int) -> Iterator[int]:
    """Where a line as wide as the picture may end: only where its ink would be that wide, to a few dots."""
    least, length = width - 40, 0.0
    for end, char in enumerate(text, 1):
        length += _advance(char)
        if length >= least:
            yield end
        if length > width + 60:
            return


def _letter(char: str, dots: bytes, alphabet: str) -> str:
    return _nearest(dots, alphabet) if dots else char


@cache
def _nearest(dots: bytes, alphabet: str) -> str:
    """The letter of the alphabet with the drawing that differs least from the columns of dots."""
    cell = Image.new("L", (12, 24))
    for x in range(len(dots) // 3):
        column = int.from_bytes(dots[3 * x : 3 * x + 3], "big")
        for y in range(24):
            cell.putpixel((x, y), 255 if column >> (23 - y) & 1 else 0)
    return min(alphabet, key=lambda char: _difference(cell, _in_cell(char)))


@cache
def _in_cell(char: str) -> Image.Image:
    """A letter drawn large and brought to the height and width of a cell."""
    font = _font(22)
    left, top, right, bottom = font.getbbox(char, anchor="ls")
    ink = Image.new("L", (max(1, round(right - left)), max(1, round(bottom - top))))
    ImageDraw.Draw(ink).text((-left, -top), char, font=font, fill=255, anchor="ls")
    above, below = min(19, round(-top)), min(5, round(bottom))
    size = (min(11, ink.width), max(1, above + below))
    cell = Image.new("L", (12, 24))
    cell.paste(ink.resize(size, Image.Resampling.BILINEAR), ((12 - size[0]) // 2, 19 - above))
    return cell


def _difference(one: Image.Image, other: Image.Image) -> int:
    return sum(
        level * count for level, count in enumerate(ImageChops.difference(one, other).histogram())
    )


def _drawn(text: str) -> Image.Image | None:
    """The ink of a line, letter beside letter, cut out."""
    length = sum(map(_advance, text))
    image = Image.new("L", (round(length) + 8, 2 * _LETTER))
    x = 4.0
    for char in text:
        image.paste(255, (round(x) - 4, 0), _inked(char))
        x += _advance(char)
    box = image.getbbox()
    return image.crop(box) if box else None


@cache
def _inked(char: str) -> Image.Image:
    image = Image.new("L", (4 * _LETTER, 2 * _LETTER))
    ImageDraw.Draw(image).text((4, 4), char, font=_font(_LETTER), fill=255)
    return image.point(lambda level: 255 if 255 - level < _THRESHOLD else 0)


def _same(drawn: Image.Image, picture: Image.Image) -> bool:
    if drawn.size != picture.size:
        return False
    missing = ImageChops.subtract(drawn, picture).getbbox()
    more = ImageChops.subtract(picture, drawn).histogram()[255]
    return missing is None and more <= _MOST_BLACKENED


def _image(rows: list[bytes]) -> Image.Image:
    """The ink of a picture, cut out."""
    width = max(map(len, rows))
    data = b"".join(row.ljust(width, b"\0") for row in rows)
    image = Image.frombytes("1", (width * 8, len(rows)), data).convert("L")
    box = image.getbbox()
    return image.crop(box) if box else image


@cache
def _advance(char: str) -> float:
    return float(_font(_LETTER).getlength(char))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path(REGULAR)), size, layout_engine=ImageFont.Layout.BASIC)


def composed(text: str) -> str:
    """A text as paper can show it: NFC, on one line, without signs that have no form."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if c.isprintable() else " " for c in composed).split())
