"""How the text of one slip goes to one printer: over which pages or taught letters, and what must be said first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.model.printers import Abilities
from drivers.escpos import commands, glyphs, tcvn3
from drivers.escpos.wrapping import clean
from drivers.slip import Barcode, Columns, Slip, Text

_ASCII = {chr(code): code for code in range(0x20, 0x7F)} | {"\u00a0": 0x20}


@dataclass(frozen=True, slots=True)
class Lettering:
    """`pages` is what can be printed as text, none where every line is a picture; `page` is selected by `preamble`."""

    pages: tcvn3.Pages
    page: int = 0
    preamble: bytes = b""
    replacements: Mapping[int, str] | None = None

    def written(self, text: str) -> str:
        """The text in the characters that this printer's letters stand for."""
        return text.translate(self.replacements) if self.replacements else text

    def has(self, line: str) -> bool:
        """Whether a line can be printed as text."""
        return bool(self.pages) and not tcvn3.unencodable(line, self.pages)


def lettering(slip: Slip, abilities: Abilities) -> Lettering:
    """Choose the letters for a slip."""
    match abilities.text:
        case "raster":
            return Lettering({})
        case "tcvn3":
            pages = tcvn3.code_pages(abilities.page_lower, abilities.page_upper)
            first = abilities.page_lower
            preamble = commands.select_page(first) + commands.INTERNATIONAL_SET
            return Lettering(pages, first, preamble, tcvn3.PLAIN)
        case "glyphs":
            codes = glyphs.assigned(_paragraphs(slip))
            taken = set(codes.values())
            kept = {char: code for char, code in _ASCII.items() if code not in taken}
            preamble = commands.INTERNATIONAL_SET + glyphs.definitions(codes)
            return Lettering({0: kept | codes}, 0, preamble, tcvn3.SPACES)


def _paragraphs(slip: Slip) -> Iterator[str]:
    """All text of a slip that may become letters, as it will be cleaned for printing."""
    for block in slip.blocks:
        match block:
            case Text(text):
                yield from (line.translate(tcvn3.SPACES) for line in clean(text))
            case Columns(left, right):
                yield " ".join(clean(f"{left} {right}")).translate(tcvn3.SPACES)
            case Barcode(data):
                yield from clean(data)
            case _:
                pass
