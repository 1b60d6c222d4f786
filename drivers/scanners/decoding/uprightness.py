"""Detector of linear codes: where a picture has parallel bars and how they are turned, by the structure tensor. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.scanners.decoding.pictures import Picture

Floats = NDArray[np.float32]
Cells = tuple[NDArray[np.intp], NDArray[np.intp]]  # rows and columns

_CELL: Final = 4  # samples of the gradient along each side of a cell
_LEAST_STEP: Final = 2  # pixels from one sample to the next
_SAMPLES: Final = 230_000  # of a large picture
_SMALLEST_SIDE: Final = 24
_COHERENCE: Final = 0.7  # 1 where all gradients lie on one line, 0 where they have no direction
_ENERGY: Final = 12_800.0  # mean square of the gradient; the grain of a dark picture stays below
_DIRECTIONS: Final = 9
_LIKE: Final = (
    0.7  # cosine of twice the angle between a cell's gradient and the direction looked at
)
_SAME_DIRECTION: Final = 0.1
_FEWEST_CELLS: Final = 12
_SHORTEST: Final = 40.0
_LOWEST: Final = 16.0
_MIDDLE: Final = 0.8  # of the height: above and below, other print begins
_LEVEL: Final = 0.03  # what the coarse cells of an upright code lean by themselves
_STEEPEST: Final = 0.8
_MARGIN: Final = 24.0
_MARGIN_SHARE: Final = 0.08


@dataclass(frozen=True, slots=True)
class ImageStrip:
    """A region with bars. After rotation by `-angle` (radians) the bars are vertical and it begins at (`start`, `top`).

    `slope` is how many pixels its rows drop per pixel along the strip; 0 unless the code is seen in perspective.
    """

    angle: float
    start: float
    top: float
    length: float
    height: float
    bars: float  # without the margins before and after
    slope: float = 0.0

    def enlarged(self, factor: float) -> "ImageStrip":
        """This place in a picture scaled by `factor`."""
        return replace(
            self,
            start=self.start * factor,
            top=self.top * factor,
            length=self.length * factor,
            height=self.height * factor,
            bars=self.bars * factor,
        )


@dataclass(frozen=True, slots=True)
class _Tensor:
    """Means of the products of gradients in each cell, `pixels` of the picture along a cell's side."""

    xx: Floats
    yy: Floats
    xy: Floats
    pixels: int


def strips(picture: Picture, most: int) -> tuple[ImageStrip, ...]:
    """The places that look most like bars, the likeliest first."""
    if min(picture.shape) < _SMALLEST_SIDE:
        return ()
    tensor = _tensor(picture)
    energy = tensor.xx + tensor.yy
    coherent = np.hypot(tensor.xx - tensor.yy, 2 * tensor.xy)
    barred = (coherent > _COHERENCE * energy) & (energy > _ENERGY)
    turned = np.arctan2(2 * tensor.xy, tensor.xx - tensor.yy)  # twice the angle
    found: list[tuple[float, ImageStrip]] = []
    for direction in np.arange(_DIRECTIONS) * (2 * np.pi / _DIRECTIONS):
        # Neighbouring directions overlap, so a code on the border of two is whole in one of them.
        like = np.cos(turned - direction) > _LIKE
        found += _groups(tensor, barred & like, energy)
    found.sort(key=lambda each: each[0], reverse=True)
    kept: list[ImageStrip] = []
    for _, strip in found:
        if not any(_same(strip, other) for other in kept):
            kept.append(strip)
    return tuple(kept[:most])


def _groups(
    tensor: _Tensor, cells: NDArray[np.bool_], energy: Floats
) -> Iterator[tuple[float, ImageStrip]]:
    """Connected cells as strips, weighed by how strong their edges are and how well they fill a rectangle."""
    if not cells.any():
        return
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        cells.astype(np.uint8), connectivity=4
    )
    for n in range(1, count):
        left, top, width, height, area = (int(each) for each in stats[n])
        if area < _FEWEST_CELLS:
            continue
        box = slice(top, top + height), slice(left, left + width)
        rows, columns = np.nonzero(labels[box] == n)
        group = rows + top, columns + left
        if (strip := _strip(tensor, group)) is not None:
            room = strip.bars * strip.height / (_MIDDLE * tensor.pixels**2)
            fill = min(1.0, area / room)
            yield area**0.5 * float(energy[group].mean()) * fill**2, strip


def _same(one: ImageStrip, other: ImageStrip) -> bool:
    """Whether two groups of neighbouring directions are about the same bars."""
    if abs(np.sin(one.angle - other.angle)) > _SAME_DIRECTION:
        return False
    return (
        abs(one.start - other.start) + abs(one.length - other.length) < 0.3 * other.length
        and abs(one.top - other.top) < other.height
    )


def _tensor(picture: Picture) -> _Tensor:
    step = max(_LEAST_STEP, round((picture.size / _SAMPLES) ** 0.5))
    # Scharr's gradient keeps the direction of fine bars; Sobel's is off by up to two degrees.
    across, down = (
        np.ascontiguousarray(cv2.Scharr(picture, cv2.CV_16S, *axis)[::step, ::step], np.int16)
        for axis in ((1, 0), (0, 1))
    )
    size = (max(1, across.shape[1] // _CELL), max(1, across.shape[0] // _CELL))

    def mean(one: NDArray[np.int16], other: NDArray[np.int16]) -> Floats:
        product = cv2.multiply(one, other, dtype=cv2.CV_32F)
        cells = cv2.resize(product, size, interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.blur(cells, (3, 3)), np.float32)

    return _Tensor(mean(across, across), mean(down, down), mean(across, down), step * _CELL)


def _strip(tensor: _Tensor, cells: Cells) -> ImageStrip | None:
    """The strip of one group of cells; None where it is too small for a code, such as an edge."""
    xx, yy, xy = (float(each[cells].sum()) for each in (tensor.xx, tensor.yy, tensor.xy))
    angle = 0.5 * float(np.arctan2(2 * xy, xx - yy))
    rows, columns = cells
    x, y = (columns + 0.5) * tensor.pixels, (rows + 0.5) * tensor.pixels
    along = x * np.cos(angle) + y * np.sin(angle)
    across = y * np.cos(angle) - x * np.sin(angle)
    start, bars = float(along.min()), float(np.ptp(along))
    slope = _slope(along, across)
    low, high = 50 * (1 - _MIDDLE), 50 * (1 + _MIDDLE)
    margin = _MARGIN + _MARGIN_SHARE * bars
    level = across - slope * (along - (start - margin))
    top, bottom = (float(each) for each in np.percentile(level, (low, high)))
    if bars < _SHORTEST or bottom - top < _LOWEST:
        return None
    return ImageStrip(angle, start - margin, top, bars + 2 * margin, bottom - top, bars, slope)


def _slope(along: NDArray[np.float64], across: NDArray[np.float64]) -> float:
    """Slope of the least-squares line through the cells, so that a few stray cells at the ends hardly change it."""
    spread = float(along.var())
    if spread <= 0:
        return 0.0
    slope = float(np.mean((along - along.mean()) * (across - across.mean()))) / spread
    return slope if _LEVEL < abs(slope) < _STEEPEST else 0.0
