"""Decoding ladder: a still goes through all steps, cheap ones first; live video through one heavier step per frame in turn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drivers.scanners.decoding import stages
from drivers.scanners.decoding.codes import (
    KIOSK,
    Agreement,
    Code,
    Corners,
    Expected,
    Symbology,
    uncontradicted,
)
from drivers.scanners.decoding.engines import ZBAR, ZXING, Engine, installed
from drivers.scanners.decoding.stages import Look, Stage, Subject

_ALL: Final[Expected] = frozenset(Symbology)
_QR: Final[Expected] = frozenset({Symbology.QR})
_LINEAR: Final[Expected] = _ALL - _QR
_SMALLEST_SIDE: Final = 8


@dataclass(frozen=True, slots=True)
class Step:
    """One treatment read by one engine, and what it is there for."""

    engine: str
    stage: Stage
    reads: Expected = _ALL
    still_only: bool = False


LADDER: Final = (
    Step(ZXING, stages.plain),
    Step(ZXING, stages.upright, _LINEAR),
    Step(ZBAR, stages.upright_soft, _LINEAR),
    Step(ZXING, stages.upright_inverted, _LINEAR),
    Step(ZXING, stages.enlarged),
    Step(ZXING, stages.upright_smoothed, _LINEAR),
    Step(ZXING, stages.upright_thresholded, _LINEAR),
    Step(ZXING, stages.upright_coarse, _LINEAR),
    Step(ZXING, stages.upright_tripled, _LINEAR),
    Step(ZBAR, stages.upright_smoothed, _LINEAR),
    Step(ZXING, stages.sharpened),
    Step(ZXING, stages.flattened, _QR, still_only=True),
    Step(ZBAR, stages.plain_unless_large),
    Step(ZXING, stages.thresholded),
    Step(ZXING, stages.denoised),
    Step(ZXING, stages.refocused),
    Step(ZXING, stages.halved, still_only=True),
    Step(ZBAR, stages.thresholded, still_only=True),
    Step(ZBAR, stages.enlarged, still_only=True),
)
"""Ordered by what a step reads for its time on the frames of `benchmarks/scanning`. zxing-cpp inverts QR codes itself."""

ZBAR_LADDER: Final = (
    Step(ZBAR, stages.plain),
    Step(ZBAR, stages.upright_soft, _LINEAR),
    Step(ZBAR, stages.upright, _LINEAR),
    Step(ZBAR, stages.thresholded),
    Step(ZBAR, stages.inverted),
    Step(ZBAR, stages.upright_soft_inverted, _LINEAR),
    Step(ZBAR, stages.thresholded_inverted),
    Step(ZBAR, stages.enlarged),
    Step(ZBAR, stages.denoised),
)
"""Where zxing-cpp is missing."""


def decode_still(
    image: NDArray[Any], expected: Expected = KIOSK, engines: Sequence[Engine] | None = None
) -> tuple[Code, ...]:
    """Every code that the first successful step reads in a grey, BGR or BGRA picture; empty where no step reads any."""
    engines = installed() if engines is None else engines
    subject = Subject(image, engines[0].squares)
    agreement = Agreement()
    for engine, step in _steps(engines, expected):
        if codes := agreement.believed(_read(subject, engine, step, expected)):
            return codes
    return ()


class LiveDecoder:
    """Looks at the frames of one camera, one after the other; belongs to one thread."""

    def __init__(self, expected: Expected = KIOSK, engines: Sequence[Engine] | None = None) -> None:
        self._expected = expected
        steps = tuple(_steps(installed() if engines is None else engines, expected))
        self._first = steps[0]
        self._heavier = tuple(each for each in steps[1:] if not each[1].still_only)
        self._turn = 0
        self._agreement = Agreement()

    def look(self, frame: NDArray[Any]) -> tuple[Code, ...]:
        """What the quick engine reads, else what the heavier step that is due reads."""
        subject = Subject(frame)
        self._agreement.next_picture()
        if codes := self._believed(subject, *self._first):
            return codes
        engine, step = self._heavier[self._turn]
        self._turn = (self._turn + 1) % len(self._heavier)
        return self._believed(subject, engine, step)

    def _believed(self, subject: Subject, engine: Engine, step: Step) -> tuple[Code, ...]:
        return self._agreement.believed(_read(subject, engine, step, self._expected))


def _steps(engines: Sequence[Engine], expected: Expected) -> Iterator[tuple[Engine, Step]]:
    """The steps that these engines can take towards what is expected."""
    named = {engine.name: engine for engine in engines}
    for step in LADDER if ZXING in named else ZBAR_LADDER:
        if step.engine in named and step.reads & expected:
            yield named[step.engine], step


def _read(subject: Subject, engine: Engine, step: Step, expected: Expected) -> list[Code]:
    if min(subject.picture.shape) < _SMALLEST_SIDE:
        return []
    found = [
        replace(code, corners=_led_back(code.corners, look, subject))
        for look in step.stage(subject)
        for code in engine.read(look.picture, step.reads & expected)
        if code.kind is Symbology.QR or _height(code) >= look.least_height
    ]
    return uncontradicted(found)


def _height(code: Code) -> float:
    _, top, _, bottom = code.box
    return bottom - top


def _led_back(corners: Corners, look: Look, subject: Subject) -> Corners:
    matrix = look.back / subject.shrunk
    points = np.array([(x, y, 1.0) for x, y in corners]).reshape(-1, 3) @ matrix.T
    return tuple((float(x), float(y)) for x, y in points)
