"""Validation of what is read from a picture: symbologies looked for, and when a reading is accepted. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

Corners = tuple[tuple[float, float], ...]


class Symbology(StrEnum):
    """The kinds of codes that can be looked for; values as in AIM identifiers (ISO/IEC 15424)."""

    QR = "]Q"
    CODE_128 = "]C"
    CODE_39 = "]A"
    EAN = "]E"


Expected = frozenset[Symbology]

# EAN and UPC read wrong numbers on hard pictures; a centre that needs them switches them on.
KIOSK: Final[Expected] = frozenset({Symbology.QR, Symbology.CODE_128, Symbology.CODE_39})

SHORTEST_LINEAR: Final = 4
"""Noise reads as a Code 39 or Code 128 of one or two characters."""

_REMEMBERED_PICTURES: Final = 30


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its text (NFC), its AIM identifier such as `]Q1`, and its corners in the picture, in order around it."""

    text: str
    symbology: str
    corners: Corners = ()

    @property
    def kind(self) -> Symbology:
        """The symbology without its variant."""
        return Symbology(self.symbology[:2])

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the corners."""
        across, down = [x for x, _ in self.corners], [y for _, y in self.corners]
        return (
            min(across, default=0.0), min(down, default=0.0), max(across, default=0.0), max(down, default=0.0)
        )  # fmt: skip

    @property
    def area(self) -> float:
        """What the corners enclose."""
        turned = (*self.corners[1:], *self.corners[:1])
        crosses = (x * v - u * y for (x, y), (u, v) in zip(self.corners, turned, strict=True))
        return abs(sum(crosses)) / 2

    @property
    def middle(self) -> tuple[float, float]:
        """The middle between the corners."""
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2

    def surrounds(self, point: tuple[float, float]) -> bool:
        """Whether a point lies within the corners: codes that lie askew below each other do not cover each other."""
        x, y = point
        turned = (*self.corners[1:], *self.corners[:1])
        sides = [
            (u - a) * (y - b) - (v - b) * (x - a)
            for (a, b), (u, v) in zip(self.corners, turned, strict=True)
        ]
        return bool(sides) and (min(sides) >= 0 or max(sides) <= 0)

    @property
    def plausible(self) -> bool:
        """Whether it is more than what noise reads as."""
        return bool(self.text) if self.kind is Symbology.QR else len(self.text) >= SHORTEST_LINEAR


def uncontradicted(codes: Sequence[Code]) -> list[Code]:
    """Without linear codes where another one is read from more of the bars: a few rows can read as anything."""
    return [code for code in codes if not any(_overrules(other, code) for other in codes)]


def _overrules(other: Code, code: Code) -> bool:
    if Symbology.QR in {code.kind, other.kind} or other.text == code.text:
        return False
    return other.area > code.area and other.surrounds(code.middle)


class Agreement:
    """Accepts a code at the first reading, but an EAN only at the second: by two engines, two treatments or two pictures."""

    def __init__(self) -> None:
        self._picture = 0
        self._read_once: dict[str, int] = {}

    def believed(self, codes: Iterable[Code]) -> tuple[Code, ...]:
        """Those codes of one reading that are now accepted, each text once."""
        found: dict[tuple[Symbology, str], Code] = {}
        for code in codes:
            if code.plausible:
                found.setdefault((code.kind, code.text), code)
        return tuple(code for code in found.values() if self._certain(code))

    def next_picture(self) -> None:
        """Another picture comes; what was read once, long ago, counts no more."""
        self._picture += 1
        oldest = self._picture - _REMEMBERED_PICTURES
        self._read_once = {text: at for text, at in self._read_once.items() if at > oldest}

    def _certain(self, code: Code) -> bool:
        if code.kind is not Symbology.EAN or code.text in self._read_once:
            return True
        self._read_once[code.text] = self._picture
        return False
