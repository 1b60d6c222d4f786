"""Flattening of a QR code that is printed on something uneven: worn paper, a bottle, cloth. Pure.

The edges of the modules lie on a grid. How far they are off it, across and down, is the phase of the edges at the grid's
pitch; it is followed from the three finder patterns outwards, and the picture is drawn again without it.
"""

import heapq
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.scanners.decoding.codes import Corners
from drivers.scanners.decoding.pictures import Picture

Floats = NDArray[np.float32]
Matrix = NDArray[np.float64]

_PITCH: Final = 6  # pixels a module of the flat picture
_QUIET: Final = 4  # modules
_STEP: Final = 2  # modules from one node of the net to the next
_SPREADS: Final = (1.5, 1.2, 1.0, 0.8)  # modules over which the phase is averaged, in each round
_FINDER: Final = 3.5  # modules from a corner to the middle of its finder pattern
_MOST_MODULES: Final = (
    105  # version 22: beyond, modules are too small in any picture of uneven print
)
_AROUND: Final = 7  # modules around one: it is compared with their lightest and darkest


@dataclass(frozen=True, slots=True)
class Square:
    """Where a QR code is seen but not read: its corners from the one between two finder patterns on, and its modules."""

    corners: Corners
    modules: int

    @property
    def back(self) -> Matrix:
        """The 2×3 matrix that leads from the flat picture to where the code was seen, roughly."""
        low, high = _QUIET * _PITCH, (_QUIET + self.modules) * _PITCH
        flat = np.array([[low, low], [high, low], [low, high]], np.float32)
        top_left, top_right, _, bottom_left = self.corners
        seen = np.array([top_left, top_right, bottom_left], np.float32)
        return np.asarray(cv2.getAffineTransform(flat, seen), np.float64)


def flattened(picture: Picture, square: Square) -> tuple[Picture, Picture] | None:
    """The flattened code, and the same redrawn in black and white, in the same size; None if that cannot help."""
    if len(square.corners) != 4 or square.modules > _MOST_MODULES:
        return None
    net = _Net(square.modules)
    across, down = np.zeros_like(net.x), np.zeros_like(net.x)
    flat = _seen(picture, square, net.x, net.y)
    for spread in _SPREADS:
        off_x, off_y = net.offsets(flat, 0, spread), net.offsets(flat, 1, spread)
        x, y = net.x + off_x, net.y + off_y
        across, down = _moved(across, x, y) + off_x, _moved(down, x, y) + off_y
        flat = _seen(picture, square, net.x + across, net.y + down)
    return flat, net.drawn(flat)


class _Net:
    """The grid of a code with `modules` a side in its flat picture."""

    def __init__(self, modules: int) -> None:
        self._modules = modules
        side = (modules + 2 * _QUIET) * _PITCH
        self.y, self.x = np.mgrid[0:side, 0:side].astype(np.float32)
        nodes = np.arange(0, modules + 1, _STEP) + _QUIET
        self._at = np.ix_(nodes * _PITCH, nodes * _PITCH)
        self._count = len(nodes)
        last = np.float32(self._count - 1)
        self._node_x = np.clip(((self.x + 0.5) / _PITCH - _QUIET) / _STEP, 0, last)
        self._node_y = np.ascontiguousarray(self._node_x.T)
        turn = np.exp(2j * np.pi * (np.arange(side) + 0.5) / _PITCH)
        self._turn_re, self._turn_im = turn.real.astype(np.float32), turn.imag.astype(np.float32)

    def offsets(self, flat: Picture, axis: int, spread: float) -> Floats:
        """How many pixels the edges are off the grid, across (0) or down (1), everywhere."""
        along = np.abs(cv2.Sobel(flat, cv2.CV_32F, 1 - axis, axis))
        other = np.abs(cv2.Sobel(flat, cv2.CV_32F, axis, 1 - axis))
        edges = np.maximum(along - other, 0).astype(np.float32)
        re, im = (
            self._averaged(edges, part, axis, spread) for part in (self._turn_re, self._turn_im)
        )
        weight = cv2.GaussianBlur(edges, (0, 0), spread * _PITCH)[self._at] + 1e-3
        turns = (np.arctan2(im, re) / (2 * np.pi)).astype(np.float32)
        nodes = self._followed(turns, np.hypot(re, im) / weight).astype(np.float32)
        everywhere = cv2.remap(nodes, self._node_x, self._node_y, cv2.INTER_LINEAR) * _PITCH
        return np.asarray(cv2.GaussianBlur(everywhere, (0, 0), _PITCH), np.float32)

    def drawn(self, flat: Picture) -> Picture:
        """Each module black or white by the middle between the lightest and the darkest around, in the size of `flat`."""
        middles = np.arange(self._modules) * _PITCH + _PITCH // 2 + _QUIET * _PITCH
        light = cv2.blur(flat, (3, 3))[np.ix_(middles, middles)].astype(np.float32)
        around = np.ones((_AROUND, _AROUND), np.uint8)
        middle = cv2.blur((cv2.erode(light, around) + cv2.dilate(light, around)) / 2, (5, 5))
        dark = light < middle
        finder = int(_FINDER)
        if not dark[finder, finder]:
            dark = ~dark
        page = np.where(np.pad(dark, _QUIET), 0, 255).astype(np.uint8)
        return np.kron(page, np.ones((_PITCH, _PITCH), np.uint8))

    def _averaged(self, edges: Floats, turn: Floats, axis: int, spread: float) -> Floats:
        turned = edges * (turn[None, :] if axis == 0 else turn[:, None])
        return np.asarray(cv2.GaussianBlur(turned, (0, 0), spread * _PITCH)[self._at], np.float32)

    def _followed(self, turns: Floats, clear: Floats) -> Matrix:
        """Whole modules added to the phases: from the finder patterns on, where it is clear first, without a jump."""
        near, far = round(_FINDER / _STEP), round((self._modules - _FINDER) / _STEP)
        waiting = [
            (-np.inf, row, column, 0.0) for row, column in ((near, near), (near, far), (far, near))
        ]
        found = np.full(turns.shape, np.nan)
        while waiting:
            _, row, column, before = heapq.heappop(waiting)
            if not np.isnan(found[row, column]):
                continue
            turn = float(turns[row, column])
            found[row, column] = here = turn + round(before - turn)
            for r, c in (
                (row + 1, column),
                (row - 1, column),
                (row, column + 1),
                (row, column - 1),
            ):
                if 0 <= r < self._count and 0 <= c < self._count and np.isnan(found[r, c]):
                    heapq.heappush(waiting, (-float(clear[r, c]), r, c, here))
        return found


def _seen(picture: Picture, square: Square, x: Floats, y: Floats) -> Picture:
    """What the picture shows at these places of the flat one."""
    low, high = _QUIET * _PITCH, (_QUIET + square.modules) * _PITCH
    flat = np.array([[low, low], [high, low], [high, high], [low, high]], np.float32)
    leads: Any = cv2.getPerspectiveTransform(flat, np.array(square.corners, np.float32))
    (a, b, c), (d, e, f), (g, h, i) = leads.astype(np.float32)
    u, v = x + 0.5, y + 0.5
    depth = g * u + h * v + i
    column, row = (a * u + b * v + c) / depth - 0.5, (d * u + e * v + f) / depth - 0.5
    return np.asarray(
        cv2.remap(picture, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _moved(field: Floats, x: Floats, y: Floats) -> Floats:
    return np.asarray(
        cv2.remap(field, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32
    )
