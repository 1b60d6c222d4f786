"""Reader of the pieces of paper that the simulated printer cut: which slips stand on each, whole or in part, by their dots.

A slip is drawn once undisturbed; the rows of dots that no other slip has are what it is known by. So pictures and text are
read alike, and half a letter counts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

from config.model.devices import EscposPrinter as Settings
from drivers.escpos.encoder import encode
from drivers.simulators.printer.device import SimulatedPrinter
from drivers.slip import Slip

_LEAST_ROWS: Final = 3
"""Rows of a slip that stand on a piece before the slip is seen on it."""

Rows = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of paper: the numbers of which anything stands on it, and those that stand on it whole."""

    seen: frozenset[str]
    whole: frozenset[str]
    is_blank: bool

    @property
    def is_shared(self) -> bool:
        """Whether two numbers stand on it."""
        return len(self.seen) > 1


class Reader:
    """Knows what undisturbed slips look like on a printer of these traits; `slips` by their numbers."""

    def __init__(
        self, slips: Mapping[str, Slip], settings: Settings, traits: Sequence[str]
    ) -> None:
        drawn = {number: _drawn(slip, settings, traits) for number, slip in slips.items()}
        self._whole = drawn
        self._own = {
            number: frozenset(rows).difference(
                *(set(other) for name, other in drawn.items() if name != number)
            )
            for number, rows in drawn.items()
        }

    def read(self, folder: Path) -> list[Piece]:
        """All pieces in the folder, in the order in which they came out."""
        facts = (json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("slip-*.json")))
        return [self._piece(folder / fact["picture"], is_blank=fact["blank"]) for fact in facts]

    def _piece(self, picture: Path, *, is_blank: bool) -> Piece:
        if is_blank:
            return Piece(frozenset(), frozenset(), is_blank)
        with Image.open(picture) as image:
            rows = _inked_rows(image)
        there = set(rows)
        seen = {name for name, own in self._own.items() if len(own & there) >= _LEAST_ROWS}
        whole = {name for name in seen if _holds(rows, self._whole[name])}
        return Piece(frozenset(seen), frozenset(whole), is_blank)


def _drawn(slip: Slip, settings: Settings, traits: Sequence[str]) -> Rows:
    """The rows of a slip that nothing disturbs."""
    printer = SimulatedPrinter(80, traits)
    data = encode(slip, settings).data
    while data:
        room = printer.intake.room
        printer.receive(data[:room])
        data = data[room:]
    pulled_out = printer.feed.tear_off()
    cut_off = [each.image for each in printer.slips]
    images = [*cut_off, *([pulled_out.image] if pulled_out else [])]
    return tuple(row for image in images for row in _inked_rows(image))


def _inked_rows(image: Image.Image) -> Rows:
    grey = image.convert("L")
    data, width = grey.tobytes(), grey.width
    blank = b"\xff" * width
    rows = (data[at : at + width] for at in range(0, len(data), width))
    return tuple(row for row in rows if row != blank)


def _holds(rows: Rows, wanted: Rows) -> bool:
    """Whether the wanted rows stand there one after the other."""
    count = len(wanted)
    starts = (at for at, row in enumerate(rows) if row == wanted[0])
    return any(rows[at : at + count] == wanted for at in starts)
