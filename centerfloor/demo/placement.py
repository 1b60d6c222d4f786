"""Places of the demonstration's windows on one screen: the kiosk at the left, board and desks beside it, none over another."""

from typing import Final, NamedTuple

TITLE: Final = 34
"""Pixels of a window's title bar, above its contents."""
_KIOSK: Final = (9, 16)
_ACROSS: Final = 2


class Place(NamedTuple):
    """Corner and size of a window's contents, in pixels."""

    x: int
    y: int
    width: int
    height: int


def places(width: int, height: int, others: int) -> tuple[Place, tuple[Place, ...]]:
    """The kiosk's place on a screen of this size, and those of so many other windows, in rows of two."""
    high = height - 2 * TITLE
    wide = min(high * _KIOSK[0] // _KIOSK[1], width // 3)
    kiosk = Place(0, TITLE, wide, min(high, wide * _KIOSK[1] // _KIOSK[0]))
    rows = -(-others // _ACROSS)
    cell = (width - wide) // _ACROSS, height // max(rows, 1)
    cells = ((at % _ACROSS, at // _ACROSS) for at in range(others))
    return kiosk, tuple(
        Place(wide + column * cell[0], row * cell[1] + TITLE, cell[0] - 4, cell[1] - TITLE - 4)
        for column, row in cells
    )
