"""State of the print head while a job is encoded, so that the buffer gets only commands that change something."""

from collections.abc import Callable

from PIL import Image

from config.model.printers import Abilities
from drivers.escpos import commands
from drivers.escpos.graphics import raster
from drivers.escpos.paper.cutting import feed
from drivers.escpos.text.tcvn3 import Encoded
from drivers.slip import Align

LINE_DOTS = 30

_POSITIONS = {Align.LEFT: 0, Align.CENTRE: 1, Align.RIGHT: 2}


class Head:
    """Collects the bytes of one job and the height of paper that they take."""

    def __init__(self, page: int = 0, preamble: bytes = b"", can: Abilities | None = None) -> None:
        self.data = bytearray(commands.INITIALIZE + commands.CANCEL_KANJI + preamble)
        self.height_dots = 0
        self._can = can
        self._mark: Callable[[], bytes] = bytes
        self.page = page
        self._align = Align.LEFT
        self._scale = 1
        self._bold = False

    def begin(self, start: bytes, mark: Callable[[], bytes] = bytes) -> None:
        """Put `start` behind the ESC @ with which the job begins, and a `mark` behind each piece of a picture."""
        self._mark = mark
        at = len(commands.INITIALIZE)
        self.data[at:at] = start

    def take(self) -> bytes:
        """Take the bytes so far; the state of the head stays."""
        data = bytes(self.data)
        self.data.clear()
        return data

    def align(self, align: Align) -> None:
        """Set the justification of what follows."""
        if align != self._align:
            self.data += commands.justify(_POSITIONS[align])
            self._align = align

    def style(self, align: Align, scale: int, *, bold: bool) -> None:
        """Set how the next lines of text look."""
        self.align(align)
        if scale != self._scale:
            self.data += commands.character_size(scale)
            self._scale = scale
        if bold != self._bold:
            self.data += commands.emphasize(bold)
            self._bold = bold

    def print_line(self, line: Encoded) -> None:
        """Print one line of text."""
        self.data += line.data + commands.LINE_FEED
        self.page = line.page
        self.height_dots += max(LINE_DOTS, raster.LETTER_DOTS * self._scale)

    def print_picture(self, image: Image.Image) -> None:
        """Print a picture dot by dot."""
        self.data += raster.encode(image, self._mark)
        self.height_dots += image.height

    def print_code(self, command: bytes, height_dots: int) -> None:
        """Have the printer draw a code."""
        self.data += command
        self.height_dots += height_dots

    def feed_lines(self, lines: int) -> None:
        """Feed empty lines."""
        if self._can is None or self._can.feeds:
            self.data += commands.feed_lines(lines)
            self.height_dots += lines * LINE_DOTS
        else:
            self.feed_dots(lines * LINE_DOTS)

    def feed_dots(self, dots: int) -> None:
        """Feed empty paper."""
        self.data += feed(dots, self._can) if self._can else commands.feed_dots(dots)
        self.height_dots += dots
