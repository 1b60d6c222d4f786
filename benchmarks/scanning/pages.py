"""Print-like options: pages with headings, paragraphs, tables, stamps and dark blocks, lying on a grained desk."""

from typing import Final

import cv2
import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFont

from benchmarks.scanning.symbols import Picture

PAGE: Final = (2600, 2800)  # height and width, in the pixels of a frame of double size
_WORDS: Final = (
    "UBND", "TRUNG", "TAM", "PHUC", "VU", "HANH", "CHINH", "CONG", "giay", "tiep", "nhan", "ho", "so", "va", "hen", "tra",
    "ket", "qua", "ngay", "thang", "nam", "nguoi", "nop", "can", "bo", "12/2026", "H56.14", "1.004227", "IIIIII", "mllim",
)  # fmt: skip


def page(chance: Generator) -> Picture:
    """A page full of print; the code is laid upon it."""
    height, width = PAGE
    sheet = Image.new("L", (width, height), int(chance.integers(225, 255)))
    pen = ImageDraw.Draw(sheet)
    y = 60
    while y < height - 120:
        size = int(chance.choice((22, 28, 34, 48)))
        kind = chance.random()
        if kind < 0.12:
            y += _table(pen, y, chance)
        elif kind < 0.17:
            pen.rectangle((0, y, width, y + 90), fill=int(chance.integers(0, 120)))
            y += 120
        else:
            line = " ".join(chance.choice(_WORDS, 28))
            pen.text((80, y), line, font=ImageFont.load_default(size), fill=int(chance.integers(0, 70)))  # fmt: skip
            y += round(size * 1.5)
    for _ in range(3):
        x, top = (int(each) for each in chance.integers(0, width - 300, 2))
        pen.ellipse((x, top, x + 260, top + 260), outline=int(chance.integers(60, 140)), width=8)
    return np.asarray(sheet, np.uint8)


def desk(chance: Generator, height: int, width: int) -> Picture:
    """A grained surface, dark or light."""
    coarse = chance.normal(0, 18, (height // 16, 4)).astype(np.float32)
    grain = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(grain + int(chance.integers(50, 200)), 0, 255).astype(np.uint8)


def _table(pen: ImageDraw.ImageDraw, top: int, chance: Generator) -> int:
    rows, columns = int(chance.integers(3, 7)), int(chance.integers(3, 9))
    for row in range(rows + 1):
        pen.line((80, top + row * 52, 2720, top + row * 52), fill=30, width=3)
    for column in range(columns + 1):
        x = 80 + column * 2640 // columns
        pen.line((x, top, x, top + rows * 52), fill=30, width=3)
    for row in range(rows):
        text = "   ".join(chance.choice(_WORDS, 12))
        pen.text((96, top + 10 + row * 52), text, font=ImageFont.load_default(26), fill=40)
    return rows * 52 + 40
