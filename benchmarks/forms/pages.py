"""What stands on the pages of a PDF: its text, and the box of each letter."""

import re
from typing import Final

import pypdfium2

Box = tuple[float, float, float, float]
Page = tuple[tuple[float, float], list[Box]]

_MM: Final = 72 / 25.4
_MARGIN: Final = 4 * _MM
"""What printers leave white at each edge."""


def text_of(pdf: bytes) -> str:
    """The text of all pages, without the line ends of the layout."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    # A hyphen at the end of a line comes as U+FFFE, with the line end behind it.
    return " ".join(re.sub("\ufffe\\s*", "-", text).split())


def without_spaces(text: str) -> str:
    """For texts that wrap where they have no space."""
    return "".join(text.split())


def pages_of(pdf: bytes) -> list[Page]:
    """Size of each page, and the boxes of its letters: left, bottom, right, top."""
    document = pypdfium2.PdfDocument(pdf)
    pages: list[Page] = []
    for page in document:
        letters = page.get_textpage()
        every = (letters.get_charbox(i) for i in range(letters.count_chars()))
        boxes = [box for box in every if box[2] - box[0] > 0.1 and box[3] - box[1] > 0.1]
        pages.append((page.get_size(), boxes))
    document.close()
    return pages


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """The fonts of the texts, and whether each comes along in the file."""
    document = pypdfium2.PdfDocument(pdf)
    texts = (each for page in document for each in page.get_objects() if each.type == 1)
    fonts = {font.get_base_name(): bool(font.is_embedded) for font in (t.get_font() for t in texts)}
    document.close()
    return fonts


def cut_off(page: Page) -> list[Box]:
    """Letters that lie where no printer prints, or beyond the paper."""
    (width, height), boxes = page
    return [
        box
        for box in boxes
        if box[0] < _MARGIN or box[1] < _MARGIN or box[2] > width - _MARGIN or box[3] > height - _MARGIN
    ]  # fmt: skip


def overlaps(boxes: list[Box]) -> list[tuple[Box, Box]]:
    """Pairs of letters of which one covers more than a third of the other."""
    found = []
    ordered = sorted(boxes)
    for i, one in enumerate(ordered):
        for other in ordered[i + 1 :]:
            if other[0] >= one[2]:
                break
            wide = min(one[2], other[2]) - other[0]
            high = min(one[3], other[3]) - max(one[1], other[1])
            if high > 0 and wide * high > min(_area(one), _area(other)) / 3:
                found.append((one, other))
    return found


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
