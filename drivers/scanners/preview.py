"""Preview buffer between the camera's thread and a screen: it holds the newest picture only and is not a queue."""

import threading
from collections.abc import Callable

from drivers.protocols import Preview, Sight


class NewestPreview:
    """The `Viewer` of one screen. Made by a composition root; it takes no picture until `want` sets the size.

    A new picture replaces one that was not taken. The callback `announce` runs in the camera's thread, once until
    `take`; it only wakes the screen's thread. Nothing is kept: what is taken, or no longer wanted, is dropped.
    """

    def __init__(self, announce: Callable[[], None]) -> None:
        self._announce = announce
        self._lock = threading.Lock()
        self._sight: Sight | None = None
        self._newest: Preview | None = None

    def want(self, sight: Sight | None) -> None:
        """Set the size that pictures have to fit; None stops them."""
        with self._lock:
            self._sight = sight
            if sight is None:
                self._newest = None

    def wanted(self) -> Sight | None:
        """See `Viewer`."""
        return self._sight

    def show(self, preview: Preview) -> None:
        """See `Viewer`."""
        with self._lock:
            if self._sight is None:
                return
            waiting, self._newest = self._newest is not None, preview
        if not waiting:
            self._announce()

    def take(self) -> Preview | None:
        """The newest picture, once; None if it is not wanted any more."""
        with self._lock:
            taken, self._newest = self._newest, None
        return taken
