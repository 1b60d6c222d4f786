"""PDF renderer: the first pages into grey pictures in memory, with limits on their number and size."""

import math
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from drivers.scanners.decoding.image_file_reasons import ImageFileError, ImageFileReason
from drivers.scanners.decoding.stages import LARGEST_AREA

PAGES: Final = 3
"""So many pages are looked at; a slip's code is on the first."""
DOTS_PER_INCH: Final = 200
"""Resolution of a page that is drawn; one that was scanned is drawn at the resolution of its scan."""
CLOSER_DOTS_PER_INCH: Final = 400
LONGEST_PAGE_SIDE: Final = 4000
"""Pixels. A larger page, such as a poster, is rendered more coarsely, unless it is a scan."""

_POINTS_PER_INCH: Final = 72
_SCAN_COVERS: Final = 0.3
"""The share of its page from which a picture is a scan of the page."""

# PDFium may be in one thread of a process at a time.
_one_at_a_time = threading.Lock()


def pages(content: bytes) -> Iterator[NDArray[Any]]:
    """The first pages in order, 8 bits of grey a pixel, black on white, each drawn when it is asked for.

    `ImageFileError` where one cannot be drawn.
    """
    with _one_at_a_time, _document(content) as document:
        count = min(len(document), PAGES)
    if not count:
        raise ImageFileError(ImageFileReason.BROKEN_PDF)
    for number in range(count):
        yield _drawn(content, number)


def closer_page(content: bytes) -> NDArray[Any]:
    """The first page once more, at twice the resolution."""
    return _drawn(content, 0, CLOSER_DOTS_PER_INCH)


def _drawn(content: bytes, number: int, dots: int = DOTS_PER_INCH) -> NDArray[Any]:
    with _one_at_a_time, _document(content) as document, closing(document[number]) as page:
        bitmap = page.render(scale=_scale(page, dots), grayscale=True, may_draw_forms=True)
        with closing(bitmap):
            # A copy: the bitmap's memory ends with it.
            return np.array(bitmap.to_numpy())


@contextmanager
def _document(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        with closing(_opened(content)) as document:
            # Before any page is loaded: fields and signatures are drawn; scripts have no engine in this build.
            document.init_forms()
            yield document
    # ValueError and ArithmeticError: a page's size that is not a number
    except (pypdfium2.PdfiumError, ValueError, ArithmeticError) as error:
        raise ImageFileError(ImageFileReason.BROKEN_PDF) from error


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    """The document; `content` has to outlive it.

    PDFium's last error speaks of this file only where it gave no document; where a document merely has no page, it
    still is the error of an earlier file.
    """
    handle = raw.FPDF_LoadMemDocument64(content, len(content), None)
    if not handle:
        locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        raise ImageFileError(
            ImageFileReason.ENCRYPTED_PDF if locked else ImageFileReason.BROKEN_PDF
        )
    return pypdfium2.PdfDocument(handle)


def _scale(page: pypdfium2.PdfPage, dots: int) -> float:
    """How many pixels a point becomes; the sizes of the page's pictures are read before any of them is unpacked."""
    width, height = page.get_size()
    scan = 0.0
    for picture in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,)):
        across, down = picture.get_px_size()
        if across * down > LARGEST_AREA:
            raise ImageFileError(ImageFileReason.PICTURE_TOO_LARGE)
        left, bottom, right, top = picture.get_bounds()
        room = (right - left) * (top - bottom)
        if room >= _SCAN_COVERS * width * height:
            scan = max(scan, math.sqrt(across * down / room))
    usual = min(dots / _POINTS_PER_INCH, LONGEST_PAGE_SIDE / max(width, height))
    largest = math.sqrt(LARGEST_AREA / (width * height))
    return float(min(max(usual, scan), largest))
