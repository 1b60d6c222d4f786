"""Calibration ticket: known Vietnamese text in each encoding that a printer may have, every line with a number.

No command asks which code page is Vietnamese, so a person looks which line reads right. The last line is printed in
letters taught to the printer, which proves ESC &.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from drivers.escpos import commands
from drivers.escpos.graphics import raster
from drivers.escpos.text import tcvn3
from drivers.escpos.text.taught_letters import TaughtLetters
from drivers.escpos.text.wrapping import wrap

PAGES: Final = ((30, 31), (27, 27), (21, 21), (32, 32), (35, 35), (39, 39), (52, 52), (94, 94))
"""Pairs of pages, or one page, that makers have given to TCVN-3 (docs/devices/printers.md)."""

TAUGHT: Final = "glyphs"
_FEED_DOTS: Final = 24


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line of the ticket: two pages of TCVN-3, or letters taught to the printer where `pages` is None."""

    number: int
    pages: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts of the ticket: the instruction, and samples with and without capitals that have tones."""

    heading: str
    sample: str
    capitals: str


def candidates(pages: Sequence[tuple[int, int]] = PAGES) -> tuple[Candidate, ...]:
    """The lines of a ticket for these pages, numbered from 1."""
    choices = (*pages, None)
    return tuple(Candidate(number, choice) for number, choice in enumerate(choices, 1))


def ticket(lines: Sequence[Candidate], wording: Wording, width_dots: int) -> bytes:
    """The bytes of the ticket up to where it can be cut; the heading is a picture, so that it reads right everywhere."""
    data = commands.INITIALIZE + commands.CANCEL_KANJI + commands.INTERNATIONAL_SET
    for line in wrap(
        wording.heading, lambda part: raster.text_width(part, 1, bold=True) <= width_dots
    ):
        data += raster.encode(raster.text_line(line, 1, bold=True))
    data += commands.feed_dots(_FEED_DOTS)
    for candidate in lines:
        data += _line(candidate, wording)
    return data


def _line(candidate: Candidate, wording: Wording) -> bytes:
    label = f"{candidate.number:3} ".encode()
    whole = f"{wording.sample} {wording.capitals}"
    if candidate.pages is None:
        letters = TaughtLetters([whole])
        # The number is printed before the letters take the codes of its digits.
        line = letters.encode(tcvn3.plain(whole), letters.page)
        return label + letters.preamble + line.data + commands.LINE_FEED
    lower, upper = candidate.pages
    said = whole if lower != upper else wording.sample
    encoded = tcvn3.encode(tcvn3.plain(said), tcvn3.code_pages(lower, upper), lower)
    return label + commands.select_page(lower) + encoded.data + commands.LINE_FEED
