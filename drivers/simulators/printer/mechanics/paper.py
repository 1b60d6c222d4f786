"""The paper of the simulated printer: operations become strips of dots, strips pass the head, a cut makes a slip.

The cutter is some dots behind the print head, 12 mm unless set: what was printed last without a feed stays on the next piece.
"""

from collections import deque
from dataclasses import dataclass, field

from PIL import Image, ImageOps

from drivers.simulators.printer.interpreter.operations import (
    LETTER_WIDTH,
    Cell,
    OnPaper,
    Operation,
)
from drivers.simulators.printer.mechanics.composing import Strip, compose
from drivers.simulators.printer.mechanics.glyphs import PAPER

PRINT_DOTS: dict[float, int] = {58: 384, 60: 432, 76: 544, 80: 576, 82.5: 608}
"""Dots of the head by the width of the paper in mm; those of 60, 76 and 82.5 mm are assumed."""
DOTS_PER_MM = 8
HEAD_TO_CUTTER_DOTS = 96
OWN_LETTERS_FROM = 0xE000
"""Code point from which user-defined letters are numbered in decoded text: their dots are `glyphs[code - 0xE000]` of the slip."""

_MAX_DOTS = 40_000  # five metres; no program of the suite prints that much without a cut
_MAX_FACTS = 2_000


@dataclass(frozen=True, slots=True)
class PaperSlip:
    """Paper between two cuts; `dots` is how far the paper moved, `raster_rows` how many rows were pictures.

    `cut_through` is the text of what the cut at either end went through, `unknown` the commands that were not known.
    """

    image: Image.Image
    lines: tuple[str, ...] = ()
    qr: tuple[str, ...] = ()
    barcodes: tuple[str, ...] = ()
    glyphs: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    dots: int = 0
    raster_rows: int = 0
    cut_through: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    is_full_cut: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed on it."""
        return ImageOps.invert(self.image).getbbox() is None


@dataclass(frozen=True, slots=True)
class Mark:
    """Contents on the paper from row `top` to row `bottom`, counted from when the paper was put in."""

    top: int
    bottom: int
    cells: tuple[Cell, ...] = ()
    qr: str = ""
    barcode: str = ""


@dataclass(slots=True)
class Facts:
    """What happened since the last cut."""

    identities: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    dots: int = 0
    raster_rows: int = 0

    def note(self, where: list[str], text: str) -> None:
        """Add a fact; the oldest of too many is forgotten."""
        where.append(text)
        del where[:-_MAX_FACTS]


class Reading:
    """Text of the lines of one slip; user-defined letters are numbered by their place among the slip's."""

    def __init__(self) -> None:
        self.glyphs: list[str] = []

    def line(self, cells: tuple[Cell, ...]) -> str:
        """Return the text of a line."""
        return "".join(self._read(cell) for cell in cells).rstrip()

    def _read(self, cell: Cell) -> str:
        if cell.gap:
            return " " * max(1, cell.gap // LETTER_WIDTH)
        return self._own(cell.dots.hex()) if cell.dots else cell.char

    def _own(self, dots: str) -> str:
        if dots not in self.glyphs:
            self.glyphs.append(dots)
        return chr(OWN_LETTERS_FROM + self.glyphs.index(dots))


class Paper:
    """The strip behind the last cut; `dots` is the width of the head, `cutter_dots` the distance from it to the cutter."""

    def __init__(
        self, width_mm: float, dots: int | None = None, cutter_dots: int = HEAD_TO_CUTTER_DOTS
    ) -> None:
        self.width_mm = width_mm
        self.dots = dots or PRINT_DOTS[width_mm]
        self.cutter_dots = cutter_dots
        self.facts = Facts()
        self._marks: deque[Mark] = deque(maxlen=_MAX_FACTS)
        self._strips: list[Image.Image | int] = [cutter_dots]
        self._height = cutter_dots
        self._moved = 0
        self._cut_through: list[Mark] = []

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been printed since the cut."""
        return not any(isinstance(strip, Image.Image) for strip in self._strips)

    def refit(self, dots: int, cutter_dots: int) -> None:
        """Change the head and the place of the cutter."""
        if self.is_blank:
            self._strips = [cutter_dots]
            self._height = cutter_dots
        self.dots, self.cutter_dots = dots, cutter_dots

    def print(self, operation: Operation) -> None:
        """Carry out one operation that touches the paper."""
        if isinstance(operation, OnPaper):
            for strip in self.compose(operation):
                self.move(strip, strip.left)

    def compose(self, operation: OnPaper) -> list[Strip]:
        """Draw what is to pass the head, nothing for a code that cannot be drawn."""
        return compose(operation, self.dots, self.cutter_dots)

    def move(self, strip: Strip, dots: int) -> None:
        """Let `dots` more rows of a strip pass the head."""
        if strip.image is None:
            self.feed(dots)
        else:
            top, whole = strip.passed, strip.image
            part = whole if dots == strip.dots else whole.crop((0, top, whole.width, top + dots))
            self._grow(part, dots)
            self.facts.raster_rows += dots * strip.is_raster
        strip.passed += dots
        if not strip.left:
            self._note(strip)

    def feed(self, dots: int) -> None:
        """Move blank paper past the head."""
        self._grow(dots, dots)

    def cut(self, *, is_full: bool = False) -> PaperSlip:
        """Cut at the cutter; what has passed the head and not the cutter begins the next slip."""
        strip = self.picture()
        cut_at = max(0, strip.height - self.cutter_dots)
        image = strip.crop((0, 0, strip.width, cut_at))
        if not cut_at:
            image = Image.new("L", (strip.width, 1), PAPER)
        slip = self._slip(image, is_full=is_full)
        rest = strip.crop((0, cut_at, strip.width, strip.height))
        margin = self._margin()
        printed = rest.crop((margin, 0, rest.width - margin, rest.height))
        has_ink = ImageOps.invert(printed).getbbox() is not None
        self._strips = [printed if has_ink else rest.height]
        self._height = rest.height
        return slip

    def _slip(self, image: Image.Image, *, is_full: bool) -> PaperSlip:
        """Part what stands before the cutter from what stands behind it."""
        at = self._moved - self.cutter_dots
        own = [mark for mark in self._marks if mark.bottom <= at]
        through = [mark for mark in self._marks if mark.top < at < mark.bottom]
        self._marks = deque((mark for mark in self._marks if mark.top >= at), _MAX_FACTS)
        reading, facts = Reading(), self.facts
        lines = tuple(text for mark in own if (text := reading.line(mark.cells)))
        torn = tuple(_text(reading, mark) for mark in (*self._cut_through, *through))
        self._cut_through, self.facts = through, Facts()
        return PaperSlip(
            image,
            lines,
            tuple(mark.qr for mark in own if mark.qr),
            tuple(mark.barcode for mark in own if mark.barcode),
            tuple(reading.glyphs),
            tuple(facts.identities),
            facts.dots,
            facts.raster_rows,
            tuple(text for text in torn if text),
            tuple(facts.unknown),
            is_full,
        )

    def picture(self) -> Image.Image:
        """Draw the paper behind the last cut, with its margins."""
        image = Image.new("L", (int(self.width_mm * DOTS_PER_MM), self._height), PAPER)
        top = 0
        for strip in self._strips:
            if isinstance(strip, Image.Image):
                image.paste(strip, (self._margin(), top))
                top += strip.height
            else:
                top += strip
        return image

    def _margin(self) -> int:
        return (int(self.width_mm * DOTS_PER_MM) - self.dots) // 2

    def _note(self, strip: Strip) -> None:
        if strip.cells or strip.qr or strip.barcode:
            top = self._moved - strip.dots
            self._marks.append(Mark(top, self._moved, strip.cells, strip.qr, strip.barcode))

    def _grow(self, what: Image.Image | int, dots: int) -> None:
        """Let the strip lose its beginning rather than grow without end."""
        self._strips.append(what)
        self._height += dots
        self._moved += dots
        self.facts.dots += dots
        while self._height > _MAX_DOTS and len(self._strips) > 1:
            first = self._strips.pop(0)
            self._height -= first if isinstance(first, int) else first.height


def _text(reading: Reading, mark: Mark) -> str:
    return reading.line(mark.cells) or mark.qr or mark.barcode
