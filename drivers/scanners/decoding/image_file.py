"""Decoder of image and PDF files that a person hands over, with limits on what a file may cost."""

import stat
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pi_heif import register_heif_opener
from PIL import Image, ImageSequence

from drivers.protocols import Alike, Appraisal
from drivers.scanners.decoding.codes import KIOSK, Code, Expected
from drivers.scanners.decoding.image_file_reasons import ImageFileError, ImageFileReason
from drivers.scanners.decoding.ladder import is_best, readings
from drivers.scanners.decoding.pdf_pages import PAGES, closer_page, pages
from drivers.scanners.decoding.stages import LARGEST_AREA

LARGEST_FILE: Final = 40 * 1024 * 1024
FORMATS: Final = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF", "JPEG2000", "AVIF", "HEIF")
LARGEST_PICTURE: Final = 50_000_000
"""Pixels of a picture that is unpacked whole: 48 megapixels of a phone."""

LARGEST_JPEG: Final = 210_000_000
"""Pixels of a JPEG, which is unpacked at a half or a quarter of its size: 108 and 200 megapixels."""

_PDF: Final = b"%PDF-"
# Files from mail and printers begin with other bytes; readers look this far (PDF 1.7, appendix H, note 13).
_PDF_BEGINS_WITHIN: Final = 1_024
_REDUCTIONS: Final = (1, 2, 4, 8)  # that JPEG's decoder knows
# What Pillow's readers let through of a file that breaks off or lies about itself.
_BROKEN: Final = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError, ArithmeticError, RuntimeError,
    struct.error, zlib.error, Warning,
)  # fmt: skip

register_heif_opener(thumbnails=False, depth_images=False)
# The sizes are checked here, by kind; Pillow's own limit is below what phones take.
Image.MAX_IMAGE_PIXELS = LARGEST_JPEG


def decode_image_file(
    path: Path, expected: Expected = KIOSK, appraise: Appraisal = Alike
) -> tuple[Code, ...]:
    """The codes of a picture or of a document's first pages, up to the page with one of the best worth; empty without any.

    `ImageFileError` where the file is neither or beyond the limits.
    """
    return tuple(chain.from_iterable(readings_of_file(path, expected, appraise)))


def readings_of_file(
    path: Path, expected: Expected = KIOSK, appraise: Appraisal = Alike
) -> Iterator[tuple[Code, ...]]:
    """What each step of the ladder reads on each page, as soon as it is read; errors as `decode_image_file`."""
    content = _content(path)
    is_document = _PDF in content[: _PDF_BEGINS_WITHIN + len(_PDF)]
    nothing_read = True
    for picture in pages(content) if is_document else _pictures(content):
        for codes in readings(picture, expected, appraise=appraise):
            nothing_read = False
            yield codes
            if is_best(codes, appraise):
                return
    if nothing_read and is_document:
        yield from readings(closer_page(content), expected, appraise=appraise)


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


def _pictures(content: bytes) -> Iterator[NDArray[Any]]:
    """The pixels of the picture in the file, of a TIFF the first pages; sizes are read before anything is unpacked."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            for number, page in enumerate(ImageSequence.Iterator(image)):
                if number == PAGES or (number and image.format != "TIFF"):
                    return
                _reduce(page)
                yield _pixels(page)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageFileError(ImageFileReason.PICTURE_TOO_LARGE) from error
    except _BROKEN as error:
        raise ImageFileError(ImageFileReason.NOT_AN_IMAGE) from error


def _reduce(image: Image.Image) -> None:
    """Have a large JPEG unpacked smaller; other large pictures are refused."""
    area = image.width * image.height
    if area > (LARGEST_JPEG if image.format in {"JPEG", "MPO"} else LARGEST_PICTURE):
        raise ImageFileError(ImageFileReason.PICTURE_TOO_LARGE)
    by = next(each for each in _REDUCTIONS if area <= LARGEST_AREA * each**2)
    if by > 1:
        image.draft("L", (image.width // by, image.height // by))


def _pixels(image: Image.Image) -> NDArray[Any]:
    if image.mode.startswith("I;16"):
        return np.asarray(image).astype(np.uint16)
    if "A" in image.mode or "transparency" in image.info:
        on_white = Image.new("RGBA", image.size, "white")
        on_white.alpha_composite(image.convert("RGBA"))
        image = on_white
    return np.asarray(image.convert("L"))
