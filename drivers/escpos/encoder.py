"""Turns a slip into the bytes of one print job for one printer profile; pure.

Text becomes TCVN-3 or, by profile or because a line has letters without a code, a picture of the line.
Lines wrap, codes shrink or change kind to fit the paper; what cannot be printed at all raises `UnprintableError`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from config.model import devices
from drivers.escpos import code128, commands, raster, tcvn3
from drivers.escpos.head import Head
from drivers.escpos.wrapping import clean, wrap
from drivers.slip import Align, Barcode, Block, Columns, Feed, QrCode, Rule, Slip, Text

PAPER_DOTS = {58: 384, 80: 576}
LETTER_WIDTH_DOTS = 12

_MAX_SCALE = 8
_MAX_MODULE_DOTS = 16
_MIN_MODULE_DOTS = 2
_BARCODE_MODULE_DOTS = (3, 2)
_BARCODE_AIR_DOTS = 12


class UnprintableError(ValueError):
    """A code with so much data that it does not fit across the paper."""


@dataclass(frozen=True, slots=True)
class EncodedSlip:
    """The bytes up to where the paper can be cut, and how much paper they move."""

    data: bytes
    height_dots: int


def encode(slip: Slip, profile: devices.EscposPrinter) -> EncodedSlip:
    """Encode all blocks of `slip` and the feed to the cutter."""
    composer = _Composer(profile)
    for block in slip.blocks:
        composer.add(block)
    composer.head.feed_dots(profile.feed_before_cut_dots)
    return EncodedSlip(bytes(composer.head.data), composer.head.height_dots)


class _Composer:
    """Lays blocks on the paper one below the other."""

    def __init__(self, profile: devices.EscposPrinter) -> None:
        self._width = PAPER_DOTS[profile.paper_mm]
        self._native_qr = profile.native_qr
        self._pages = tcvn3.code_pages(profile.page_lower, profile.page_upper)
        self._speaks_tcvn3 = profile.text == "tcvn3"
        self.head = Head(profile.page_lower if self._speaks_tcvn3 else None)

    def add(self, block: Block) -> None:
        """Append one block."""
        match block:
            case Text():
                self._text(block)
            case Columns():
                self._columns(block)
            case Rule():
                self._rule()
            case Feed():
                self.head.feed_lines(max(0, block.lines))
            case QrCode():
                self._qr(block.data, block.module_dots)
            case Barcode():
                self._barcode(block)

    def _text(self, block: Text) -> None:
        scale = self._fitting_scale(block)
        for line in self._lines(block.text, scale, bold=block.bold):
            if self._speaks_tcvn3 and not tcvn3.unencodable(line, self._pages):
                self._print_text(line, block.align, scale, bold=block.bold)
            else:
                self._print_picture(line, block.align, scale, bold=block.bold)

    def _fitting_scale(self, block: Text) -> int:
        """Return the largest scale up to the wanted one at which no word, such as a ticket number, is broken."""
        words = [word for line in clean(block.text) for word in line.split(" ")]
        scale = min(max(1, block.scale), _MAX_SCALE)
        while scale > 1 and any(self._is_too_wide(word, scale, bold=block.bold) for word in words):
            scale -= 1
        return scale

    def _is_too_wide(self, word: str, scale: int, *, bold: bool) -> bool:
        word = tcvn3.plain(word) if self._speaks_tcvn3 else word
        if self._speaks_tcvn3 and not tcvn3.unencodable(word, self._pages):
            return len(word) * LETTER_WIDTH_DOTS * scale > self._width
        return raster.text_width(word, scale, bold=bold) > self._width

    def _lines(self, text: str, scale: int, *, bold: bool) -> Iterator[str]:
        """Break text into lines for the way in which each will be printed."""
        room = self._width // (LETTER_WIDTH_DOTS * scale)

        def fits_as_picture(line: str) -> bool:
            return raster.text_width(line, scale, bold=bold) <= self._width

        for paragraph in clean(text):
            if not self._speaks_tcvn3:
                yield from wrap(paragraph, fits_as_picture)
                continue
            for line in wrap(tcvn3.plain(paragraph), lambda line: len(line) <= room):
                if tcvn3.unencodable(line, self._pages):
                    yield from wrap(line, fits_as_picture)
                else:
                    yield line

    def _print_text(self, line: str, align: Align, scale: int, *, bold: bool) -> None:
        self.head.style(align, scale, bold=bold)
        encoded = tcvn3.encode(line, self._pages, self.head.page)
        self.head.print_line(encoded)

    def _print_picture(self, line: str, align: Align, scale: int, *, bold: bool) -> None:
        self.head.align(align)
        self.head.print_picture(raster.text_line(line, scale, bold=bold))

    def _columns(self, block: Columns) -> None:
        left, right = " ".join(clean(block.left)), " ".join(clean(block.right))
        if self._speaks_tcvn3:
            left, right = tcvn3.plain(left), tcvn3.plain(right)
            gap = self._width // LETTER_WIDTH_DOTS - len(left) - len(right)
            if gap >= 1 and not tcvn3.unencodable(left + right, self._pages):
                self._print_text(left + " " * gap + right, Align.LEFT, 1, bold=False)
                return
        needed = raster.text_width(f"{left} {right}", 1, bold=False)
        if needed <= self._width:
            self.head.align(Align.LEFT)
            self.head.print_picture(raster.columns_line(left, right, self._width))
        else:
            self._text(Text(left))
            self._text(Text(right, Align.RIGHT))

    def _rule(self) -> None:
        if self._speaks_tcvn3:
            self._print_text("-" * (self._width // LETTER_WIDTH_DOTS), Align.LEFT, 1, bold=False)
        else:
            self.head.align(Align.LEFT)
            self.head.print_picture(raster.rule(self._width))

    def _qr(self, data: str, module_dots: int) -> None:
        if not data:
            return
        modules = raster.qr_modules(data)
        room = self._width // (modules + 2 * raster.QUIET_MODULES) if modules else 0
        if not modules or room < _MIN_MODULE_DOTS:
            raise UnprintableError(f"QR code of {len(data)} characters")
        dots = min(max(_MIN_MODULE_DOTS, module_dots), room, _MAX_MODULE_DOTS)
        native = commands.qr_code(data.encode(), dots)
        self.head.align(Align.CENTRE)
        self.head.feed_dots(raster.QUIET_MODULES * dots)
        if self._native_qr and not commands.is_obeyed_inside(native):
            self.head.print_code(native, modules * dots)
        else:
            self.head.print_picture(raster.qr_picture(data, dots))
        self.head.feed_dots(raster.QUIET_MODULES * dots)

    def _barcode(self, block: Barcode) -> None:
        """Print Code 128 where it fits, else a QR code with the data below: the counters' scanners read both."""
        if not block.data:
            return
        height = min(max(1, block.height_dots), 255)
        for encoded in (code128.compact(block.data), code128.code_b(block.data)):
            for dots in _BARCODE_MODULE_DOTS:
                if encoded is None or encoded.modules * dots > self._width:
                    continue
                command = commands.code128(encoded.payload, height, dots)
                if not commands.is_obeyed_inside(command):
                    self.head.align(Align.CENTRE)
                    self.head.feed_dots(_BARCODE_AIR_DOTS)
                    self.head.print_code(command, height + raster.LETTER_DOTS)
                    self.head.feed_dots(_BARCODE_AIR_DOTS)
                    return
        self._qr(block.data, _BARCODE_MODULE_DOTS[0])
        self._text(Text(block.data, Align.CENTRE))
