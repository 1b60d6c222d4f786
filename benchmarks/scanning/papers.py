"""Papers with two to four codes, one of them the dossier's: what file, still frame and live camera take them to mean."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Final

import numpy as np
from numpy.random import Generator, default_rng
from PIL import Image

from benchmarks.figures import Sheet
from benchmarks.scanning import payloads, symbols
from benchmarks.scanning.camera import View, frame, largest_fit
from benchmarks.scanning.sets import empty_frames
from benchmarks.scanning.symbols import Picture
from drivers.scanners.decoding.image_file import decode_image_file
from drivers.scanners.decoding.ladder import decode_still
from drivers.scanners.frame_scans import FrameScans
from service_floor.dossiers.worth import appraisal, appraise, most_useful

PAPERS: Final = 30
ANGLES: Final = 12
FRAMES_AFTER: Final = 12
_LONGEST_LOOK: Final = 60
_FRAME_SECONDS: Final = 0.1
_IN_SIGHT: Final = 240
_SEED: Final = 45
_GAP: Final = 14
_PAGE: Final = 4  # pixels a module on the page: 0.5 mm at 200 dots per inch

_appraise = appraisal(())


@dataclass(frozen=True, slots=True)
class Paper:
    """The codes of one paper below each other, one pixel a module, and the dossier that is meant."""

    dossier: str
    symbol: Picture
    count: int


def paper_of(number: int, seed: int = _SEED) -> Paper:
    """The same paper whenever it is made."""
    chance = default_rng([seed, number])
    dossier = payloads.dossier_code(chance)
    bars = symbols.code128(dossier, chance)
    codes = [bars, *_others(dossier, chance, 1 + number % 3)]
    places = chance.permutation(len(codes))
    return Paper(dossier, _below_each_other([codes[place] for place in places]), len(codes))


def _others(dossier: str, chance: Generator, count: int) -> list[Picture]:
    number = int(chance.integers(10**9, 10**10))
    texts = (
        (symbols.qr, f"https://zalo.me/{number}"),
        (symbols.qr, f"https://dichvucong.example.vn/tra-cuu?ma={dossier}"),
        (symbols.qr, f"00020101021138540010A0000007270124000697040301{number}5303704"),
        (symbols.qr, payloads.card_line(chance)),
        (symbols.code128, f"EE{number % 10**9:09}VN"),
        (symbols.code128, "1.004222"),
    )
    chosen = (texts[place] for place in chance.choice(len(texts), count, replace=False))
    return [draw(text, chance) for draw, text in chosen]


def _below_each_other(codes: list[Picture]) -> Picture:
    """Linear codes below each other, squares in a row: as narrow as a frame needs."""
    bars = [code for code in codes if code.shape[1] > 1.5 * code.shape[0]]
    squares = [code for code in codes if code.shape[1] <= 1.5 * code.shape[0]]
    rows = [*bars, *([_in_a_row(squares)] if squares else [])]
    width = max(row.shape[1] for row in rows)
    padded = [
        np.pad(row, ((0, _GAP), (0, width - row.shape[1])), constant_values=255) for row in rows
    ]
    return np.concatenate(padded)


def _in_a_row(squares: list[Picture]) -> Picture:
    height = max(square.shape[0] for square in squares)
    padded = [
        np.pad(square, ((0, height - square.shape[0]), (0, _GAP)), constant_values=255)
        for square in squares
    ]
    return np.concatenate(padded, axis=1)


def angles(number: int) -> Iterator[float]:
    """Twelve directions around the circle, other ones for each paper."""
    chance = default_rng([_SEED, number, 1])
    for place in range(ANGLES):
        yield 360 / ANGLES * place + float(chance.uniform(-12, 12))


def note_papers(sheet: Sheet, folder: Path) -> None:
    """Every paper at every angle, in all three ways."""
    right = {"file": 0, "still": 0, "live": 0}
    scans = tries = 0
    for number in range(PAPERS):
        paper = paper_of(number)
        for angle in angles(number):
            tries += 1
            picture = seen(paper, angle, default_rng([_SEED, number, tries]))
            right["file"] += _means(paper, _texts_of_file(paper, angle, folder))
            still = decode_still(picture, appraise=_appraise)
            right["still"] += _means(paper, tuple(code.text for code in still))
            found = live_scans(picture, default_rng(tries))
            scans += len(found)
            right["live"] += _means(paper, tuple(found[:1]))
    for way, count in right.items():
        sheet.note(f"papers of two to four codes, {way}: the dossier", 100 * count / tries, "%")
    sheet.note("papers of two to four codes, live: scans each", scans / tries, "")


def note_useless_code(sheet: Sheet) -> None:
    """Processor time of a camera that sees a code of no use all the time, against one that sees none."""
    chance = default_rng(_SEED)
    useless = frame(symbols.qr("https://zalo.me/1", chance), View(3.0, angle=20), chance)
    empty = next(iter(empty_frames(1)))
    spent = {name: _spent(view) for name, view in (("empty", empty), ("useless", useless))}
    ratio = spent["useless"] / spent["empty"]
    sheet.note("useless code in sight: CPU against an empty view", ratio, "×")


def _spent(view: Picture) -> float:
    scans, chance = FrameScans(_appraise), default_rng(1)
    frames = [_grained(view, chance) for _ in range(8)]
    began = process_time()
    for number in range(_IN_SIGHT):
        scans.look(frames[number % len(frames)])
    return process_time() - began


def seen(paper: Paper, angle: float, chance: Generator) -> Picture:
    """A frame of a camera of 1280×720 that the whole paper just fits, two pixels a module at most."""
    view = View(2.2, angle=angle, perspective=0.2, blur=0.6, noise=2)
    fitting = min(view.pixels_per_module, largest_fit(paper.symbol, angle))
    return frame(paper.symbol, replace(view, pixels_per_module=fitting), chance)


def live_scans(picture: Picture, chance: Generator) -> list[str]:
    """The scans of a paper that lies before the camera for some seconds; several in one where it would be asked."""
    now = 0.0
    scans = FrameScans(_appraise, lambda: now)
    found: list[str] = []
    left = _LONGEST_LOOK
    while left:
        left -= 1
        now += _FRAME_SECONDS
        scan = scans.look(_grained(picture, chance))
        if scan is not None:
            found += [scan.text, *scan.rivals]
            left = min(left, FRAMES_AFTER)
    return found


def _grained(picture: Picture, chance: Generator) -> Picture:
    grain = chance.normal(0, 2, (90, 160, 1)).astype(np.float32)
    tiled = np.tile(grain, (picture.shape[0] // 90 + 1, picture.shape[1] // 160 + 1, 1))
    shifted = picture + tiled[: picture.shape[0], : picture.shape[1]]
    return np.asarray(np.clip(shifted, 0, 255), np.uint8)


def _texts_of_file(paper: Paper, angle: float, folder: Path) -> tuple[str, ...]:
    """A page of 200 dots per inch, photographed at an angle and kept as a JPEG."""
    page = np.pad(np.kron(paper.symbol, np.ones((_PAGE, _PAGE), np.uint8)), 80, constant_values=255)
    turned = Image.fromarray(page).rotate(
        angle, Image.Resampling.BICUBIC, expand=True, fillcolor=235
    )
    turned = turned.resize((turned.width // 2, turned.height // 2), Image.Resampling.BOX)
    packed = BytesIO()
    turned.save(packed, "JPEG", quality=75)
    path = folder / "paper.jpg"
    path.write_bytes(packed.getvalue())
    return tuple(code.text for code in decode_image_file(path, appraise=_appraise))


def _means(paper: Paper, texts: tuple[str, ...]) -> bool:
    meant = most_useful(texts)
    return len(meant) == 1 and appraise(meant[0]).meaning == appraise(paper.dossier).meaning
