"""Driver of a camera as code scanner: one thread takes pictures into a buffer of one, the reading thread decodes the newest.

Pictures that the decoder has no time for are shown and dropped, so a preview stays live while it works.
"""

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import cv2
from numpy.typing import NDArray

from config.model.devices import CameraScanner as Settings
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import (
    Alike,
    Appraisal,
    DeviceStatus,
    Health,
    Preview,
    Scan,
    Sight,
    Viewer,
)
from drivers.scanners.frame_scans import FrameScans

PATIENCE_SECONDS: Final = 3.0
"""Timeout (s) after which a camera without pictures is lost."""

SWITCH_SECONDS: Final = 0.001
"""How long a thread may keep the interpreter while another waits; Python's own 5 ms are a third of a screen's tick."""
_CLOSING_SECONDS: Final = 5.0

Frame = NDArray[Any]


@dataclass(slots=True)
class _Newest:
    """The last picture and its number; `ended` once no more come."""

    frame: Frame | None = None
    number: int = 0
    ended: bool = False


class CameraScanner:
    """Opens in its constructor. `viewer` is shown each picture that it wants, made small in the camera's own thread."""

    def __init__(
        self,
        settings: Settings,
        device: str,
        viewer: Viewer | None = None,
        *,
        appraise: Appraisal = Alike,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._device = device
        self._viewer = viewer
        self._scans = FrameScans(appraise, clock)
        self._newest = _Newest()
        self._looked_at = 0
        self._pictured = time.monotonic()
        self._condition = threading.Condition()
        self._closing = threading.Event()
        _leave_room_for_the_screen()
        self._capture = _opened(settings, device)
        self._thread = threading.Thread(target=self._take_pictures, name=f"camera-{device}")
        self._thread.daemon = True
        self._thread.start()

    def read(self, deadline: float) -> Scan | None:
        """Decode new pictures for up to `deadline` seconds; DeviceError DISCONNECTED or TIMEOUT when no more arrive."""
        end = time.monotonic() + deadline
        while (frame := self._next(end)) is not None:
            if (scan := self._scans.look(frame)) is not None:
                return scan
        return self._scans.waited()

    def status(self) -> DeviceStatus:
        """READY while pictures come; one that shows no code is a good picture too."""
        with self._condition:
            pictured, ended = self._newest.frame is not None, self._newest.ended
        if ended:
            return DeviceStatus(Health.FAULT, (DeviceReason.DISCONNECTED.value,))
        return DeviceStatus(Health.READY if pictured else Health.UNKNOWN)

    def close(self) -> None:
        """End the thread, which releases the camera."""
        self._closing.set()
        self._thread.join(_CLOSING_SECONDS)

    def _next(self, end: float) -> Frame | None:
        """A picture not looked at yet; None at the deadline."""
        with self._condition:
            newer = self._condition.wait_for(self._has_news, max(0.0, end - time.monotonic()))
            now = time.monotonic()
            if self._newest.ended:
                raise DeviceError(DeviceReason.DISCONNECTED, self._device, "no more pictures")
            if newer:
                self._looked_at, self._pictured = self._newest.number, now
                return self._newest.frame
        if now - self._pictured > PATIENCE_SECONDS:
            raise DeviceError(DeviceReason.TIMEOUT, self._device, "no picture")
        return None

    def _has_news(self) -> bool:
        return self._newest.ended or self._newest.number > self._looked_at

    def _take_pictures(self) -> None:
        try:
            while not self._closing.is_set():
                taken, frame = self._capture.read()
                if not taken:
                    break
                with self._condition:
                    self._newest.frame = frame
                    self._newest.number += 1
                    self._condition.notify_all()
                self._show(frame)
        finally:
            with self._condition:
                self._newest.ended = True
                self._condition.notify_all()
            self._capture.release()

    def _show(self, frame: Frame) -> None:
        if self._viewer is None:
            return
        sight = self._viewer.wanted()
        if sight is not None:
            self._viewer.show(small_picture(frame, sight))


def _leave_room_for_the_screen() -> None:
    """Keep a screen in the same process responsive: it competes with the decoder for a core and for the interpreter lock.

    Process-wide. OpenCV is limited to one thread (on two cores it would take both, for no gain with such pictures), and
    the interpreter switches threads more often.
    """
    cv2.setNumThreads(1)
    sys.setswitchinterval(SWITCH_SECONDS)


def _opened(settings: Settings, device: str) -> cv2.VideoCapture:
    source = settings.source
    try:
        if source.startswith("/"):
            capture = cv2.VideoCapture(source, cv2.CAP_V4L2)
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, settings.width)
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, settings.height)
        else:
            patience = int(PATIENCE_SECONDS * 1000)
            limits = [
                cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
                patience,
                cv2.CAP_PROP_READ_TIMEOUT_MSEC,
                patience,
            ]
            capture = cv2.VideoCapture(source, cv2.CAP_FFMPEG, limits)
    except cv2.error as error:
        raise DeviceError(DeviceReason.FAULT, device, str(error.code)) from error
    if not capture.isOpened():
        capture.release()
        raise DeviceError(DeviceReason.NOT_FOUND, device, _shown(source))
    return capture


def _shown(source: str) -> str:
    """The address of a camera without the password that it may contain."""
    if source.startswith("/"):
        return source
    parts = urlsplit(source)
    return f"{parts.scheme}://{parts.hostname}{parts.path}"


def small_picture(frame: Frame, sight: Sight) -> Preview:
    """A grey or BGR frame, as large as fits and not larger than it is."""
    height, width = frame.shape[:2]
    scale = min(1.0, sight.width / width, sight.height / height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(frame, size, interpolation=cv2.INTER_AREA) if scale < 1 else frame
    if sight.mirrored:
        small = cv2.flip(small, 1)
    code = cv2.COLOR_GRAY2BGRA if small.ndim == 2 else cv2.COLOR_BGR2BGRA
    return Preview(*size, cv2.cvtColor(small, code).data)
