"""Data model of slips, independent of any printer."""

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """Alignment of a block across the paper."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; it wraps, is never cut off. `scale` is a whole multiple (1..8) of the printer's base letter."""

    text: str
    align: Align = Align.LEFT
    scale: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Two texts on one line, the left one flush left and the right one flush right."""

    left: str
    right: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Empty lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code, centred; `module_dots` is the side of one module in printer dots."""

    data: str
    module_dots: int = 6


@dataclass(frozen=True, slots=True)
class Barcode:
    """A Code 128 barcode of ASCII data, centred, with its text below."""

    data: str
    height_dots: int = 80


@dataclass(frozen=True, slots=True)
class Image:
    """A picture file of this machine, centred, such as the emblem; one that cannot be read is left out."""

    file: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The paper is cut here and the slip goes on, as for the copies of a receipt."""


Block = Text | Columns | Rule | Feed | QrCode | Barcode | Image | Cut


@dataclass(frozen=True, slots=True)
class Slip:
    """Blocks from top to bottom; the printer cuts after the last. `job` names the print job in logs and proofs.

    One with `personal` data is not left to the next person: a printer with a presenter draws it in when it is forgotten.
    """

    job: str
    blocks: tuple[Block, ...]
    personal: bool = False
