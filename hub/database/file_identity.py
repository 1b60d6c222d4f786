"""The files of a database on this machine: whether they are still those that were opened.

A file that was removed or replaced goes on to exist for the program that has it open. What is committed to it then is
nowhere when that program ends.
"""

import os
from typing import Final

from sqlalchemy import URL

_LOG: Final = "-wal"


class FileIdentity:
    """Kept by the journal, and looked at before each commit. Databases elsewhere have none."""

    def __init__(self, url: URL) -> None:
        path = url.database if url.get_backend_name() == "sqlite" else None
        self._files = (path, f"{path}{_LOG}") if path and path != ":memory:" else ()
        self._known: dict[str, tuple[int, int]] = {}

    def missing(self) -> str | None:
        """The file that is not where it was opened, None where all are. A file is known from the first look that finds it."""
        for file in self._files:
            found = _identity(file)
            if found is not None:
                known = self._known.setdefault(file, found)
                if found != known:
                    return file
            elif file in self._known:
                return file
        return None

    def forget_log(self) -> None:
        """No connection is held: the write-ahead log may go and come again."""
        self._known = {file: found for file, found in self._known.items() if file[-4:] != _LOG}


def _identity(file: str) -> tuple[int, int] | None:
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_dev, found.st_ino
