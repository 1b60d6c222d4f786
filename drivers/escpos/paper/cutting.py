"""Cutting: motion units, the feed from print head to cutter, the cut, and how a presenter hands the slip out. Pure.

Many printers count ESC J in half dots until GS P sets the unit, and ESC @ undoes that (Epson). GS V 65 and 66 feed to the
cutter by themselves, wherever it stands.
"""

from typing import Final

from config.model.printers import Abilities
from drivers.escpos import commands

_END_OF_LINE_DOTS: Final = 1
_PRESENT_MM: Final = 84
"""As in the example of Pyramid's reference; a shorter slip is handed out whole."""

_PRESENTER_STEP_MM: Final = 7


def motion_unit(can: Abilities) -> bytes:
    """What makes one unit of ESC J one dot; goes behind each ESC @."""
    return commands.set_motion_unit(can.dpi) if can.motion_units else b""


def feed(dots: int, can: Abilities) -> bytes:
    """Feed empty paper, by a blank picture where the printer has no command for it."""
    if can.feeds or dots <= 0:
        return commands.feed_dots(max(0, dots))
    whole, rest = divmod(dots, commands.MAX_RASTER_ROWS)
    heights = [commands.MAX_RASTER_ROWS] * whole + ([rest] if rest else [])
    return b"".join(commands.raster(1, rows, bytes(rows)) for rows in heights)


def end_of_slip(can: Abilities) -> bytes:
    """Feed to the cutter and cut, behind all that is printed; a printer without a cutter feeds to its edge.

    Firmware that prints a command which it does not know leaves a line begun, and some obey a cut only at the beginning
    of a line: a feed ends that line.
    """
    if can.cutter == "none":
        return feed(can.feed_before_cut_dots, can)
    is_full = can.cutter == "full"
    if can.cut_feed == "host":
        cut = feed(can.feed_before_cut_dots, can) + commands.cut(is_full=is_full)
    else:
        cut = feed(_END_OF_LINE_DOTS, can) + commands.feed_and_cut(is_full=is_full)
    return cut + (commands.present(_PRESENT_MM // _PRESENTER_STEP_MM) if can.presenter else b"")
