"""Subprocess with limits that decodes a file which a person hands over, so that a hostile file can only harm that process."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from drivers.scanners.decoding.image_file_reasons import ImageFileError, ImageFileReason

log = logging.getLogger("device.decoder")

READER: Final = "drivers.scanners.decoding.reader_process"
LARGEST_ANSWER: Final = 1 << 20
"""Bytes; the kernel lets the reader write no more."""

_LAST_WAIT: Final = 1.0
"""Timeout (s) for a killed process to end; one blocked in a dead network drive is left to the kernel."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one file: timeout (s), and memory (bytes) beyond what the worker process itself takes."""

    seconds: float = 10.0
    memory: int = 1 << 30


USUAL: Final = Limits()


class FileReading:
    """One file, read once: `texts` does it and waits for it, `abandon` ends it from another thread."""

    def __init__(self, path: Path, limits: Limits = USUAL) -> None:
        self._path = path
        self._limits = limits
        self._lock = threading.Lock()
        self._abandoned = False
        self._process: subprocess.Popen[bytes] | None = None

    def texts(self) -> tuple[str, ...]:
        """The texts of the codes in the order of the pages; exception `ImageFileError` if nothing can be decoded."""
        # A file instead of a pipe: its size has a limit and no thread has to drain it. In memory: a card's text is not stored.
        with os.fdopen(os.memfd_create("codes"), "w+b") as answer:
            process = self._begin(answer)
            try:
                # The path goes over stdin: everybody sees a command line, and a file's name may name a citizen.
                process.communicate(os.fsencode(self._path), self._limits.seconds)
            except subprocess.TimeoutExpired as error:
                raise ImageFileError(ImageFileReason.TAKES_TOO_LONG) from error
            finally:
                _end(process)
            if process.returncode == -signal.SIGXCPU:
                raise ImageFileError(ImageFileReason.TAKES_TOO_LONG)
            if process.returncode != 0:
                log.warning("the reader of a file ended with %s", process.returncode)
                raise ImageFileError(ImageFileReason.READER_CRASHED)
            answer.seek(0)
            return texts_of(answer.read())

    def abandon(self) -> None:
        """Kill the worker process, or keep it from starting."""
        with self._lock:
            self._abandoned = True
            if self._process is not None:
                self._process.kill()

    def _begin(self, answer: IO[bytes]) -> subprocess.Popen[bytes]:
        most = (self._limits.memory, round(self._limits.seconds) + 1, LARGEST_ANSWER)
        command = [sys.executable, "-I", "-m", READER, *map(str, most)]
        with self._lock:
            if self._abandoned:
                raise ImageFileError(ImageFileReason.READER_CRASHED)
            try:
                self._process = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=answer, stderr=subprocess.DEVNULL
                )
            except OSError as error:
                raise ImageFileError(ImageFileReason.READER_CRASHED) from error
            return self._process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_LAST_WAIT)


def texts_of(answer: bytes) -> tuple[str, ...]:
    """Parse the answer of the worker process, validated like any input: it has handled a file of unknown origin."""
    try:
        told = json.loads(answer)
        reason = ImageFileReason(told["refused"]) if "refused" in told else None
        texts = tuple(str(text) for text in told.get("codes", ()))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ImageFileError(ImageFileReason.READER_CRASHED) from error
    if reason is not None:
        raise ImageFileError(reason)
    return texts
