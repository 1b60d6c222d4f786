"""Trial ticket: what a printer can do, as it stands on its paper. A person reads it, and settings follow.

Nothing on it is asked of the printer: firmware that prints what it does not know shows it between brackets, a head
narrower than a picture leaves its edge out, a line that is too long breaks. Pure.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from PIL import Image, ImageDraw

from config.model.printers import Abilities
from drivers.escpos import commands
from drivers.escpos.graphics import code128, raster
from drivers.escpos.paper.cutting import end_of_slip
from drivers.escpos.text.wrapping import wrap

WIDTHS: Final = (384, 432, 512, 544, 576, 608)
"""Heads that are known, in dots."""

COLUMNS: Final = (32, 36, 42, 44, 48, 50)
"""Letters to the line that are known."""

STRAYS: Final = "ABC"
"""The lines on which firmware shows what it does not know."""

Cut = Literal["full", "partial", "none", "early"]
CUTS: Final[tuple[Cut, ...]] = ("full", "partial", "none", "early")

_IDENTITY: Final = b"here"
_BAR_DATA: Final = "A1042"
_QR_DATA: Final = "A1042"
_QR_DOTS: Final = 6
_BAND_ROWS: Final = 28
_EDGE_DOTS: Final = 6
_AIR_DOTS: Final = 24


@dataclass(frozen=True, slots=True)
class TrialReading:
    """What a person reads: the widest band with both edges, the longest line that is not broken, the lines with something
    between their brackets, braces below the bars, a QR code, and how the ticket was cut (`early`: through its text)."""

    width: int
    columns: int
    strays: frozenset[str]
    has_braces: bool
    has_qr: bool
    cut: Cut


def ticket(can: Abilities, heading: str) -> bytes:
    """The bytes of the ticket with its cut."""
    data = commands.INITIALIZE + commands.CANCEL_KANJI + commands.INTERNATIONAL_SET
    narrowest = min(WIDTHS)
    for line in wrap(heading, lambda part: raster.text_width(part, 1, bold=True) <= narrowest):
        data += raster.encode(raster.text_line(line, 1, bold=True))
    data += b"".join(raster.encode(_band(width)) for width in WIDTHS)
    data += b"".join(_line(count) for count in COLUMNS)
    data += b"".join(_stray(*stray) for stray in zip(STRAYS, _questions(can), strict=True))
    bars = code128.code_b(_BAR_DATA)
    if bars is not None:
        data += commands.code128(bars.payload, _BAND_ROWS, 2) + commands.LINE_FEED
    data += commands.qr_code(_QR_DATA, _QR_DOTS) + commands.LINE_FEED
    end = raster.encode(raster.text_line("* * *", 1, bold=True))
    return data + commands.feed_dots(_AIR_DOTS) + end + end_of_slip(can)


def settings_of(read: TrialReading, can: Abilities) -> dict[str, str | int]:
    """The settings by which the printer differs from what is believed of it."""
    found: dict[str, str | int] = {
        "width_dots": read.width,
        "columns": read.columns,
        "process_id": "A" not in read.strays,
        "automatic_status": "B" not in read.strays,
        "motion_units": "C" not in read.strays,
        "code128_sets": not read.has_braces,
        "native_qr": read.has_qr,
    }
    if read.cut == "early":
        found["cut_feed"] = "host"
    else:
        found["cutter"] = read.cut
    # What the printer could not show need not be switched off twice, nor on against its profile.
    only_off = {"process_id", "automatic_status", "motion_units", "code128_sets"}
    return {
        key: value
        for key, value in found.items()
        if value != getattr(can, key) and not (key in only_off and value)
    }


def parsed(text: str) -> TrialReading:
    """Parse a reading as it is typed: `576 48 AC {} qr partial`; ValueError where it makes no sense."""
    words = text.split()
    if len(words) < 3 or not all(word.isdigit() for word in words[:2]):
        raise ValueError(text)
    width, columns, rest = int(words[0]), int(words[1]), words[2:]
    cuts = [cut for cut in CUTS if cut in rest]
    strays = [word for word in rest if re.fullmatch("[A-C]{1,3}", word)]
    known = {*CUTS, *strays, "{}", "qr"}
    if width not in WIDTHS or columns not in COLUMNS or len(cuts) != 1 or set(rest) - known:
        raise ValueError(text)
    return TrialReading(
        width, columns, frozenset("".join(strays)), "{}" in rest, "qr" in rest, cuts[0]
    )


def _band(width: int) -> Image.Image:
    """A band as wide as a head, with black edges and its number near the left one."""
    image = Image.new("L", (width, _BAND_ROWS), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, _EDGE_DOTS, _BAND_ROWS), fill=0)
    draw.rectangle((width - _EDGE_DOTS, 0, width, _BAND_ROWS), fill=0)
    image.paste(raster.text_line(str(width), 1, bold=False), (4 * _EDGE_DOTS, 0))
    return image


def _text(count: int) -> str:
    return f"{count} ".ljust(count - 1, "-") + "|"


def _line(count: int) -> bytes:
    return _text(count).encode("ascii") + commands.LINE_FEED


def _stray(letter: str, question: bytes) -> bytes:
    return f"{letter} [".encode("ascii") + question + b"]" + commands.LINE_FEED


def _questions(can: Abilities) -> tuple[bytes, bytes, bytes]:
    return (
        commands.request_process_id(_IDENTITY),
        commands.AUTOMATIC_STATUS,
        commands.set_motion_unit(can.dpi),
    )
