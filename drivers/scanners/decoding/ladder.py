"""Decoding ladder for a still: treatments one after the other, cheap ones first, until a code of use is read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drivers.protocols import Alike, Appraisal
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
    image: NDArray[Any],
    expected: Expected = KIOSK,
    engines: Sequence[Engine] | None = None,
    appraise: Appraisal = Alike,
) -> tuple[Code, ...]:
    """The codes in a grey, BGR or BGRA picture, up to the first step that reads one of the best worth; empty without any."""
    return tuple(chain.from_iterable(readings(image, expected, engines, appraise)))


def readings(
    image: NDArray[Any],
    expected: Expected = KIOSK,
    engines: Sequence[Engine] | None = None,
    appraise: Appraisal = Alike,
) -> Iterator[tuple[Code, ...]]:
    """What each step of the ladder reads that no earlier one has read, as soon as it is read."""
    engines = installed() if engines is None else engines
    subject = Subject(image, engines[0].squares)
    agreement = Agreement()
    known: dict[str, Code] = {}
    for engine, step in steps(engines, expected):
        seen = uncontradicted((*known.values(), *read(subject, engine, step, expected)))
        new = tuple(code for code in agreement.believed(seen) if code.text not in known)
        if new:
            yield new
        if is_best(new, appraise):
            return
        known.update((code.text, code) for code in new)


def is_best(codes: Iterable[Code], appraise: Appraisal) -> bool:
    """Whether one of these codes is of the best worth, so that nothing else has to be looked for."""
    return any(appraise(code.text).is_best for code in codes)


def steps(engines: Sequence[Engine], expected: Expected) -> Iterator[tuple[Engine, Step]]:
    """The steps that these engines can take towards what is expected."""
    named = {engine.name: engine for engine in engines}
    for step in LADDER if ZXING in named else ZBAR_LADDER:
        if step.engine in named and step.reads & expected:
            yield named[step.engine], step


def read(subject: Subject, engine: Engine, step: Step, expected: Expected) -> list[Code]:
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
