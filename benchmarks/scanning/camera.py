"""A camera of 1280×720: lays a code on a page, looks at it from somewhere, and spoils the picture as a webcam does."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import cv2
import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from benchmarks.scanning.pages import PAGE, desk, page
from benchmarks.scanning.symbols import Picture

WIDTH: Final = 1280
HEIGHT: Final = 720
_OVER: Final = 2  # the scene is drawn so many times larger and then averaged down, as a sensor does
_RIM: Final = 8
_PAGES: Final = 8
_SCENERY: Final = 1

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class View:
    """How one frame is taken. Lengths in pixels of the frame, angles in degrees, light and noise in grey levels."""

    pixels_per_module: float
    angle: float = 0.0
    perspective: float = 0.0
    blur: float = 0.6
    motion: float = 0.0
    glare: float = 0.0
    light: float = 1.0
    noise: float = 2.0
    on_dark: bool = False


def frame(symbol: Picture | None, view: View, chance: Generator) -> Picture:
    """One colour frame of `symbol`, or of a page without any; the whole symbol with its quiet zone is in the picture."""
    scene = _scene(symbol, view, chance)
    picture = cv2.resize(scene, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA).astype(np.float32)
    picture = _lit(picture, view, chance)
    blurred = np.asarray(cv2.GaussianBlur(picture, (0, 0), view.blur), np.float32)
    picture = _smeared(blurred, view, chance)
    noisy = picture + view.noise * _noise(chance)
    grey = np.clip(noisy, 0, 255).astype(np.uint8)
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(80, 95))]
    done, packed = cv2.imencode(".jpg", grey, quality)
    assert done
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


def largest_fit(symbol: Picture, angle: float) -> float:
    """At how many pixels a module the whole symbol, turned so, just fills the frame."""
    across, down = _turned(symbol, angle)
    return min((WIDTH - 2 * _RIM) / across, (HEIGHT - 2 * _RIM) / down)


def _turned(symbol: Picture, angle: float) -> tuple[float, float]:
    """How wide and high the turned symbol is, in modules."""
    cos, sin = abs(np.cos(np.deg2rad(angle))), abs(np.sin(np.deg2rad(angle)))
    height, width = symbol.shape
    return float(width * cos + height * sin), float(width * sin + height * cos)


def _scene(symbol: Picture | None, view: View, chance: Generator) -> Picture:
    sheet = _pages()[chance.integers(_PAGES)].copy()
    if symbol is not None and view.on_dark:
        symbol = 255 - symbol
    zoom, spread = 1.0, (0.0, 0.0)
    if symbol is not None:
        step = int(np.ceil(_OVER * view.pixels_per_module))
        zoom = _OVER * view.pixels_per_module / step
        large = np.kron(symbol, np.ones((step, step), np.uint8))
        _laid_on(sheet, large, view)
        across, down = _turned(symbol, view.angle)
        spread = (across * view.pixels_per_module * _OVER, down * view.pixels_per_module * _OVER)
    matrix = _looking(view, zoom, spread, chance)
    size = (WIDTH * _OVER, HEIGHT * _OVER)
    ground = desk(chance, size[1], size[0])
    return np.asarray(
        cv2.warpPerspective(
            sheet, matrix, size, dst=ground, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT
        ),
        np.uint8,
    )  # fmt: skip


def _laid_on(sheet: Picture, large: Picture, view: View) -> None:
    """A telephone's dark screen leaves a dark rim around the code, paper the quiet zone that the code brings."""
    height, width = large.shape
    top, left = (PAGE[0] - height) // 2, (PAGE[1] - width) // 2
    if view.on_dark:
        sheet[top - 60 : top + height + 60, left - 60 : left + width + 60] = 0
    dark, light = 25, 240
    sheet[top : top + height, left : left + width] = np.where(large > 127, light, dark)


def _looking(
    view: View, zoom: float, spread: tuple[float, float], chance: Generator
) -> NDArray[np.float64]:
    """From page to frame: turned and scaled about the code, put where it fits, and leaned back a little."""
    wide, high = WIDTH * _OVER, HEIGHT * _OVER
    x = _somewhere(wide, spread[0], chance)
    y = _somewhere(high, spread[1], chance)
    middle = np.array((PAGE[1] / 2, PAGE[0] / 2))
    turn, size = np.deg2rad(view.angle), zoom
    cos, sin = size * np.cos(turn), size * np.sin(turn)
    flat = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    flat[:2, 2] = np.array((x, y)) - flat[:2, :2] @ middle
    lean = view.perspective * chance.uniform(-1, 1, 2) / wide
    # About the middle of the code, so that the pixels of a module are what the view declares.
    there = np.array([[1, 0, x], [0, 1, y], [0, 0, 1]])
    back = np.array([[1, 0, -x], [0, 1, -y], [0, 0, 1]])
    leaned = np.array([[1, 0, 0], [0, 1, 0], [lean[0], lean[1], 1]])
    return np.asarray(there @ leaned @ back @ flat, np.float64)


def _somewhere(length: int, spread: float, chance: Generator) -> float:
    room = (length - spread) / 2 - _RIM
    return length / 2 + (float(chance.uniform(-room, room)) if room > 0 else 0.0)


def _lit(picture: Floats, view: View, chance: Generator) -> Floats:
    """Uneven light from one side, a lamp's reflection, and the exposure."""
    down, across = _grid()
    slope = chance.uniform(-0.15, 0.15, 2)
    light = view.light * (1 + slope[0] * across + slope[1] * down)
    lit = picture * light.astype(np.float32)
    if view.glare:
        at, wide = chance.uniform(-0.6, 0.6, 2), chance.uniform(0.15, 0.45)
        spot = np.exp(-((across - at[0]) ** 2 + (0.56 * (down - at[1])) ** 2) / (2 * wide**2))
        lit = lit + (view.glare * spot).astype(np.float32)
    return np.asarray(lit, np.float32)


def _smeared(picture: Floats, view: View, chance: Generator) -> Floats:
    """Motion in any direction while the shutter is open."""
    if view.motion <= 0:
        return picture
    side = 2 * int(np.ceil(view.motion)) + 3
    direction = chance.uniform(0, np.pi)
    kernel = np.zeros((side, side), np.float32)
    for share in np.linspace(-0.5, 0.5, 33):
        x = side // 2 + share * view.motion * np.cos(direction)
        y = side // 2 + share * view.motion * np.sin(direction)
        left, top = int(x), int(y)
        for column, weight_x in ((left, 1 - (x - left)), (left + 1, x - left)):
            for row, weight_y in ((top, 1 - (y - top)), (top + 1, y - top)):
                kernel[row, column] += weight_x * weight_y
    return np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), np.float32)


def _noise(chance: Generator) -> Floats:
    """A piece of the prepared noise, elsewhere each time."""
    top, left = (int(each) for each in chance.integers(0, 200, 2))
    return _noise_bank()[top : top + HEIGHT, left : left + WIDTH]


@cache
def _noise_bank() -> Floats:
    return default_rng(_SCENERY).standard_normal((HEIGHT + 200, WIDTH + 200), np.float32)


@cache
def _pages() -> tuple[Picture, ...]:
    chance = default_rng(_SCENERY)
    return tuple(page(chance) for _ in range(_PAGES))


@cache
def _grid() -> tuple[Floats, Floats]:
    down, across = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j].astype(np.float32)
    return down, across
