"""Decoder of image and PDF files that a person hands over, with limits on what a file may cost."""

import stat
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from drivers.protocols import Alike, Appraisal
from drivers.scanners.decoding.codes import KIOSK, Code, Expected
from drivers.scanners.decoding.image_file_reasons import ImageFileError, ImageFileReason
from drivers.scanners.decoding.ladder import decode_still
from drivers.scanners.decoding.pdf_pages import first_pages
from drivers.scanners.decoding.stages import LONGEST_SIDE

LARGEST_FILE: Final = 20 * 1024 * 1024
FORMATS: Final = ("PNG", "JPEG", "WEBP", "BMP", "GIF")

_PDF: Final = b"%PDF-"
# What Pillow's readers let through of a file that breaks off or lies about itself.
_BROKEN: Final = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError, ArithmeticError, RuntimeError,
    struct.error, zlib.error,
)  # fmt: skip


def decode_image_file(
    path: Path, expected: Expected = KIOSK, appraise: Appraisal = Alike
) -> tuple[Code, ...]:
    """The codes of a picture or of a PDF's first pages; empty where none is seen.

    `ImageFileError` where the file is neither or beyond the limits.
    """
    content = _content(path)
    pictures = first_pages(content) if content.startswith(_PDF) else (_opened(content),)
    return tuple(
        code for picture in pictures for code in decode_still(picture, expected, appraise=appraise)
    )


def _content(path: Path) -> bytes:
    """The bytes of a regular file: a pipe or a device might never end."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ImageFileError(ImageFileReason.UNREADABLE)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise ImageFileError(ImageFileReason.UNREADABLE) from error
    if len(content) > LARGEST_FILE:
        raise ImageFileError(ImageFileReason.FILE_TOO_LARGE)
    return content


def _opened(content: bytes) -> NDArray[Any]:
    """The pixels of the first picture in the file; its size is read from the head before anything is unpacked."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            if max(image.size) > LONGEST_SIDE:
                raise ImageFileError(ImageFileReason.PICTURE_TOO_LARGE)
            return _pixels(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageFileError(ImageFileReason.PICTURE_TOO_LARGE) from error
    except _BROKEN as error:
        raise ImageFileError(ImageFileReason.NOT_AN_IMAGE) from error


def _pixels(image: Image.Image) -> NDArray[Any]:
    if image.mode.startswith("I;16"):
        return np.asarray(image).astype(np.uint16)
    if "A" in image.mode or "transparency" in image.info:
        on_white = Image.new("RGBA", image.size, "white")
        on_white.alpha_composite(image.convert("RGBA"))
        image = on_white
    return np.asarray(image.convert("L"))
