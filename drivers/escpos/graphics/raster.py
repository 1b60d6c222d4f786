"""Rasterizer: lines of text in Noto Sans (letters are cached) and QR codes, as trimmed bands of GS v 0.

A picture is an "L" image of the values 0 (printed) and 255 (paper).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from barcode.charsets import code128 as bars
from PIL import Image, ImageDraw, ImageOps
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode

from drivers.escpos import commands
from drivers.escpos.text.fonts import noto_sans

LETTER_DOTS = 24
"""Height of the letters at scale 1, that of the printer's own font A."""

QUIET_MODULES = 4

_INK = 0
_PAPER = 255
_THRESHOLD = 150
_MASK = [255 if level < _THRESHOLD else 0 for level in range(256)]


@dataclass(frozen=True, slots=True)
class _Letter:
    """The dots of one letter, where they begin beside its origin, and how far the next letter stands."""

    dots: Image.Image | None
    left: int
    advance: int

    @property
    def before(self) -> int:
        """Dots that reach out to the left of the origin, as a J's do."""
        return max(0, -self.left)

    @property
    def right(self) -> int:
        """Where the dots end."""
        return self.left + self.dots.width if self.dots else 0


def text_width(text: str, scale: int, *, bold: bool) -> int:
    """Return the dots that a line of text takes across the paper, with what its ends reach beyond their letters."""
    if not text:
        return 1
    letters = [_letter(char, scale, bold) for char in text]
    after = letters[-1].right - letters[-1].advance
    return letters[0].before + sum(letter.advance for letter in letters) + max(1, after)


def line_height(scale: int, *, bold: bool) -> int:
    """The rows of a line of text, whatever its letters."""
    return sum(noto_sans(LETTER_DOTS * scale, bold=bold).getmetrics())


def text_line(text: str, scale: int, *, bold: bool) -> Image.Image:
    """Draw one line of text, as high as its letters can be with every accent."""
    size = text_width(text, scale, bold=bold), line_height(scale, bold=bold)
    image = Image.new("L", size, _PAPER)
    x = _letter(text[0], scale, bold).before if text else 0
    for char in text:
        letter = _letter(char, scale, bold)
        if letter.dots is not None:
            image.paste(_INK, (max(0, x + letter.left), 0), letter.dots)
        x += letter.advance
    return image


@lru_cache(maxsize=2048)
def _letter(char: str, scale: int, bold: bool) -> _Letter:
    """Draw a letter once; hinted letters advance by whole dots and Noto Sans has no kerning table, so lines can be set of them."""
    font = noto_sans(LETTER_DOTS * scale, bold=bold)
    left, _, right, _ = map(round, font.getbbox(char))
    advance = round(font.getlength(char))
    if right <= left:
        return _Letter(None, 0, advance)
    image = Image.new("L", (right - left, sum(font.getmetrics())), _PAPER)
    ImageDraw.Draw(image).text((-left, 0), char, font=font, fill=_INK)
    return _Letter(image.point(_MASK, "1"), left, advance)


def columns_line(left: str, right: str, width: int, *, bold: bool) -> Image.Image:
    """Draw two texts on one line, flush with both edges of the paper."""
    first, second = text_line(left, 1, bold=bold), text_line(right, 1, bold=bold)
    image = Image.new("L", (width, first.height), _PAPER)
    image.paste(first, (0, 0))
    image.paste(second, (width - second.width, 0))
    return image


def rule(width: int) -> Image.Image:
    """Draw a line across the paper, with air above and below."""
    image = Image.new("L", (width, LETTER_DOTS), _PAPER)
    middle = LETTER_DOTS // 2
    image.paste(_INK, (0, middle - 1, width, middle + 1))
    return image


@lru_cache(maxsize=16)
def qr_modules(data: str) -> int | None:
    """Return how many modules the side of a QR code of `data` has, None where no QR code can hold it."""
    try:
        version = _qr(data).best_fit()
    except (DataOverflowError, ValueError):
        return None
    return 4 * int(version) + 17


def qr_picture(data: str, module_dots: int) -> Image.Image:
    """Draw a QR code without quiet zone; `data` is known to fit."""
    code = _qr(data)
    code.make(fit=True)
    matrix = code.get_matrix()
    side = len(matrix)
    image = Image.new("L", (side, side))
    image.putdata([_INK if dark else _PAPER for row in matrix for dark in row])
    return image.resize((side * module_dots, side * module_dots), Image.Resampling.NEAREST)


def code128_picture(symbols: Iterable[int], module_dots: int, height: int) -> Image.Image:
    """Draw the bars of a Code 128 without quiet zones; `symbols` are its values from start to check."""
    pattern = "".join(bars.CODES[value] for value in symbols) + bars.STOP + "11"
    image = Image.new("L", (len(pattern), 1))
    image.putdata([_INK if module == "1" else _PAPER for module in pattern])
    return image.resize((len(pattern) * module_dots, height), Image.Resampling.NEAREST)


def dots_of(image: Image.Image) -> bytes:
    """The rows of a picture, a bit for a dot, in which a printer finds no command."""
    return commands.harmless(
        ImageOps.invert(image).convert("1", dither=Image.Dither.NONE).tobytes()
    )


def encode(image: Image.Image, mark: Callable[[], bytes] = bytes) -> bytes:
    """Return the commands that print `image` at the current justification, blank rows being fed over; a `mark` behind each
    band of rows.
    """
    ink = ImageOps.invert(image).getbbox()
    if ink is None:
        return commands.feed_dots(image.height)
    _, top, right, bottom = ink
    bands = [
        _band(image.crop((0, row, right, min(row + commands.MAX_RASTER_ROWS, bottom)))) + mark()
        for row in range(top, bottom, commands.MAX_RASTER_ROWS)
    ]
    return commands.feed_dots(top) + b"".join(bands) + commands.feed_dots(image.height - bottom)


def _band(image: Image.Image) -> bytes:
    return commands.raster((image.width + 7) // 8, image.height, dots_of(image))


def _qr(data: str) -> Any:  # qrcode publishes no types
    code: Any = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(data.encode(), optimize=0)
    return code
