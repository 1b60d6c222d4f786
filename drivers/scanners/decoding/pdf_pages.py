"""PDF renderer: the first pages into grey pictures in memory, with limits on their number and side."""

import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from drivers.scanners.decoding.image_file_reasons import ImageFileError, ImageFileReason
from drivers.scanners.decoding.stages import LONGEST_SIDE

PAGES: Final = 3
"""So many pages are looked at; a slip's code is on the first."""
DOTS_PER_INCH: Final = 200
LONGEST_PAGE_SIDE: Final = 4000
"""Pixels. A larger page, such as a poster, is rendered more coarsely."""

_POINTS_PER_INCH: Final = 72
# PDFium may be in one thread of a process at a time.
_one_at_a_time = threading.Lock()


def first_pages(content: bytes) -> tuple[NDArray[Any], ...]:
    """The first pages in order, 8 bits of grey a pixel, black on white; `ImageFileError` where one cannot be drawn."""
    with _one_at_a_time:
        try:
            with closing(_opened(content)) as document:
                pages = tuple(_pages(document))
        # ValueError and ArithmeticError: a page's size that is not a number
        except (pypdfium2.PdfiumError, ValueError, ArithmeticError) as error:
            raise ImageFileError(ImageFileReason.BROKEN_PDF) from error
    if not pages:
        raise ImageFileError(ImageFileReason.BROKEN_PDF)
    return pages


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


def _pages(document: pypdfium2.PdfDocument) -> Iterator[NDArray[Any]]:
    for number in range(min(len(document), PAGES)):
        with closing(document[number]) as page:
            _check_pictures(page)
            longest = max(page.get_size())
            scale = min(DOTS_PER_INCH / _POINTS_PER_INCH, LONGEST_PAGE_SIDE / longest)
            with closing(page.render(scale=scale, grayscale=True, may_draw_forms=False)) as bitmap:
                # A copy: the bitmap's memory ends with it.
                yield np.array(bitmap.to_numpy())


def _check_pictures(page: pypdfium2.PdfPage) -> None:
    """The sizes of the pictures on the page are read before any of them is unpacked."""
    for picture in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,)):
        width, height = picture.get_px_size()
        if width * height > LONGEST_SIDE**2:
            raise ImageFileError(ImageFileReason.PICTURE_TOO_LARGE)
