"""Parser state of the simulated printer between commands, and the parser of a command's parameters."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from drivers.simulators.printer.interpreter.graphics_store import GraphicsStore
from drivers.simulators.printer.interpreter.operations import (
    LETTER_HEIGHT,
    LETTER_WIDTH,
    Cell,
    Operation,
    PrintLine,
    PrintRaster,
)

__all__ = ["LETTER_HEIGHT", "LETTER_WIDTH"]

DEFAULT_FEED = 30
DOTS_PER_INCH = 203
MACRO_BYTES = 2048


class IncompleteError(Exception):
    """The rest of the command has not arrived yet."""


class Parameters:
    """Bytes behind the name of a command."""

    def __init__(self, data: bytes | bytearray) -> None:
        self._data = data
        self.used = 0

    def take(self, count: int) -> bytes:
        """Return the next bytes, or raise `IncompleteError`."""
        end = self.used + count
        if end > len(self._data):
            raise IncompleteError
        taken = bytes(self._data[self.used : end])
        self.used = end
        return taken

    def byte(self) -> int:
        """Return the next byte."""
        return self.take(1)[0]

    def word(self) -> int:
        """Return the next two bytes, low one first."""
        return int.from_bytes(self.take(2), "little")

    def until(self, end: int, most: int) -> bytes:
        """Return the bytes before the next `end`, and pass it; `most` bytes without it end by themselves."""
        at = self._data.find(end, self.used, self.used + most)
        if at < 0:
            return self.take(most)
        return self.take(at + 1 - self.used)[:-1]


@dataclass(frozen=True, slots=True)
class Firmware:
    """Firmware options that differ between makes: the numbers of the TCVN-3 pages, and whether Kanji mode is on at first.

    `prints_unknown`, `cuts_at_line_start` and `has_presenter` are the traits of these names; `rows_per_unit` is the
    vertical motion unit before GS P, in dots, and `letter_dots` the distance of letters.
    """

    tcvn3_pages: tuple[int, int] = (30, 31)
    kanji: bool = False
    prints_unknown: bool = False
    cuts_at_line_start: bool = False
    has_presenter: bool = False
    rows_per_unit: float = 1.0
    letter_dots: int = LETTER_WIDTH


@dataclass(slots=True)
class Macro:
    """What GS : records and GS ^ repeats: kept through ESC @, lost with the power. `due` is queued for the parser again."""

    kept: bytes = b""
    recording: bytearray | None = None
    due: bytes = b""

    def record(self, data: bytes) -> None:
        """Keep what has been understood while it is being recorded; what exceeds the memory is not."""
        if self.recording is not None:
            self.recording += data[: MACRO_BYTES - len(self.recording)]

    def take_due(self) -> bytes:
        """Take what is to be understood again now."""
        due, self.due = self.due, b""
        return due


@dataclass(slots=True)
class RasterUnderWay:
    """A picture of GS v 0 while its rows arrive; they are printed as they come."""

    width_bytes: int
    rows: int
    zoom_x: int
    zoom_y: int


@dataclass(slots=True)
class Settings:
    """What commands set and ESC @ puts back, save the first three; the defaults are Epson's."""

    firmware: Firmware = field(default_factory=Firmware)
    graphics: GraphicsStore = field(default_factory=GraphicsStore)
    macro: Macro = field(default_factory=Macro)
    page: int = 0
    position: int = 0
    margin: int = 0
    start: int = 0
    feed: int = DEFAULT_FEED
    width: int = 1
    height: int = 1
    bold: bool = False
    underlined: bool = False
    reversed: bool = False
    kanji: bool = False
    bar_height: int = 162
    bar_module: int = 3
    bar_text: int = 0
    qr_data: bytes = b""
    qr_module: int = 3
    qr_correction: str = "L"
    own_letters_on: bool = False
    own_letters: dict[int, bytes] = field(default_factory=dict)
    buffered: PrintRaster | None = None
    raster: RasterUnderWay | None = None
    passed_over: int = 0
    line: list[Cell] = field(default_factory=list)

    across_unit: float = 1.0
    down_unit: float = 1.0

    def __post_init__(self) -> None:
        self.kanji = self.firmware.kanji
        self.down_unit = self.firmware.rows_per_unit

    def across(self, units: int) -> int:
        """Return the dots of so many horizontal motion units."""
        return round(units * self.across_unit)

    def down(self, units: int) -> int:
        """Return the rows of so many vertical motion units."""
        return round(units * self.down_unit)

    @property
    def left(self) -> int:
        """Where a line begins: the margin of GS L and the position of ESC $."""
        return self.margin + self.start

    def cell(self, char: str, dots: bytes = b"") -> Cell:
        """Return `char`, or the letter of these dots, as it prints now."""
        return Cell(char, self.width, self.height, self.bold, self.underlined, self.reversed, dots)

    def line_width(self) -> int:
        """Return the dots that the waiting line takes."""
        return sum(cell.gap or cell.width * self.firmware.letter_dots for cell in self.line)

    def go_to(self, dots: int) -> None:
        """Continue `dots` from the margin; what was printed there before is not printed over."""
        if not self.line:
            self.start = dots
        elif (gap := dots - self.start - self.line_width()) > 0:
            self.line.append(Cell(" ", gap=gap))

    def end_line(self, feed: int | None = None) -> Iterable[Operation]:
        """Print the waiting line and feed `feed` dots, by default the line spacing."""
        cells = tuple(self.line)
        left, self.start = self.left, 0
        self.line.clear()
        dots, letter = self.feed if feed is None else feed, self.firmware.letter_dots
        return [PrintLine(cells, self.position, dots, left, letter)]

    def end_started_line(self) -> Iterable[Operation]:
        """Print the waiting line if there is one, before something that needs a line of its own."""
        return self.end_line() if self.line else []


Command = Callable[[Settings, Parameters], Iterable[Operation]]
"""Takes all its parameters before it changes anything: it is called again when more bytes have arrived."""


def ignore(count: int) -> Command:
    """Return a command that is passed over with `count` bytes of parameters."""

    def passed_over(_: Settings, parameters: Parameters) -> Iterable[Operation]:
        parameters.take(count)
        return []

    return passed_over
