"""Image treatments that make codes readable: an iterator of variants of a grey picture worth decoding. Pure."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.scanners.decoding import flattening
from drivers.scanners.decoding.flattening import Square
from drivers.scanners.decoding.pictures import Picture, grey
from drivers.scanners.decoding.uprightness import ImageStrip, strips

Matrix = NDArray[np.float64]
Survey = Callable[[Picture], tuple[Square, ...]]

LARGEST_AREA: Final = 36_000_000
"""Pixels; larger pictures are made smaller before anything is looked for. A page of A4 at 600 dots per inch has fewer."""

LONGEST_SIDE: Final = 30_000
"""OpenCV turns no longer ones. A screenshot that was scrolled is narrow, and keeps its size."""

_ENLARGED_AREA: Final = 8_000_000  # a photograph of a telephone is large enough unscaled
_STRIPS: Final = 4
_SQUARES: Final = 2
_STRIP_LONGEST: Final = 2800
_COARSE_SIDE: Final = 400
_COARSE_STRIPS: Final = 2
_COARSE_LONGEST: Final = 1400
_ROWS_AVERAGED: Final = 9
_SOLID: Final = 0.2
_CONTRAST: Final = 1.5


@dataclass(frozen=True, slots=True)
class Look:
    """A treated picture, and the 2×3 matrix that leads from its pixels back to those of the picture it came from."""

    picture: Picture
    back: Matrix
    least_height: float = 0.0  # of a linear code: a few rows of blurred bars can read as anything


def _no_squares(_picture: Picture) -> tuple[Square, ...]:
    return ()


def shrunk(shape: tuple[int, ...]) -> float:
    """By which factor a picture of this height and width is made smaller."""
    if 0 in shape:
        return 1.0
    height, width = shape
    return min(1.0, LONGEST_SIDE / max(shape), math.sqrt(LARGEST_AREA / (height * width)))


class Subject:
    """A grey picture and a cache of what several treatments have in common, each made when it is first needed.

    `survey` finds where a picture shows QR codes that cannot be read as they are.
    """

    def __init__(self, image: NDArray[Any], survey: Survey = _no_squares) -> None:
        whole = grey(image)
        self.shrunk = shrunk(whole.shape)
        self.picture = _resized(whole, self.shrunk) if self.shrunk < 1 else whole
        self._survey = survey
        self._standing: dict[float, tuple[Look, ...]] = {}

    @cached_property
    def enlarged(self) -> Picture:
        """Twice as large, less where that would be too much."""
        return _resized(self.picture, min(2.0, (_ENLARGED_AREA / self.picture.size) ** 0.5))

    @cached_property
    def sharpened(self) -> Picture:
        """The enlarged picture, its edges raised."""
        return _sharpened(self.enlarged)

    @cached_property
    def strips(self) -> tuple[ImageStrip, ...]:
        """Where bars may be, and in which direction."""
        return strips(self.picture, _STRIPS)

    def standing(self, zoom: float) -> tuple[Look, ...]:
        """The places with bars, turned upright and widened by a factor."""
        if zoom not in self._standing:
            made = (_stood_up(self.picture, strip, zoom) for strip in self.strips)
            self._standing[zoom] = tuple(made)
        return self._standing[zoom]

    @cached_property
    def coarse_strips(self) -> tuple[ImageStrip, ...]:
        """Places with bars for a code that fills much of the picture."""
        afar = min(1.0, _COARSE_SIDE / max(self.picture.shape))
        small = _resized(self.picture, afar)
        return tuple(strip.enlarged(1 / afar) for strip in strips(small, _COARSE_STRIPS))

    @cached_property
    def squares(self) -> tuple[Square, ...]:
        """Where QR codes are that cannot be read as they are."""
        return self._survey(self.picture)[:_SQUARES]


Stage = Callable[[Subject], tuple[Look, ...]]


def plain(subject: Subject) -> tuple[Look, ...]:
    """As it is."""
    return (_look(subject.picture, subject),)


def plain_unless_large(subject: Subject) -> tuple[Look, ...]:
    """As it is; nothing of a picture so large that `enlarged` makes it smaller."""
    return plain(subject) if subject.picture.size <= _ENLARGED_AREA else ()


def inverted(subject: Subject) -> tuple[Look, ...]:
    """Light on dark becomes dark on light."""
    return (_look(~subject.picture, subject),)


def enlarged(subject: Subject) -> tuple[Look, ...]:
    """Twice as large: modules of two pixels."""
    return (_look(subject.enlarged, subject),)


def sharpened(subject: Subject) -> tuple[Look, ...]:
    """Twice as large and sharpened: modules of less than two pixels."""
    return (_look(subject.sharpened, subject),)


def thresholded(subject: Subject) -> tuple[Look, ...]:
    """Twice as large, sharpened, black and white by the light around: blur, dim and uneven light."""
    return (_look(_black_and_white(subject.sharpened), subject),)


def thresholded_inverted(subject: Subject) -> tuple[Look, ...]:
    """As `thresholded`, for light on dark."""
    return (_look(~_black_and_white(subject.sharpened), subject),)


def denoised(subject: Subject) -> tuple[Look, ...]:
    """As `thresholded`, the grain of a dark picture smoothed first."""
    smooth = np.asarray(cv2.GaussianBlur(subject.enlarged, (0, 0), 1.6), np.uint8)
    return (_look(_black_and_white(_sharpened(smooth, 3.0)), subject),)


def refocused(subject: Subject) -> tuple[Look, ...]:
    """Wide edges raised: large modules out of focus."""
    return (_look(_sharpened(subject.picture, 2.0, 4.0), subject),)


def halved(subject: Subject) -> tuple[Look, ...]:
    """Half as large: a large picture out of focus."""
    if min(subject.picture.shape) < 2:
        return ()
    return (_look(_resized(subject.picture, 0.5), subject),)


def flattened(subject: Subject) -> tuple[Look, ...]:
    """QR codes on uneven ground, flattened and redrawn."""
    made = ((square, flattening.flattened(subject.picture, square)) for square in subject.squares)
    return tuple(Look(picture, square.back) for square, flat in made for picture in flat or ())


def upright(subject: Subject) -> tuple[Look, ...]:
    """The places with bars, turned so that the bars stand, averaged along the bars and sharpened across them."""
    return tuple(replace(look, picture=_sharpened(look.picture)) for look in subject.standing(2.0))


def upright_inverted(subject: Subject) -> tuple[Look, ...]:
    """Bars light on dark, turned upright."""
    return tuple(replace(look, picture=~look.picture) for look in upright(subject))


def upright_soft(subject: Subject) -> tuple[Look, ...]:
    """Turned upright and averaged only: what sharpening spoils."""
    return subject.standing(2.0)


def upright_smoothed(subject: Subject) -> tuple[Look, ...]:
    """Turned upright and smoothed across the bars: faint print, and the grain of a dark picture."""
    return tuple(
        replace(
            look,
            picture=np.asarray(cv2.GaussianBlur(look.picture, (0, 0), 1.5, sigmaY=0.5), np.uint8),
        )
        for look in subject.standing(2.0)
    )


def upright_soft_inverted(subject: Subject) -> tuple[Look, ...]:
    """The variant for bars light on dark."""
    return tuple(replace(look, picture=~look.picture) for look in subject.standing(2.0))


def upright_thresholded(subject: Subject) -> tuple[Look, ...]:
    """Turned upright, three times as large, black on white and white on black: bars of little more than a pixel."""
    made = tuple(
        replace(look, picture=_black_and_white(_sharpened(look.picture, 2.0, 3.0)))
        for look in subject.standing(3.0)
    )
    return (*made, *(replace(look, picture=~look.picture) for look in made))


def upright_tripled(subject: Subject) -> tuple[Look, ...]:
    """Turned upright, three times as large and sharpened, and the same inverted: narrow bars of two pixels."""
    made = tuple(replace(look, picture=_sharpened(look.picture)) for look in subject.standing(3.0))
    return (*made, *(replace(look, picture=~look.picture) for look in made))


def upright_coarse(subject: Subject) -> tuple[Look, ...]:
    """Places with bars as they show from afar: bars wider than what `strips` looks at, smoothed and sharpened."""
    made = tuple(
        _stood_up(subject.picture, strip, min(1.0, _COARSE_LONGEST / strip.length))
        for strip in subject.coarse_strips
    )
    return (*made, *(replace(look, picture=_sharpened(look.picture)) for look in made))


def _stood_up(picture: Picture, strip: ImageStrip, zoom: float) -> Look:
    """The strip cut out, its bars standing, `zoom` times as wide."""
    zoom = min(zoom, _STRIP_LONGEST / strip.length)
    size = (max(1, int(strip.length * zoom)), max(16, int(strip.height)))
    cos, sin = np.cos(strip.angle), np.sin(strip.angle)
    x = strip.start * cos - strip.top * sin
    y = strip.start * sin + strip.top * cos
    across = np.array([cos - strip.slope * sin, sin + strip.slope * cos]) / zoom
    back = np.array([[across[0], -sin, x], [across[1], cos, y]])
    cut = cv2.warpAffine(
        picture, back, size, flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )  # fmt: skip
    averaged = cv2.blur(cut, (1, min(_ROWS_AVERAGED, size[1])))
    return Look(np.asarray(averaged, np.uint8), back, _SOLID * size[1])


def _look(picture: Picture, subject: Subject) -> Look:
    height, width = picture.shape
    high, wide = subject.picture.shape
    return Look(picture, np.array([[wide / width, 0, 0], [0, high / height, 0]], np.float64))


def _resized(picture: Picture, factor: float) -> Picture:
    height, width = picture.shape
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return np.asarray(cv2.resize(picture, size, interpolation=way), np.uint8)


def _sharpened(picture: Picture, amount: float = _CONTRAST, spread: float = 2.0) -> Picture:
    soft = cv2.GaussianBlur(picture, (0, 0), spread)
    return np.asarray(cv2.addWeighted(picture, 1 + amount, soft, -amount, 0), np.uint8)


def _black_and_white(picture: Picture) -> Picture:
    mean = cv2.ADAPTIVE_THRESH_MEAN_C
    return np.asarray(cv2.adaptiveThreshold(picture, 255, mean, cv2.THRESH_BINARY, 75, 8), np.uint8)
