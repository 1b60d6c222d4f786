"""Picture files for slips, such as the emblem: read, scaled to the width limit, made black and white, cached; and their keys."""

import logging
import zlib
from functools import lru_cache
from pathlib import Path

from PIL import Image

from drivers.escpos import commands
from drivers.escpos.graphics import raster

_MOST_PIXELS = 4_000_000
_MOST_ROWS = 400
_KEY_CHARACTERS = range(0x20, 0x7F)

_log = logging.getLogger("device.pictures")


def picture(file: str, width: int) -> Image.Image | None:
    """The picture as printed on paper `width` dots wide, from a cache; None for a file that cannot be read, logged once."""
    try:
        changed = Path(file).stat().st_mtime_ns
    except OSError as problem:
        return _missing(file, str(problem.strerror))
    return _drawn(file, width, changed)


def key_of(image: Image.Image) -> bytes:
    """Hash of the dots in two characters: another picture has another key, but for rare collisions."""
    number = zlib.crc32(image.tobytes(), image.width)
    count = len(_KEY_CHARACTERS)
    return bytes(_KEY_CHARACTERS[number // count**place % count] for place in range(2))


def stored(image: Image.Image) -> bytes:
    """The command that has a printer keep the picture under its key."""
    return commands.store_picture(key_of(image), image.width, image.height, raster.dots_of(image))


@lru_cache(maxsize=16)
def _drawn(file: str, width: int, _changed: int) -> Image.Image | None:
    try:
        with Image.open(file) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return _missing(file, "too large")
            image = Image.new("RGBA", opened.size, "white")
            image.alpha_composite(opened.convert("RGBA"))
    except (OSError, ValueError, Image.DecompressionBombError) as problem:
        return _missing(file, str(problem))
    image.thumbnail((width, _MOST_ROWS))
    return image.convert("L").convert("1").convert("L")


@lru_cache(maxsize=64)
def _missing(file: str, reason: str) -> None:
    _log.warning("picture %s is left out: %s", file, reason)
