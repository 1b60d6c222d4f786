"""The paper of the simulated printer: operations become strips of dots, strips pass the head, a cut makes a slip.

The cutter is 12 mm behind the print head: what was printed last without a feed is cut off with the next slip.
"""

from dataclasses import dataclass, field
from typing import assert_never

from PIL import Image, ImageOps

from drivers.simulators.printer.interpreter.operations import (
    Cell,
    OnPaper,
    Operation,
    PrintCode128,
    PrintLine,
    PrintQr,
    PrintRaster,
)
from drivers.simulators.printer.interpreter.settings import LETTER_HEIGHT, LETTER_WIDTH
from drivers.simulators.printer.mechanics import codes
from drivers.simulators.printer.mechanics.glyphs import PAPER, glyph

PRINT_DOTS = {58: 384, 80: 576}
DOTS_PER_MM = 8
HEAD_TO_CUTTER_DOTS = 96
OWN_LETTERS_FROM = 0xE000
"""Code point from which user-defined letters are numbered in decoded text: their dots are `glyphs[code - 0xE000]` of the slip."""

_TEXT_ABOVE, _TEXT_BELOW = 1, 2
_MAX_DOTS = 40_000  # five metres; no program of the suite prints that much without a cut
_MAX_FACTS = 2_000


@dataclass(frozen=True, slots=True)
class PaperSlip:
    """Paper between two cuts; `dots` is how far the paper moved, `raster_rows` how many rows were pictures."""

    image: Image.Image
    lines: tuple[str, ...]
    qr: tuple[str, ...]
    barcodes: tuple[str, ...]
    glyphs: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    dots: int = 0
    raster_rows: int = 0


@dataclass(slots=True)
class Facts:
    """What was put on the paper, as far as it has passed the head whole."""

    lines: list[str] = field(default_factory=list)
    qr: list[str] = field(default_factory=list)
    barcodes: list[str] = field(default_factory=list)
    glyphs: list[str] = field(default_factory=list)
    identities: list[str] = field(default_factory=list)
    dots: int = 0
    raster_rows: int = 0

    def note(self, where: list[str], text: str) -> None:
        """Add a fact; the oldest of too many is forgotten."""
        where.append(text)
        del where[:-_MAX_FACTS]

    def line_of(self, cells: tuple[Cell, ...]) -> str:
        """Return the text of a line, user-defined letters by their place among the slip's."""
        return "".join(self._read(cell) for cell in cells)

    def _read(self, cell: Cell) -> str:
        if cell.gap:
            return " " * max(1, cell.gap // LETTER_WIDTH)
        return self._own(cell.dots.hex()) if cell.dots else cell.char

    def _own(self, dots: str) -> str:
        if dots not in self.glyphs:
            self.note(self.glyphs, dots)
        return chr(OWN_LETTERS_FROM + self.glyphs.index(dots))


@dataclass(slots=True)
class Strip:
    """Rows that are to pass the head: a picture, or blank paper; its contents count once it has passed."""

    dots: int
    image: Image.Image | None = None
    cells: tuple[Cell, ...] = ()
    qr: str = ""
    barcode: str = ""
    is_raster: bool = False
    passed: int = 0

    @property
    def left(self) -> int:
        """How many rows have not passed the head."""
        return self.dots - self.passed


@dataclass(slots=True)
class Paper:
    """The strip behind the last cut."""

    width_mm: int
    facts: Facts = field(default_factory=Facts)
    _strips: list[Image.Image | int] = field(default_factory=lambda: [HEAD_TO_CUTTER_DOTS])
    _height: int = HEAD_TO_CUTTER_DOTS

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been printed since the cut."""
        return not any(isinstance(strip, Image.Image) for strip in self._strips)

    def print(self, operation: Operation) -> None:
        """Carry out one operation that touches the paper."""
        if isinstance(operation, OnPaper):
            for strip in self.compose(operation):
                self.move(strip, strip.left)

    def compose(self, operation: OnPaper) -> list[Strip]:
        """Draw what is to pass the head, nothing for a code that cannot be drawn."""
        match operation:
            case PrintLine():
                return self._line(operation)
            case PrintRaster():
                return self._raster(operation)
            case PrintQr():
                return self._qr(operation)
            case PrintCode128():
                return self._code128(operation)
            case _:
                assert_never(operation)

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

    def cut(self) -> PaperSlip:
        """Cut at the cutter; what has passed the head and not the cutter begins the next slip."""
        strip = self.picture()
        cut_at = strip.height - HEAD_TO_CUTTER_DOTS
        facts, self.facts = self.facts, Facts()
        slip = PaperSlip(
            strip.crop((0, 0, strip.width, max(1, cut_at))),
            tuple(facts.lines),
            tuple(facts.qr),
            tuple(facts.barcodes),
            tuple(facts.glyphs),
            tuple(facts.identities),
            facts.dots,
            facts.raster_rows,
        )
        rest = strip.crop((0, cut_at, strip.width, strip.height))
        margin = self._margin()
        printed = rest.crop((margin, 0, rest.width - margin, rest.height))
        has_ink = ImageOps.invert(printed).getbbox() is not None
        self._strips = [printed if has_ink else HEAD_TO_CUTTER_DOTS]
        self._height = HEAD_TO_CUTTER_DOTS
        return slip

    def picture(self) -> Image.Image:
        """Draw the paper behind the last cut, with its margins."""
        image = Image.new("L", (self.width_mm * DOTS_PER_MM, self._height), PAPER)
        top = 0
        for strip in self._strips:
            if isinstance(strip, Image.Image):
                image.paste(strip, (self._margin(), top))
                top += strip.height
            else:
                top += strip
        return image

    def _margin(self) -> int:
        return (self.width_mm * DOTS_PER_MM - PRINT_DOTS[self.width_mm]) // 2

    def _note(self, strip: Strip) -> None:
        facts = self.facts
        if text := facts.line_of(strip.cells).rstrip():
            facts.note(facts.lines, text)
        if strip.qr:
            facts.note(facts.qr, strip.qr)
        if strip.barcode:
            facts.note(facts.barcodes, strip.barcode)

    def _line(self, line: PrintLine) -> list[Strip]:
        height = max((cell.height for cell in line.cells), default=0) * LETTER_HEIGHT
        strips = []
        if height:
            image = self._placed(_letters(line.cells, height), line.position, line.margin)
            strips.append(Strip(height, image, line.cells))
        if line.feed > height:
            strips.append(Strip(line.feed - height))
        return strips

    def _raster(self, raster: PrintRaster) -> list[Strip]:
        size = (raster.width_bytes * 8, len(raster.data) // raster.width_bytes)
        image = Image.frombytes("1", size, raster.data, "raw", "1;I").convert("L")
        if (raster.zoom_x, raster.zoom_y) != (1, 1):
            zoomed = (size[0] * raster.zoom_x, size[1] * raster.zoom_y)
            image = image.resize(zoomed, Image.Resampling.NEAREST)
        placed = self._placed(image, raster.position, raster.margin)
        return [Strip(placed.height, placed, is_raster=True)]

    def _qr(self, code: PrintQr) -> list[Strip]:
        image = codes.qr(code.data, code.module_dots, code.correction)
        if image is None or code.margin + image.width > self._width():
            return []  # a code too wide is not printed
        placed = self._placed(image, code.position, code.margin)
        return [Strip(placed.height, placed, qr=code.data.decode("utf-8", "replace"))]

    def _code128(self, code: PrintCode128) -> list[Strip]:
        symbols = codes.code128_symbols(code.payload)
        if symbols is None:
            return []
        image = codes.bars(symbols, code.module_dots, code.height_dots)
        if code.margin + image.width > self._width():
            return []
        bars = self._placed(image, code.position, code.margin)
        letters = _letters(tuple(Cell(char) for char in symbols.text), LETTER_HEIGHT)
        text = self._placed(letters, code.position, code.margin)
        strips = [Strip(bars.height, bars, barcode=symbols.text)]
        if code.text_position & _TEXT_ABOVE:
            strips.insert(0, Strip(text.height, text))
        if code.text_position & _TEXT_BELOW:
            strips.append(Strip(text.height, text))
        return strips

    def _placed(self, image: Image.Image, position: int, margin: int) -> Image.Image:
        """Put a picture where it is justified to; what goes beyond the print head is lost."""
        width = self._width()
        room = max(0, width - margin - image.width)
        strip = Image.new("L", (width, image.height), PAPER)
        strip.paste(image, (margin + (0, room // 2, room)[position], 0))
        return strip

    def _width(self) -> int:
        return PRINT_DOTS[self.width_mm]

    def _grow(self, what: Image.Image | int, dots: int) -> None:
        """Let the strip lose its beginning rather than grow without end."""
        self._strips.append(what)
        self._height += dots
        self.facts.dots += dots
        while self._height > _MAX_DOTS and len(self._strips) > 1:
            first = self._strips.pop(0)
            self._height -= first if isinstance(first, int) else first.height


def _letters(cells: tuple[Cell, ...], height: int) -> Image.Image:
    """Set the cells side by side on one base line."""
    pictures = [glyph(cell) for cell in cells]
    image = Image.new("L", (sum(picture.width for picture in pictures), height), PAPER)
    left = 0
    for picture in pictures:
        image.paste(picture, (left, height - picture.height))
        left += picture.width
    return image
