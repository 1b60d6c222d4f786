"""Encoder of slips: one slip to the bytes of one print job for one printer.

Text becomes the printer's own letters (TCVN-3 pages or letters taught to it) or, by profile or because a line has
letters without a code, a picture of the line. Lines wrap, codes shrink or change kind to fit the paper; what cannot be
printed at all raises the exception `UnprintableError`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import assert_never

from PIL import Image as Pictures

from config.model import devices
from config.model.printers import Abilities, abilities
from drivers.escpos import commands
from drivers.escpos.graphics import code128, codes, pictures, raster
from drivers.escpos.graphics.codes import UnprintableError
from drivers.escpos.head import Head
from drivers.escpos.paper.cutting import end_of_slip, motion_unit
from drivers.escpos.text.fonts import spelt_out
from drivers.escpos.text.lettering import Lettering, lettering
from drivers.escpos.text.wrapping import balanced, clean, wrap
from drivers.shortening import Length
from drivers.slip import Align, Barcode, Block, Columns, Cut, Feed, Image, QrCode, Rule, Slip, Text

__all__ = ["EncodedSlip", "Encoding", "UnprintableError", "encode", "height_dots", "length_on"]

_MAX_SCALE = 8
_BARCODE_AIR_DOTS = 12
DOTS_PER_MM = 8


BAND_BYTES = 4096
"""A band goes over the wire when it has so many bytes: about what a printer's buffer holds."""


@dataclass(frozen=True, slots=True)
class EncodedSlip:
    """The bytes up to where the paper can be cut, and how much paper they move.

    `pictures` are those of the slip that the printer could keep, by their keys.
    """

    data: bytes
    height_dots: int
    pictures: dict[bytes, Pictures.Image] = field(default_factory=dict)


def encode(
    slip: Slip, settings: devices.EscposPrinter, kept: frozenset[bytes] = frozenset()
) -> EncodedSlip:
    """Encode all blocks of `slip` and the feed to the cutter; `kept` are the keys of pictures that the printer has."""
    encoding = Encoding(slip, settings, kept)
    data = b"".join(encoding.bands())
    return EncodedSlip(data, encoding.height_dots, encoding.pictures)


def height_dots(blocks: Iterable[Block], settings: devices.EscposPrinter) -> int:
    """How much paper these blocks take, without drawing lines of text: for layouts that must fit a length."""
    can = abilities(settings)
    slip = Slip("", codes.apart(blocks, can.width_dots))
    ruler = _Ruler(can, lettering(slip, can), frozenset())
    for block in slip.blocks:
        ruler.add(block)
    return ruler.head.height_dots


def length_on(settings: devices.EscposPrinter) -> Length:
    """How long a list may be on the paper of this printer."""
    most = settings.longest_list_mm * DOTS_PER_MM - abilities(settings).feed_before_cut_dots
    return Length(most, lambda blocks: height_dots(blocks, settings))


class Encoding:
    """A slip that becomes bytes while they are taken: a long one begins at once and never lies in memory whole.

    The constructor raises `UnprintableError`, so that nothing leaves of a slip that cannot be printed.
    """

    def __init__(
        self, slip: Slip, settings: devices.EscposPrinter, kept: frozenset[bytes] = frozenset()
    ) -> None:
        can = abilities(settings)
        self._blocks = codes.apart(slip.blocks, can.width_dots)
        self._feed_dots = can.feed_before_cut_dots
        letters = lettering(Slip(slip.job, self._blocks), can)
        self._composer = _Composer(can, letters, kept)
        for block in self._blocks:
            codes.check(block, can.width_dots)

    @property
    def height_dots(self) -> int:
        """The paper of the bands that were taken so far."""
        return self._composer.head.height_dots

    @property
    def pictures(self) -> dict[bytes, Pictures.Image]:
        """The pictures so far that the printer could keep, by their keys."""
        return self._composer.pictures

    def bands(self, start: bytes = b"", mark: Callable[[], bytes] = bytes) -> Iterator[bytes]:
        """The bytes of the slip up to its cut, `start` behind its ESC @, a `mark` behind each piece of a picture; no band
        ends within a command. The last one counts the paper to the cutter."""
        head = self._composer.head
        head.begin(start, mark)
        for block in self._blocks:
            self._composer.add(block)
            if len(head.data) >= BAND_BYTES:
                yield head.take()
        head.height_dots += self._feed_dots
        yield head.take()


class _Composer:
    """Lays blocks on the paper one below the other."""

    def __init__(self, can: Abilities, letters: Lettering, kept: frozenset[bytes]) -> None:
        self._can = can
        self._width = can.width_dots
        self._letters = letters
        self._kept = kept
        self.pictures: dict[bytes, Pictures.Image] = {}
        self.head = Head(letters.page, motion_unit(can) + letters.preamble, can)

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
            case Image():
                self._image(block)
            case Cut():
                self._cut()
            case _:
                assert_never(block)

    def _text(self, block: Text) -> None:
        scale = self._fitting_scale(block)
        for line in self._lines(block, scale):
            if self._letters.has(line):
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
        written = self._letters.written(word)
        if self._letters.has(written):
            return len(written) * scale > self._can.columns
        return raster.text_width(spelt_out(word), scale, bold=bold) > self._width

    def _lines(self, block: Text, scale: int) -> Iterator[str]:
        """Break text into lines for the way in which each will be printed; centred ones about equally long."""
        room = max(1, self._can.columns // scale)

        def dots(line: str) -> int:
            return raster.text_width(line, scale, bold=block.bold)

        for paragraph in clean(block.text):
            if not self._letters.is_text:
                yield from self._broken(spelt_out(paragraph), block.align, dots, self._width)
                continue
            written = self._letters.written(paragraph)
            for line in self._broken(written, block.align, len, room):
                if self._letters.has(line):
                    yield line
                else:
                    yield from self._broken(spelt_out(line), block.align, dots, self._width)

    @staticmethod
    def _broken(line: str, align: Align, measure: Callable[[str], int], room: int) -> list[str]:
        if align is Align.CENTRE:
            return balanced(line, measure, room)
        return wrap(line, lambda part: measure(part) <= room)

    def _print_text(self, line: str, align: Align, scale: int, *, bold: bool) -> None:
        self.head.style(align, scale, bold=bold)
        self.head.print_line(self._letters.encode(line, self.head.page))

    def _print_picture(self, line: str, align: Align, scale: int, *, bold: bool) -> None:
        self.head.align(align)
        self.head.print_picture(raster.text_line(line, scale, bold=bold))

    def _columns(self, block: Columns) -> None:
        left, right = " ".join(clean(block.left)), " ".join(clean(block.right))
        written = [self._letters.written(side) for side in (left, right)]
        gap = self._can.columns - sum(map(len, written))
        if gap >= 1 and all(self._letters.has(side) for side in written):
            self._print_text((" " * gap).join(written), Align.LEFT, 1, bold=block.bold)
            return
        drawn = [spelt_out(side) for side in (left, right)]
        if raster.text_width(" ".join(drawn), 1, bold=block.bold) <= self._width:
            self.head.align(Align.LEFT)
            line = raster.columns_line(drawn[0], drawn[1], self._width, bold=block.bold)
            self.head.print_picture(line)
        else:
            self._text(Text(left, bold=block.bold))
            self._text(Text(right, Align.RIGHT, bold=block.bold))

    def _rule(self) -> None:
        if self._letters.is_text:
            self._print_text("-" * self._can.columns, Align.LEFT, 1, bold=False)
        else:
            self.head.align(Align.LEFT)
            self.head.print_picture(raster.rule(self._width))

    def _image(self, block: Image) -> None:
        image = pictures.picture(block.file, self._width)
        if image is None:
            return
        key = pictures.key_of(image)
        self.head.align(Align.CENTRE)
        if self._can.nv_graphics:
            self.pictures[key] = image
        if self._can.nv_graphics and key in self._kept:
            self.head.print_code(commands.print_stored_picture(key), image.height)
        else:
            self.head.print_picture(image)

    def _cut(self) -> None:
        self.head.print_code(end_of_slip(self._can), self._can.feed_before_cut_dots)

    def _qr(self, data: str, module_dots: int) -> None:
        if not data:
            return
        modules, dots = codes.qr_dots(data, module_dots, self._width)
        native = commands.qr_code(data, dots)
        self.head.align(Align.CENTRE)
        self.head.feed_dots(raster.QUIET_MODULES * dots)
        if self._can.native_qr and not commands.is_obeyed_inside(native):
            self.head.print_code(native, modules * dots)
        else:
            self.head.print_picture(raster.qr_picture(data, dots))
        self.head.feed_dots(raster.QUIET_MODULES * dots)

    def _barcode(self, block: Barcode) -> None:
        """Print Code 128 where it fits, else a QR code with the data below: the counters' scanners read both."""
        if not block.data:
            return
        height = min(max(1, block.height_dots), 255)
        fitting = codes.fitting_bars(block.data, self._width)
        if fitting:
            self.head.align(Align.CENTRE)
            self.head.feed_dots(_BARCODE_AIR_DOTS)
            self._bars(fitting, height, block.data)
            self.head.feed_dots(_BARCODE_AIR_DOTS)
            return
        self._qr(block.data, codes.BARCODE_MODULE_DOTS[0])
        self._text(Text(block.data, Align.CENTRE))

    def _bars(self, fitting: list[tuple[code128.Code128, int]], height: int, data: str) -> None:
        """Have the printer draw the bars, or draw them for it."""
        for encoded, dots in fitting if self._can.native_code128 else ():
            payload = encoded.payload if self._can.code128_sets else data.encode("ascii")
            command = commands.code128(payload, height, dots)
            if not commands.is_obeyed_inside(command):
                self.head.print_code(command, height + raster.LETTER_DOTS)
                return
        encoded, dots = fitting[0]
        self.head.print_picture(raster.code128_picture(encoded.values, dots, height))
        self._text(Text(data, Align.CENTRE))


class _Ruler(_Composer):
    """Counts the height of lines without drawing them."""

    def _print_picture(self, line: str, align: Align, scale: int, *, bold: bool) -> None:
        self.head.height_dots += raster.line_height(scale, bold=bold)
