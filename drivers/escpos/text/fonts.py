"""Font cache: Noto Sans, which has every Vietnamese letter, from where Debian and Ubuntu install it."""

from functools import lru_cache

from PIL import ImageFont

from drivers.errors import DeviceError, DeviceReason
from drivers.escpos.text.tcvn3 import PLAIN
from plumbing.fonts import BOLD, PACKAGE, REGULAR, font_path

_NO_LETTER = "\U0010fffe"
"""A code that no font has: it is drawn as the sign for a missing letter."""


@lru_cache(maxsize=64)
def noto_sans(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return Noto Sans at `size` pixels; raise `DeviceError` naming the missing package."""
    name = BOLD if bold else REGULAR
    path = font_path(name)
    if path is None:
        raise DeviceError(DeviceReason.LIBRARY_MISSING, "escpos", f"{name}: install {PACKAGE}")
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def is_drawn(char: str) -> bool:
    """Whether the font has the character, and it leaves ink."""
    font = noto_sans(32)
    drawn = font.getmask(char)
    if drawn.getbbox() is None:
        return False
    missing = font.getmask(_NO_LETTER)
    return (drawn.size, bytes(drawn)) != (missing.size, bytes(missing))


def spelt_out(text: str) -> str:
    """`text` with a typewriter's sign for what the font lacks, or its number, such as [U+6F22]: nothing is lost."""
    if text.isascii():
        return text
    return "".join(c if c.isspace() or is_drawn(c) else _instead_of(c) for c in text)


def _instead_of(char: str) -> str:
    return PLAIN.get(ord(char), f"[U+{ord(char):04X}]")
