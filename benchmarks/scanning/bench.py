"""The bench `scanning`: what is read of camera frames and Vietnamese text, never wrongly, and how soon a scan is on the screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Any, Final

import cv2
from numpy.random import default_rng
from pyzbar import pyzbar

from benchmarks.figures import Bar, Figure, Sheet
from benchmarks.place import BenchSkippedError, Place
from benchmarks.scanning import payloads, symbols
from benchmarks.scanning.desk import note_desk
from benchmarks.scanning.papers import ANGLES, PAPERS, note_papers, note_useless_code
from benchmarks.scanning.sets import JUDGED, KINDS, TOLD, Kind, empty_frames, shots
from benchmarks.scanning.symbols import Picture
from drivers.errors import DeviceError
from drivers.scanners.decoding.codes import KIOSK
from drivers.scanners.decoding.engines import Engine, installed
from drivers.scanners.decoding.ladder import decode_still
from drivers.scanners.decoding.live import LiveDecoder

BARS: Final[Mapping[str, Bar]] = {
    "QR, 2 to 4 px a module: read": Bar(at_least=97),
    "Code 128, 1.5 to 4 px a module: read": Bar(at_least=97),
    "wrong texts": Bar(at_most=0),
    "card lines read right": Bar(at_least=100),
    "names read right": Bar(at_least=100),
    "median as a multiple of pyzbar's": Bar(at_most=0.6),
    "papers of two to four codes, file: the dossier": Bar(at_least=100),
    "papers of two to four codes, still: the dossier": Bar(at_least=100),
    "papers of two to four codes, live: the dossier": Bar(at_least=100),
    "papers of two to four codes, live: scans each": Bar(at_least=1, at_most=1),
    "useless code in sight: CPU against an empty view": Bar(at_most=1.2),
    "terminator to painted dossier: p50 against a bare label": Bar(at_most=20),
    "terminator to painted dossier: p99 against p50": Bar(at_most=5),
}

FRAMES: Final = 20  # of each kind under each condition that is judged
TOLD_FRAMES: Final = 14
EMPTY_FRAMES: Final = 12
TEXTS: Final = 1_000
_plain_pyzbar: Final[Any] = pyzbar.decode
_MODULE_PIXELS: Final = 4
_SEED: Final = 1_042


@dataclass(slots=True)
class Tally:
    """What one reader made of many frames: whether each was read right, how many wrong texts came, and the times."""

    right: list[bool] = field(default_factory=list)
    wrong: int = 0
    times_ms: list[float] = field(default_factory=list)

    def count(self, wanted: str, got: list[str], began: float) -> None:
        """Note what was read of one frame since `began`."""
        self.times_ms.append((perf_counter() - began) * 1e3)
        self.right.append(wanted in got)
        self.wrong += sum(text != wanted for text in got)

    def add(self, other: "Tally") -> None:
        """Take in the frames of another set."""
        self.right += other.right
        self.wrong += other.wrong
        self.times_ms += other.times_ms

    @property
    def share(self) -> float:
        """Per cent read right."""
        return 100 * sum(self.right) / len(self.right)


@dataclass(slots=True)
class Pair:
    """The suite's decoder, and plain pyzbar on the same frames."""

    ours: Tally = field(default_factory=Tally)
    plain: Tally = field(default_factory=Tally)

    def look(self, wanted: str, picture: Picture) -> None:
        """Both read one frame, one after the other."""
        began = perf_counter()
        codes = decode_still(picture)
        self.ours.count(wanted, [code.text for code in codes], began)
        began = perf_counter()
        found = _plain_pyzbar(picture)
        self.plain.count(wanted, [each.data.decode("utf-8", "replace") for each in found], began)

    def add(self, other: "Pair") -> None:
        """Take in another set."""
        self.ours.add(other.ours)
        self.plain.add(other.plain)


async def measure(place: Place) -> tuple[Figure, ...]:
    """Frames of every kind under every condition, pages without a code, and clean codes with Vietnamese text."""
    try:
        engines = installed()
    except DeviceError as missing:
        raise BenchSkippedError(str(missing)) from missing
    sheet = Sheet("scanning", BARS)
    judged, wrong, wrong_plain = Pair(), 0, 0
    for kind in KINDS:
        place.say(f"{kind.name}: frames of 1280×720")
        pair = _kind(sheet, kind, tuple(JUDGED), FRAMES)
        name = f"{kind.name}, {kind.smallest:g} to 4 px a module: read"
        sheet.note(name, pair.ours.share, "%", pair.plain.share)
        judged.add(pair)
        told = _kind(sheet, kind, tuple(TOLD), TOLD_FRAMES)
        wrong += pair.ours.wrong + told.ours.wrong
        wrong_plain += pair.plain.wrong + told.plain.wrong
    empty = Pair()
    for picture in empty_frames(EMPTY_FRAMES):
        empty.look("", picture)
    sheet.note("wrong texts", wrong + empty.ours.wrong, "", wrong_plain + empty.plain.wrong)
    ours, plain = median(judged.ours.times_ms), median(judged.plain.times_ms)
    sheet.note("frame with a code: median", ours, "ms", plain)
    sheet.note("median as a multiple of pyzbar's", ours / plain, "×")
    _note_empty(sheet, empty)
    place.say(f"{PAPERS} papers of several codes × {ANGLES} angles, as file, still frame and live")
    note_papers(sheet, place.folder)
    note_useless_code(sheet)
    place.say(f"{TEXTS:,} card lines, {TEXTS:,} names")
    _fidelity(sheet, engines)
    await note_desk(sheet, place)
    return sheet.figures()


def _kind(sheet: Sheet, kind: Kind, conditions: tuple[str, ...], count: int) -> Pair:
    whole = Pair()
    for condition in conditions:
        pair = Pair()
        for shot in shots(kind, condition, count):
            pair.look(shot.text, shot.picture)
        sheet.note(f"{kind.name}, {condition}", pair.ours.share, "%", pair.plain.share)
        whole.add(pair)
    return whole


def _note_empty(sheet: Sheet, empty: Pair) -> None:
    """A still without a code takes the whole ladder, a frame of live video one heavier step of it."""
    plain = median(empty.plain.times_ms)
    sheet.note("page without a code, still: median", median(empty.ours.times_ms), "ms", plain)
    live, times = LiveDecoder(), list[float]()
    for picture in empty_frames(EMPTY_FRAMES):
        began = perf_counter()
        live.look(picture)
        times.append((perf_counter() - began) * 1e3)
    sheet.note("page without a code, live: median", median(times), "ms", plain)
    sheet.note("page without a code, live: slowest", max(times), "ms", plain)


def _fidelity(sheet: Sheet, engines: tuple[Engine, ...]) -> None:
    """Clean codes without an ECI for their bytes: whatever goes wrong here, the charset did."""
    for what, made in (("card lines", payloads.card_line), ("names", payloads.name)):
        chance = default_rng([_SEED, len(what)])
        ours = plain = 0
        each_engine = dict.fromkeys((engine.name for engine in engines), 0)
        for _ in range(TEXTS):
            text = made(chance)
            picture = _large(symbols.qr(text, chance))
            ours += [code.text for code in decode_still(picture)] == [text]
            plain += [found.data.decode("utf-8", "replace") for found in _plain_pyzbar(picture)] == [text]  # fmt: skip
            for engine in engines:
                each_engine[engine.name] += [code.text for code in engine.read(picture, KIOSK)] == [text]  # fmt: skip
        sheet.note(f"{what} read right", 100 * ours / TEXTS, "%", 100 * plain / TEXTS)
        for name, right in each_engine.items():
            sheet.note(f"{what} read right, {name} alone", 100 * right / TEXTS, "%")


def _large(symbol: Picture) -> Picture:
    size = (symbol.shape[1] * _MODULE_PIXELS, symbol.shape[0] * _MODULE_PIXELS)
    return cv2.resize(symbol, size, interpolation=cv2.INTER_NEAREST).astype("uint8")
