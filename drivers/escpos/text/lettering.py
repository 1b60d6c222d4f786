"""Text strategies: the text of one slip goes to the printer over its code pages, in letters taught to it, or as pictures."""

from collections.abc import Iterator
from typing import Final, Protocol, assert_never

from config.model.printers import Abilities
from drivers.escpos import commands
from drivers.escpos.text import tcvn3
from drivers.escpos.text.taught_letters import TaughtLetters
from drivers.escpos.text.wrapping import clean
from drivers.slip import Barcode, Columns, Cut, Feed, Image, QrCode, Rule, Slip, Text


class Lettering(Protocol):
    """`preamble` is sent before the first line and leaves `page` selected; without `is_text` each line is a picture."""

    @property
    def preamble(self) -> bytes: ...

    @property
    def page(self) -> int: ...

    @property
    def is_text(self) -> bool: ...

    def written(self, text: str) -> str:
        """The text in the characters that this printer's letters stand for."""

    def has(self, line: str) -> bool:
        """Whether a line can be printed as text."""

    def encode(self, line: str, page: int) -> tcvn3.Encoded:
        """The bytes of a line that the letters have, on a printer whose selected page is `page`."""


class PageLetters:
    """The letters of the printer's own Vietnamese pages."""

    is_text: Final = True

    def __init__(self, lower: int, upper: int) -> None:
        self._pages = tcvn3.code_pages(lower, upper)
        self.page = lower
        self.preamble = commands.select_page(lower) + commands.INTERNATIONAL_SET

    def written(self, text: str) -> str:
        """The text in a typewriter's punctuation."""
        return tcvn3.plain(text)

    def has(self, line: str) -> bool:
        """Whether some page has each letter."""
        return not tcvn3.unencodable(line, self._pages)

    def encode(self, line: str, page: int) -> tcvn3.Encoded:
        """The line with as few changes of page as there can be."""
        return tcvn3.encode(line, self._pages, page)


class NoLetters:
    """Every line is a picture."""

    is_text: Final = False
    page: Final = 0
    preamble: Final = b""

    def written(self, text: str) -> str:
        """The text, unchanged."""
        return text

    def has(self, line: str) -> bool:
        """No."""
        return False

    def encode(self, line: str, page: int) -> tcvn3.Encoded:
        """Nothing can be."""
        raise tcvn3.UnencodableError(line)


def lettering(slip: Slip, abilities: Abilities) -> Lettering:
    """Choose the letters for a slip."""
    match abilities.text:
        case "raster":
            return NoLetters()
        case "tcvn3":
            return PageLetters(abilities.page_lower, abilities.page_upper)
        case "glyphs":
            return TaughtLetters(_paragraphs(slip, abilities.columns))
        case _:
            assert_never(abilities.text)


def _paragraphs(slip: Slip, columns: int) -> Iterator[str]:
    """All text of a slip that may become letters, as it will be cleaned for printing."""
    for block in slip.blocks:
        match block:
            case Text(text):
                yield from (line.translate(tcvn3.SPACES) for line in clean(text))
            case Columns(left, right):
                yield " ".join(clean(f"{left} {right}")).translate(tcvn3.SPACES)
            case Barcode(data):
                yield from clean(data)
            case Rule():
                yield "-" * columns
            case Feed() | QrCode() | Image() | Cut():
                pass
            case _:
                assert_never(block)
