"""Reader of dropped files, one at a time: each in a subprocess of its own, which a thread waits for."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from counter_terminal.desk.events import FileRead, FileRefused
from drivers.protocols import Alike, Appraisal
from drivers.scanners.decoding.file_reading import USUAL, FileReading, Limits
from drivers.scanners.decoding.image_file_reasons import ImageFileError, ImageFileReason

LONGEST_GOODBYE: Final = 2.0
"""Seconds that the program's end waits for the thread of a file; it ends with the process."""


class DroppedFiles:
    """Made by the composition root; `deliver` is called in the file's thread, and never after `end`."""

    def __init__(
        self, deliver: Callable[[FileRead | FileRefused], None], limits: Limits = USUAL
    ) -> None:
        self._deliver = deliver
        self._limits = limits
        self._appraise: Appraisal = Alike
        self._lock = threading.Lock()
        self._reading = self._ended = False
        self._file: FileReading | None = None
        self._thread: threading.Thread | None = None

    def rank_by(self, appraise: Appraisal) -> None:
        """Read each file until a code comes that `appraise` ranks highest. Called before any file."""
        self._appraise = appraise

    def read(self, path: Path) -> bool:
        """Begin with this file; False while another is being read. Called in one thread only."""
        with self._lock:
            if self._reading:
                return False
            self._reading = True
        self._file = FileReading(path, self._limits, self._appraise)
        self._thread = threading.Thread(
            target=self._look, args=(self._file,), name="dropped-file", daemon=True
        )
        self._thread.start()
        return True

    def end(self) -> None:
        """Deliver nothing any more; a file that is being read is given up."""
        with self._lock:
            self._ended = True
        if self._file is not None:
            self._file.abandon()
        if self._thread is not None:
            self._thread.join(LONGEST_GOODBYE)

    def _look(self, file: FileReading) -> None:
        found: FileRead | FileRefused = FileRefused(ImageFileReason.READER_CRASHED)
        try:
            found = FileRead(file.texts())
        except ImageFileError as error:
            found = FileRefused(error.reason)
        finally:
            # Whatever has happened to the reader, the officer is not left with "being read".
            with self._lock:
                self._reading = False
                if not self._ended:
                    self._deliver(found)
