"""Subprocess with limits that decodes a file which a person hands over, so that a hostile file can only harm that process."""

import json
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

from drivers.protocols import Alike, Appraisal
from drivers.scanners.decoding.image_file_reasons import ImageFileError, ImageFileReason

log = logging.getLogger("device.decoder")

READER: Final = "drivers.scanners.decoding.reader_process"
LARGEST_ANSWER: Final = 1 << 20
"""Bytes that are taken from the worker process."""

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

    def __init__(self, path: Path, limits: Limits = USUAL, appraise: Appraisal = Alike) -> None:
        self._path = path
        self._limits = limits
        self._appraise = appraise
        self._lock = threading.Lock()
        self._abandoned = False
        self._process: subprocess.Popen[bytes] | None = None

    def texts(self) -> tuple[str, ...]:
        """The texts of the codes in the order of the pages, up to one of the best worth.

        What was read is kept where the limits, or a damaged later page, end the reading; `ImageFileError` if nothing was.
        """
        process = self._begin()
        found: list[str] = []
        try:
            for texts in self._lines(process):
                found += texts
                if any(self._appraise(text).is_best for text in texts):
                    break
        except ImageFileError:
            if not found:
                raise
        finally:
            _end(process)
        return tuple(dict.fromkeys(found))

    def abandon(self) -> None:
        """Kill the worker process, or keep it from starting."""
        with self._lock:
            self._abandoned = True
            if self._process is not None:
                self._process.kill()

    def _lines(self, process: subprocess.Popen[bytes]) -> Iterator[tuple[str, ...]]:
        """What each line of the worker process holds, up to its last one."""
        end = time.monotonic() + self._limits.seconds
        stdin, stdout = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
        with suppress(BrokenPipeError):
            # The path goes over stdin: everybody sees a command line, and a file's name may name a citizen.
            stdin.write(os.fsencode(self._path))
            stdin.close()
        for line in lines_of(stdout, end):
            texts = texts_of(line)
            if texts is None:
                return
            yield texts
        raise self._broken_off(process)

    def _broken_off(self, process: subprocess.Popen[bytes]) -> ImageFileError:
        """Why the worker process has not come to its end."""
        process.wait()
        if process.returncode == -signal.SIGXCPU:
            return ImageFileError(ImageFileReason.TAKES_TOO_LONG)
        log.warning("the reader of a file ended with %s", process.returncode)
        return ImageFileError(ImageFileReason.READER_CRASHED)

    def _begin(self) -> subprocess.Popen[bytes]:
        most = (self._limits.memory, round(self._limits.seconds) + 1)
        command = [sys.executable, "-I", "-m", READER, *map(str, most)]
        with self._lock:
            if self._abandoned:
                raise ImageFileError(ImageFileReason.READER_CRASHED)
            try:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            except OSError as error:
                raise ImageFileError(ImageFileReason.READER_CRASHED) from error
            return self._process


def lines_of(pipe: IO[bytes], end: float) -> Iterator[bytes]:
    """Whole lines as they come, until the pipe ends; `ImageFileError` at the moment `end` or beyond the largest answer."""
    taken, rest = 0, b""
    while taken <= LARGEST_ANSWER:
        left = end - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise ImageFileError(ImageFileReason.TAKES_TOO_LONG)
        piece = os.read(pipe.fileno(), 1 << 16)
        if not piece:
            return
        taken += len(piece)
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_LAST_WAIT)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()


def texts_of(line: bytes) -> tuple[str, ...] | None:
    """Parse a line of the worker process, None for its last one; validated like any input: it has handled a file of unknown
    origin."""
    try:
        told = json.loads(line)
        reason = ImageFileReason(told["refused"]) if "refused" in told else None
        texts = tuple(str(text) for text in told.get("codes", ()))
        is_last = "end" in told
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ImageFileError(ImageFileReason.READER_CRASHED) from error
    if reason is not None:
        raise ImageFileError(reason)
    return None if is_last else texts
