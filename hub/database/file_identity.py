"""Identity check of the database files by device and inode: removed or replaced while a process has them open.

Such a file goes on to exist for the process that has it open. What is committed to it is lost when that process ends.
"""

import os
from typing import Final

from sqlalchemy import URL

_LOG: Final = "-wal"


class FileIdentity:
    """Created by the journal and checked before each commit. A database on another machine has no files to check."""

    def __init__(self, url: URL) -> None:
        path = url.database if url.get_backend_name() == "sqlite" else None
        self._files = (path, f"{path}{_LOG}") if path and path != ":memory:" else ()
        self._known: dict[str, tuple[int, int]] = {}

    def missing(self) -> str | None:
        """The file that was removed or replaced, None if there is none. A file is known from the first check that finds it."""
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
        """Without a connection the write-ahead log may be removed and created again by SQLite."""
        self._known = {file: found for file, found in self._known.items() if file[-4:] != _LOG}


def _identity(file: str) -> tuple[int, int] | None:
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_dev, found.st_ino
