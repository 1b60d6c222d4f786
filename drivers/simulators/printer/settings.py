"""The state of a print head between commands, and the reading of a command's parameters."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from drivers.simulators.printer.operations import Cell, Operation, PrintLine

LETTER_WIDTH = 12
LETTER_HEIGHT = 24
DEFAULT_FEED = 30


class IncompleteError(Exception):
    """The rest of the command has not arrived yet."""


class Parameters:
    """Bytes behind the name of a command."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.used = 0

    def take(self, count: int) -> bytes:
        """Return the next bytes, or raise `IncompleteError`."""
        end = self.used + count
        if end > len(self._data):
            raise IncompleteError
        taken = self._data[self.used : end]
        self.used = end
        return taken

    def byte(self) -> int:
        """Return the next byte."""
        return self.take(1)[0]

    def word(self) -> int:
        """Return the next two bytes, low one first."""
        return int.from_bytes(self.take(2), "little")

    def until(self, end: int) -> bytes:
        """Return the bytes before the next `end`, and pass it."""
        at = self._data.find(end, self.used)
        if at < 0:
            raise IncompleteError
        return self.take(at + 1 - self.used)[:-1]


@dataclass(slots=True)
class Settings:
    """What commands set and ESC @ puts back; the defaults are Epson's."""

    page: int = 0
    position: int = 0
    feed: int = DEFAULT_FEED
    width: int = 1
    height: int = 1
    bold: bool = False
    underlined: bool = False
    reversed: bool = False
    bar_height: int = 162
    bar_module: int = 3
    bar_text: int = 0
    qr_data: bytes = b""
    qr_module: int = 3
    qr_correction: str = "L"
    line: list[Cell] = field(default_factory=list)

    def cell(self, char: str) -> Cell:
        """Return `char` as it prints now."""
        return Cell(char, self.width, self.height, self.bold, self.underlined, self.reversed)

    def line_width(self) -> int:
        """Return the dots that the waiting line takes."""
        return sum(cell.width for cell in self.line) * LETTER_WIDTH

    def end_line(self, feed: int | None = None) -> Iterable[Operation]:
        """Print the waiting line and feed `feed` dots, by default the line spacing."""
        cells = tuple(self.line)
        self.line.clear()
        return [PrintLine(cells, self.position, self.feed if feed is None else feed)]

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
