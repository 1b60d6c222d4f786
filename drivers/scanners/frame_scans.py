"""Scans from the frames of one camera: decoder and debouncing put together, without the camera."""

import time
from collections.abc import Callable
from typing import Any

from numpy.typing import NDArray

from drivers.protocols import Alike, Appraisal, Scan
from drivers.scanners.decoding.live import LiveDecoder
from drivers.scanners.presentation import CAMERA, Presentation


class FrameScans:
    """Takes frames one by one; one presentation of a paper is one scan. Belongs to one thread."""

    def __init__(
        self, appraise: Appraisal = Alike, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._decoder = LiveDecoder(appraise=appraise)
        self._presentation = Presentation(appraise, CAMERA, clock)
        self._settles_at: int | None = None

    def look(self, frame: NDArray[Any]) -> Scan | None:
        """Decode a frame; the scan that is to be handed over after it."""
        codes = self._decoder.look(frame)
        self._presentation.see(
            (Scan(code.text, code.symbology) for code in codes), still=self._decoder.is_still
        )
        return self._presentation.take(settled=self._is_settled())

    def waited(self) -> Scan | None:
        """No frame has come for a while: the scan whose wait for a better code is over."""
        return self._presentation.take()

    def _is_settled(self) -> bool:
        """Whether every step has had its turn since a code began to wait for a better one beside it."""
        if not self._presentation.is_waiting:
            self._settles_at = None
        elif self._settles_at is None:
            self._settles_at = self._decoder.heavier_looks + self._decoder.round
        return self._settles_at is not None and self._decoder.heavier_looks >= self._settles_at
