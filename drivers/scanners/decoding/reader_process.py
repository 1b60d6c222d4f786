"""Worker process that decodes one file: its path on stdin; on stdout a line of JSON for each step that has read codes, at
once, and a last one for the end or the reason why there was nothing to look at.

Arguments: limits of memory (bytes) and processor time (s).
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import cv2

from drivers.protocols import Alike
from drivers.scanners.decoding.engines import installed
from drivers.scanners.decoding.image_file import readings_of_file
from drivers.scanners.decoding.image_file_reasons import ImageFileError, ImageFileReason

MOST_CODES: Final = 50


def main() -> None:
    """Read the file, then end."""
    memory, seconds = map(int, sys.argv[1:])
    path = Path(os.fsdecode(sys.stdin.buffer.read()))
    # One core stays with the officer's window, and the time of the processor is the time on the wall.
    cv2.setNumThreads(1)
    installed()
    _limit(memory, seconds)
    for line in _lines(path):
        sys.stdout.write(f"{json.dumps(line)}\n")
        sys.stdout.flush()


def _limit(memory: int, seconds: int) -> None:
    """Set these limits in the kernel; the limit of seconds also ends a worker process whose parent is gone."""
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    # At its first time limit it ends by SIGXCPU, which distinguishes it from a process that a file has crashed.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    for kind, most in (
        (resource.RLIMIT_AS, taken + memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _lines(path: Path) -> Iterator[dict[str, object]]:
    """What is worth most is known to the parent: it ends this process when it has read enough."""
    count = 0
    try:
        for codes in readings_of_file(path, appraise=_go_on):
            yield {"codes": [code.text for code in codes]}
            count += len(codes)
            if count >= MOST_CODES:
                break
        yield {"end": True}
    except ImageFileError as error:
        yield {"refused": error.reason.value}
    except MemoryError:
        yield {"refused": ImageFileReason.PICTURE_TOO_LARGE.value}


def _go_on(text: str) -> Alike:
    return Alike(text, is_best=False)


if __name__ == "__main__":
    main()
