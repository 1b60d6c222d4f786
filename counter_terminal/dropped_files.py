"""Reads the codes of a dropped file in a thread of its own, one file at a time."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from counter_terminal.desk.events import FileRead, FileRefused
from drivers.scanners.decoding.image_file import decode_image_file
from drivers.scanners.decoding.image_file_reasons import ImageFileError, ImageFileReason

LONGEST_GOODBYE: Final = 2.0
"""Seconds that the program's end waits for a file; its thread ends with the process."""


class DroppedFiles:
    """Made by the composition root; `deliver` is called in the file's thread, and never after `end`."""

    def __init__(self, deliver: Callable[[FileRead | FileRefused], None]) -> None:
        self._deliver = deliver
        self._lock = threading.Lock()
        self._reading = self._ended = False
        self._thread: threading.Thread | None = None

    def read(self, path: Path) -> bool:
        """Begin with this file; False while another is being read. Called in one thread only."""
        with self._lock:
            if self._reading:
                return False
            self._reading = True
        self._thread = threading.Thread(
            target=self._look, args=(path,), name="dropped-file", daemon=True
        )
        self._thread.start()
        return True

    def end(self) -> None:
        """Deliver nothing any more."""
        with self._lock:
            self._ended = True
        if self._thread is not None:
            self._thread.join(LONGEST_GOODBYE)

    def _look(self, path: Path) -> None:
        found: FileRead | FileRefused = FileRefused(ImageFileReason.UNREADABLE)
        try:
            found = FileRead(tuple(code.text for code in decode_image_file(path)))
        except ImageFileError as error:
            found = FileRefused(error.reason)
        finally:
            # Whatever has happened to the decoder, the officer is not left with "being read".
            with self._lock:
                self._reading = False
                if not self._ended:
                    self._deliver(found)
