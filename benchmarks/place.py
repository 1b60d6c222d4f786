"""Where a bench runs and how it speaks: a folder on a real disk, what that disk can do, and the errors that end a bench."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


class BenchSkippedError(Exception):
    """The machine lacks what the bench needs. Scenario: no Chromium on a server. The message is the reason."""


class BenchFailedError(Exception):
    """The bench could not measure. Scenarios: the hub process did not start within its timeout, a device was refused, a page stayed silent."""


@dataclass(frozen=True, slots=True)
class Place:
    """Made by the runner for each bench; the folder is empty at first and removed afterwards. `against` is another checkout of
    this repository, for the bench that compares two."""

    folder: Path
    fsync_ms: float
    say: Callable[[str], None]
    against: Path | None = None


def root_folder() -> Path:
    """Where benches make their folders. /var/tmp and not /tmp, which is memory on many systems: there fsync costs nothing."""
    return Path(os.environ.get("TMPDIR", "/var/tmp"))
