"""File lock (flock) of the data directory: one process at a time, the hub on its journal or a technician's command
that changes it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hub.errors import HubError, HubProblem


@contextmanager
def lock_data_dir(folder: Path) -> Iterator[None]:
    """Hold the lock for the time of a block. The kernel releases it however the process ends.

    Raises HubError if another process holds it.
    """
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as problem:
        raise HubError(HubProblem.NO_JOURNAL, {"folder": str(folder)}) from problem
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise HubError(HubProblem.DATA_IN_USE, {"folder": str(folder)}) from problem
        yield
    finally:
        os.close(handle)
