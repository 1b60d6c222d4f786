"""Finds Noto Sans, which has every Vietnamese letter, where Debian and Ubuntu install it."""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from drivers.errors import DeviceError, DeviceReason

_FOLDER = Path("/usr/share/fonts/truetype/noto")
_PACKAGE = "fonts-noto-core"


@lru_cache(maxsize=64)
def noto_sans(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return Noto Sans at `size` pixels; raise `DeviceError` naming the missing package."""
    path = _FOLDER / ("NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf")
    try:
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        raise DeviceError(
            DeviceReason.LIBRARY_MISSING, "escpos", f"{path}: install {_PACKAGE}"
        ) from error
