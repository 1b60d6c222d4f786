"""The paper of the simulated printer: operations become dots on a strip, and a cut makes a slip of it.

The cutter stands 12 mm behind the print head: what was printed last without a feed is cut off with the next slip.
"""

from dataclasses import dataclass, field

from PIL import Image, ImageOps

from drivers.simulators.printer import codes
from drivers.simulators.printer.glyphs import PAPER, glyph
from drivers.simulators.printer.operations import (
    Cell,
    Operation,
    PrintCode128,
    PrintLine,
    PrintQr,
    PrintRaster,
)
from drivers.simulators.printer.settings import LETTER_HEIGHT

PRINT_DOTS = {58: 384, 80: 576}
DOTS_PER_MM = 8
HEAD_TO_CUTTER_DOTS = 96

_TEXT_ABOVE, _TEXT_BELOW = 1, 2
_MAX_DOTS = 40_000  # five metres; no program of the suite prints that much without a cut


@dataclass(frozen=True, slots=True)
class PaperSlip:
    """What came out between two cuts."""

    image: Image.Image
    lines: tuple[str, ...]
    qr: tuple[str, ...]
    barcodes: tuple[str, ...]


@dataclass(slots=True)
class Paper:
    """The strip behind the last cut."""

    width_mm: int
    lines: list[str] = field(default_factory=list)
    qr: list[str] = field(default_factory=list)
    barcodes: list[str] = field(default_factory=list)
    _strips: list[Image.Image | int] = field(default_factory=lambda: [HEAD_TO_CUTTER_DOTS])
    _height: int = HEAD_TO_CUTTER_DOTS

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing has been printed since the cut."""
        return not any(isinstance(strip, Image.Image) for strip in self._strips)

    def print(self, operation: Operation) -> None:
        """Carry out one operation that touches the paper."""
        match operation:
            case PrintLine():
                self._line(operation)
            case PrintRaster():
                self._raster(operation)
            case PrintQr():
                self._qr(operation)
            case PrintCode128():
                self._code128(operation)

    def cut(self) -> PaperSlip:
        """Cut at the cutter; what has passed the head and not the cutter begins the next slip."""
        strip = self._whole()
        cut_at = strip.height - HEAD_TO_CUTTER_DOTS
        slip = PaperSlip(
            strip.crop((0, 0, strip.width, max(1, cut_at))),
            tuple(self.lines),
            tuple(self.qr),
            tuple(self.barcodes),
        )
        for part in (self.lines, self.qr, self.barcodes, self._strips):
            part.clear()
        rest = strip.crop((0, cut_at, strip.width, strip.height))
        margin = self._margin()
        printed = rest.crop((margin, 0, rest.width - margin, rest.height))
        has_ink = ImageOps.invert(printed).getbbox() is not None
        self._strips.append(printed if has_ink else HEAD_TO_CUTTER_DOTS)
        self._height = HEAD_TO_CUTTER_DOTS
        return slip

    def _whole(self) -> Image.Image:
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

    def _line(self, line: PrintLine) -> None:
        height = max((cell.height for cell in line.cells), default=0) * LETTER_HEIGHT
        if height:
            self._place(_letters(line.cells, height), line.position)
        self.feed(max(0, line.feed - height))
        if text := "".join(cell.char for cell in line.cells).rstrip():
            self.lines.append(text)

    def _raster(self, raster: PrintRaster) -> None:
        size = (raster.width_bytes * 8, len(raster.data) // raster.width_bytes)
        image = ImageOps.invert(Image.frombytes("1", size, raster.data).convert("L"))
        zoomed = (size[0] * raster.zoom_x, size[1] * raster.zoom_y)
        self._place(image.resize(zoomed, Image.Resampling.NEAREST), raster.position)

    def _qr(self, code: PrintQr) -> None:
        image = codes.qr(code.data, code.module_dots, code.correction)
        if image and image.width <= PRINT_DOTS[self.width_mm]:  # a code too wide is not printed
            self._place(image, code.position)
            self.qr.append(code.data.decode("utf-8", "replace"))

    def _code128(self, code: PrintCode128) -> None:
        symbols = codes.code128_symbols(code.payload)
        if symbols is None:
            return
        image = codes.bars(symbols, code.module_dots, code.height_dots)
        if image.width > PRINT_DOTS[self.width_mm]:
            return
        text = _letters(tuple(Cell(char) for char in symbols.text), LETTER_HEIGHT)
        if code.text_position & _TEXT_ABOVE:
            self._place(text, code.position)
        self._place(image, code.position)
        if code.text_position & _TEXT_BELOW:
            self._place(text, code.position)
        self.barcodes.append(symbols.text)

    def _place(self, image: Image.Image, position: int) -> None:
        """Put a picture on the paper; what goes beyond the print head is lost."""
        width = PRINT_DOTS[self.width_mm]
        strip = Image.new("L", (width, image.height), PAPER)
        strip.paste(image, ((0, (width - image.width) // 2, width - image.width)[position], 0))
        self._strips.append(strip)
        self._height += strip.height
        self._hold()

    def feed(self, dots: int) -> None:
        """Move blank paper past the head."""
        self._strips.append(dots)
        self._height += dots
        self._hold()

    def _hold(self) -> None:
        """Let the strip lose its beginning rather than grow without end."""
        while self._height > _MAX_DOTS:
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
