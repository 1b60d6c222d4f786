"""The bench `preview`: how many of a camera's pictures reach the glass while its codes are read, and how late the screen is."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final

import cv2
import numpy as np
from numpy.random import default_rng

from benchmarks.figures import Bar, Figure, Sheet
from benchmarks.hall import as_installed, free_port, hub_running, write_hall
from benchmarks.place import BenchFailedError, Place
from benchmarks.scanning import symbols
from benchmarks.scanning.camera import HEIGHT, WIDTH, View, frame

_LATEST: Final = "tick late while decoding: longest"
BARS: Final[Mapping[str, Bar]] = {
    "painted while decoding, fewest of a round": Bar(at_least=24),
    _LATEST: Bar(at_most=16),
    "codes read of those shown": Bar(at_least=90),
}
ROUNDS: Final = 3
SECONDS: Final = 10.0
BARE_SECONDS: Final = 5.0

CODES: Final = 8
_SHOWN: Final = 12  # pictures with a code that moves, then as many of a page without one
_PACE: Final = 30  # pictures a second
_PATIENCE_SECONDS: Final = 60.0
_SEED: Final = 24_016


async def measure(place: Place) -> tuple[Figure, ...]:
    """A bare timer, the kiosk with its decoder, and the kiosk without, in turn."""
    place.say("pictures of a camera of 1280×720")
    film = place.folder / "film"
    await asyncio.to_thread(_draw_film, film)
    told: dict[str, list[dict[str, float]]] = {"bare": [], "decoding": [], "watching": []}
    hall, port = write_hall(place.folder), free_port()
    async with hub_running(hall, place.folder / "data", port), _camera(film) as camera:
        words = (str(hall), str(port + 1), str(place.folder / "kiosk"), camera)
        for number in range(ROUNDS):
            place.say(f"round {number + 1} of {ROUNDS}")
            told["bare"].append(await _glass("bare", BARE_SECONDS))
            told["decoding"].append(await _glass("decoding", SECONDS, *words))
            told["watching"].append(await _glass("watching", SECONDS, *words))
    return figures_of(**told)


def figures_of(
    bare: list[dict[str, float]],
    decoding: list[dict[str, float]],
    watching: list[dict[str, float]],
) -> tuple[Figure, ...]:
    """The figures of rounds as the subprocess printed them; the worst of them is judged."""
    floor = max(each["max"] for each in bare)
    latest = max(decoding, key=lambda each: each["max"])
    # Where a timer with nothing beside it is as late, the machine is too busy with other processes, and nothing is judged.
    sheet = Sheet("preview", BARS if BARS[_LATEST].met_by(floor) else {})
    fewest = min(each["painted"] for each in decoding)
    without = min(each["painted"] for each in watching)
    sheet.note("painted while decoding, fewest of a round", fewest, "/s", without)
    sheet.note(_LATEST, latest["max"], "ms", floor)
    sheet.note("of that waited for a processor", latest["waited"], "ms")
    sheet.note("of that worked", latest["worked"], "ms")
    most = (max(each["most_work"] for each in rounds) for rounds in (decoding, watching))
    sheet.note("most work between two ticks", next(most), "ms", next(most))
    p99 = median(each["p99"] for each in decoding)
    sheet.note("tick late while decoding: p99", p99, "ms", median(each["p99"] for each in bare))
    sheet.note("tick late without a decoder: longest", max(e["max"] for e in watching), "ms", floor)
    shown = sum(each["seconds"] for each in decoding) * _PACE / (2 * _SHOWN)
    sheet.note("codes read of those shown", 100 * sum(e["codes"] for e in decoding) / shown, "%")
    for name, key in (("kiosk CPU", "cpu"), ("of that the screen's thread", "ui_cpu")):
        own, other = (100 * median(each[key] for each in rounds) for rounds in (decoding, watching))
        sheet.note(name, own, "% of a core", other)
    return sheet.figures()


def _draw_film(folder: Path) -> None:
    """Each code comes, moves along, and goes."""
    folder.mkdir()
    chance = default_rng(_SEED)
    for number in range(CODES):
        symbol = symbols.qr(f"bench-{number}", chance)
        view = View(5.0, angle=float(chance.uniform(0, 360)), perspective=0.3)
        for part, still in enumerate((frame(symbol, view, chance), frame(None, view, chance))):
            for step in range(_SHOWN):
                moved = np.array([[1, 0, 4 * step], [0, 1, 2 * step]], np.float32)
                size = (WIDTH, HEIGHT)
                picture = cv2.warpAffine(still, moved, size, borderMode=cv2.BORDER_REFLECT)
                cv2.imwrite(str(folder / f"{number:02}-{part}-{step:02}.jpg"), picture)


@asynccontextmanager
async def _camera(film: Path) -> AsyncIterator[str]:
    """The address of a simulated camera, a process of its own."""
    words = ("--port", "0", "--folder", str(film), "--fps", str(_PACE), "--hold", "0.03")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "centerfloor", "simulate", "camera", *words,
        stdout=asyncio.subprocess.PIPE, env=as_installed(),
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said = await asyncio.wait_for(process.stdout.readline(), _PATIENCE_SECONDS)
        yield said.decode().split()[-1]
    finally:
        process.terminate()
        await process.wait()


async def _glass(mode: str, seconds: float, *words: str) -> dict[str, Any]:
    """The figures of one run of the subprocess."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.scanning.glass", mode, str(seconds), *words,
        stdout=asyncio.subprocess.PIPE, env=as_installed(),
    )  # fmt: skip
    try:
        told, _ = await asyncio.wait_for(process.communicate(), seconds + _PATIENCE_SECONDS)
    except TimeoutError as silent:
        process.kill()
        await process.wait()
        raise BenchFailedError(f"the kiosk ({mode}) never came to its page") from silent
    if process.returncode != 0:
        raise BenchFailedError(f"the kiosk ({mode}) ended with {process.returncode}")
    figures: dict[str, Any] = json.loads(told.splitlines()[-1])
    return figures
