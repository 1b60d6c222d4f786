"""Decoder of live video: the quick step on every frame, and one heavier step of the ladder per frame in turn."""

from collections.abc import Sequence
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.protocols import Alike, Appraisal
from drivers.scanners.decoding.codes import KIOSK, Agreement, Code, Expected
from drivers.scanners.decoding.engines import Engine, installed
from drivers.scanners.decoding.ladder import Step, is_best, read, steps
from drivers.scanners.decoding.pictures import Picture
from drivers.scanners.decoding.stages import Subject

ROUNDS: Final = 3
"""So often the heavier steps are taken in a picture that stays the same, with the same codes of little worth in it."""

_THUMB: Final = (32, 18)
_CHANGED: Final = 10
"""Grey levels in one field of the thumbnail; a sensor's grain averages out in it, a paper that comes or goes does not."""

_FAILURES: Final = 3

Taken = tuple[Engine, Step]


class LiveDecoder:
    """Looks at the frames of one camera, one after the other; belongs to one thread.

    A code of the best worth ends the search in its frame. With lesser ones in sight it goes on, a step a frame as in an
    empty view, until the picture that shows them has been tried enough.
    """

    def __init__(
        self,
        expected: Expected = KIOSK,
        engines: Sequence[Engine] | None = None,
        appraise: Appraisal = Alike,
    ) -> None:
        self._expected = expected
        self._appraise = appraise
        self._first, *heavier = steps(installed() if engines is None else engines, expected)
        self._heavier = tuple(each for each in heavier if not each[1].still_only)
        self._turn = 0
        self._agreement = Agreement()
        self._scene = Scene()
        self._tried = 0
        self._texts: set[str] = set()
        self._good_step: Taken | None = None
        self._failures = 0
        self.heavier_looks = 0

    @property
    def is_still(self) -> bool:
        """Whether the last frame shows what the one before it showed."""
        return self._scene.is_still

    @property
    def round(self) -> int:
        """So many heavier looks take every step once."""
        return len(self._heavier)

    def look(self, frame: NDArray[Any]) -> tuple[Code, ...]:
        """What the quick engine reads, and where that is not of the best worth, what the heavier step that is due reads."""
        subject = Subject(frame)
        self._agreement.next_picture()
        self._scene.see(subject.picture)
        codes = self._believed(subject, self._first)
        if is_best(codes, self._appraise) or self._was_tried(codes):
            return codes
        return self._with_heavier(subject, codes)

    def _with_heavier(self, subject: Subject, codes: tuple[Code, ...]) -> tuple[Code, ...]:
        taken = self._good_step or self._due()
        more = self._believed(subject, taken)
        self.heavier_looks += 1
        self._tried += 1
        if is_best(more, self._appraise):
            # It will read the next frame of this paper too: a code in sight is then seen all the time.
            self._good_step, self._failures = taken, 0
        elif self._good_step is not None:
            self._failures += 1
            if self._failures == _FAILURES:
                self._good_step = None
        known = {code.text for code in codes}
        return (*codes, *(code for code in more if code.text not in known))

    def _due(self) -> Taken:
        taken = self._heavier[self._turn]
        self._turn = (self._turn + 1) % len(self._heavier)
        return taken

    def _was_tried(self, codes: tuple[Code, ...]) -> bool:
        """Whether these codes in this picture have had their rounds. An empty view is looked at all the time."""
        texts = {code.text for code in codes}
        if not self._scene.is_still or not texts <= self._texts:
            self._tried, self._texts = 0, texts
        return bool(texts) and self._tried >= ROUNDS * len(self._heavier)

    def _believed(self, subject: Subject, taken: Taken) -> tuple[Code, ...]:
        engine, step = taken
        return self._agreement.believed(read(subject, engine, step, self._expected))


class Scene:
    """Notices whether a camera's picture changes, by a thumbnail: a few hundredths of what the quick step costs."""

    def __init__(self) -> None:
        self._seen: NDArray[np.float32] | None = None
        self.is_still = False

    def see(self, picture: Picture) -> None:
        """Take the next picture. Light that changes everywhere alike is not a change."""
        if 0 in picture.shape:
            self._seen, self.is_still = None, False
            return
        small = cv2.resize(picture, _THUMB, interpolation=cv2.INTER_AREA).astype(np.float32)
        fields = small - small.mean()
        before = self._seen
        self.is_still = before is not None and float(np.abs(fields - before).max()) < _CHANGED
        if not self.is_still:
            self._seen = fields
