"""Operations on paper and line: the output of the ESC/POS parser."""

from dataclasses import dataclass
from typing import Literal

LETTER_WIDTH = 12
LETTER_HEIGHT = 24


@dataclass(frozen=True, slots=True)
class Cell:
    """One character as it is to be printed; width and height are multiples of the base letter.

    `dots` are the columns of a user-defined letter (ESC &), three bytes each; `char` is then only its code. `gap` is
    a number of blank dots between letters (ESC $), without a letter.
    """

    char: str
    width: int = 1
    height: int = 1
    bold: bool = False
    underlined: bool = False
    reversed: bool = False
    dots: bytes = b""
    gap: int = 0


@dataclass(frozen=True, slots=True)
class PrintLine:
    """Print the cells, `letter` dots apart, at a justification (0 left, 1 centre, 2 right) and feed at least `feed` dots."""

    cells: tuple[Cell, ...]
    position: int
    feed: int
    margin: int = 0
    letter: int = LETTER_WIDTH


@dataclass(frozen=True, slots=True)
class PrintRaster:
    """Print rows of dots; a dot is printed `zoom_x` wide and `zoom_y` high."""

    width_bytes: int
    data: bytes
    position: int
    zoom_x: int = 1
    zoom_y: int = 1
    margin: int = 0


@dataclass(frozen=True, slots=True)
class PrintQr:
    """Draw a QR code; `correction` is one of L, M, Q, H."""

    data: bytes
    module_dots: int
    correction: str
    position: int
    margin: int = 0


@dataclass(frozen=True, slots=True)
class PrintCode128:
    """Draw a Code 128 barcode from the data of GS k; `text_position` is that of GS H."""

    payload: bytes
    height_dots: int
    module_dots: int
    text_position: int
    position: int
    margin: int = 0


@dataclass(frozen=True, slots=True)
class FeedToCutter:
    """Move what was printed last beyond the cutter, and `dots` more."""

    dots: int


@dataclass(frozen=True, slots=True)
class CutPaper:
    """Cut the paper, through its whole width or all but a bridge."""

    is_full: bool = False


@dataclass(frozen=True, slots=True)
class MoveTicket:
    """Move the ticket in the presenter (GS e): `action` is `present`, `eject` or `retract`; it is cut before.

    A presented ticket that nobody takes within `seconds` (0: it may stay) is retracted or ejected.
    """

    action: Literal["present", "eject", "retract"]
    seconds: int = 0
    is_retracted: bool = False


@dataclass(frozen=True, slots=True)
class PresentTickets:
    """Present each ticket from now on when it is cut (FS P); `seconds` and `is_retracted` as in `MoveTicket`."""

    seconds: int
    is_retracted: bool


@dataclass(frozen=True, slots=True)
class AnswerEjector:
    """Send the status byte of the presenter (GS e 6)."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Report a command that is not known, or not obeyed where it stands: its bytes in hexadecimal, and why."""

    command: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Send bytes back when the data before has been printed."""

    data: bytes


@dataclass(frozen=True, slots=True)
class AnswerIdentity:
    """Send back the four bytes of GS ( H when the data before has been printed."""

    identity: bytes


@dataclass(frozen=True, slots=True)
class AnswerPaper:
    """Send the paper sensor's byte (GS r 1)."""


@dataclass(frozen=True, slots=True)
class ReportChanges:
    """Send automatic status from now on of what the bits of GS a name; 0 stops."""

    bits: int


OnPaper = PrintLine | PrintRaster | PrintQr | PrintCode128 | FeedToCutter
OnTicket = MoveTicket | PresentTickets | AnswerEjector
Immediate = CutPaper | Answer | AnswerIdentity | AnswerPaper | ReportChanges | Unknown | OnTicket
Operation = OnPaper | Immediate
