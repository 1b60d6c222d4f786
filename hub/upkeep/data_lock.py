"""One program at a time for what may not be shared: a hub on its journal, or a technician who changes it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hub.errors import HubError, HubProblem


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold the data folder for the time of a block. The system lets go of it however the program ends.

    Raises HubError where another program holds it.
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
