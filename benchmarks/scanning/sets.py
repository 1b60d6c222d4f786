"""The sets of frames: what each is hard by. Every set turns its codes by any angle and leans them back a little."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from numpy.random import Generator, default_rng

from benchmarks.scanning import payloads, symbols
from benchmarks.scanning.camera import View, frame, largest_fit
from benchmarks.scanning.symbols import Picture

_SEED: Final = 20_260


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of code: its content, how it is drawn, and how small its modules may be and must still be read."""

    name: str
    text: Callable[[Generator], str]
    draw: Callable[[str, Generator], Picture]
    smallest: float
    too_small: float


@dataclass(frozen=True, slots=True)
class Shot:
    """One frame and what stands in it."""

    text: str
    view: View
    picture: Picture


Condition = Callable[[View, Generator], View]

KINDS: Final = (
    Kind("QR", payloads.card_line, symbols.qr, 2.0, 1.5),
    Kind("Code 128", payloads.dossier_code, symbols.code128, 1.5, 1.2),
)
LARGEST: Final = 4.0


def shots(kind: Kind, condition: str, count: int, seed: int = _SEED) -> Iterator[Shot]:
    """So many frames of a condition, the same ones whenever they are made."""
    number = (*JUDGED, *TOLD).index(condition)
    chance = default_rng([seed, KINDS.index(kind), number])
    for _ in range(count):
        text = kind.text(chance)
        symbol = kind.draw(text, chance)
        size = float(chance.uniform(kind.smallest, LARGEST))
        if condition == SMALL:
            size = float(chance.uniform(kind.too_small, kind.smallest))
        view = View(
            pixels_per_module=size,
            angle=float(chance.uniform(0, 360)),
            perspective=0.3,
            blur=float(chance.uniform(0.5, 0.8)),
            noise=float(chance.uniform(1, 3)),
        )
        view = {**JUDGED, **TOLD}[condition](view, chance)
        fitting = min(view.pixels_per_module, largest_fit(symbol, view.angle))
        view = replace(view, pixels_per_module=fitting)
        yield Shot(text, view, frame(symbol, view, chance))


def empty_frames(count: int) -> Iterator[Picture]:
    """Pages without any code."""
    chance = default_rng([_SEED, len(KINDS)])
    for _ in range(count):
        yield frame(None, View(2.0, angle=float(chance.uniform(0, 360)), perspective=0.3), chance)


def _clear(view: View, _chance: Generator) -> View:
    return view


def _blurred(view: View, chance: Generator) -> View:
    return replace(view, blur=float(chance.uniform(0.8, 1.2)))


def _moving(view: View, chance: Generator) -> View:
    return replace(view, motion=float(chance.uniform(0.5, 2.5)))


def _glaring(view: View, chance: Generator) -> View:
    return replace(view, glare=float(chance.uniform(60, 180)))


def _dim(view: View, chance: Generator) -> View:
    light, noise = float(chance.uniform(0.2, 0.5)), float(chance.uniform(3, 7))
    return replace(view, light=light, noise=noise)


def _on_dark(view: View, _chance: Generator) -> View:
    return replace(view, on_dark=True)


def _at_once(view: View, chance: Generator) -> View:
    for each in (_blurred, _moving, _glaring, _dim):
        view = each(view, chance)
    return view


SMALL: Final = "smaller modules"
JUDGED: Final[dict[str, Condition]] = {
    "clear": _clear,
    "blurred": _blurred,
    "moving": _moving,
    "glare": _glaring,
    "dim": _dim,
    "light on dark": _on_dark,
}
TOLD: Final[dict[str, Condition]] = {SMALL: _clear, "all at once": _at_once}
"""Beyond what is promised: below the smallest modules; blurred, moving, glaring and dim together."""
