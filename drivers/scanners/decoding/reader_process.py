"""Worker process that decodes one file: its path on stdin, its codes or the reason for none as JSON on stdout.

Arguments: limits of memory (bytes), processor time (s) and answer (bytes).
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Final

import cv2

from drivers.scanners.decoding.engines import installed
from drivers.scanners.decoding.image_file import decode_image_file
from drivers.scanners.decoding.image_file_reasons import ImageFileError, ImageFileReason

MOST_CODES: Final = 50


def main() -> None:
    """Read the file, then end."""
    memory, seconds, answer = map(int, sys.argv[1:])
    path = Path(os.fsdecode(sys.stdin.buffer.read()))
    # One core stays with the officer's window, and the time of the processor is the time on the wall.
    cv2.setNumThreads(1)
    installed()
    _limit(memory, seconds, answer)
    json.dump(_told(path), sys.stdout)


def _limit(memory: int, seconds: int, answer: int) -> None:
    """Set these limits in the kernel; the limit of seconds also ends a worker process whose parent is gone."""
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    # At its first time limit it ends by SIGXCPU, which distinguishes it from a process that a file has crashed.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    for kind, most in (
        (resource.RLIMIT_AS, taken + memory),
        (resource.RLIMIT_FSIZE, answer),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _told(path: Path) -> dict[str, object]:
    try:
        return {"codes": [code.text for code in decode_image_file(path)][:MOST_CODES]}
    except ImageFileError as error:
        return {"refused": error.reason.value}
    except MemoryError:
        return {"refused": ImageFileReason.PICTURE_TOO_LARGE.value}


if __name__ == "__main__":
    main()
