"""Files that hold what is not for everybody on the machine: made readable by their owner only (mode 0600)."""

import os
import stat
from pathlib import Path
from typing import Final, TextIO

_OWNER_ONLY: Final = 0o600


def open_private(
    file: Path, mode: str = "w", encoding: str = "utf-8", newline: str | None = None
) -> TextIO:
    """Open a text file for writing, readable by its owner only, also where it was there before with another mode. A
    device or a pipe is left as it is. Raises OSError."""
    stream: TextIO = open(file, mode, encoding=encoding, newline=newline, opener=_made_private)  # type: ignore[assignment]  # noqa: SIM115 - the caller closes it
    if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        os.fchmod(stream.fileno(), _OWNER_ONLY)
    return stream


def _made_private(path: str, flags: int) -> int:
    return os.open(path, flags, _OWNER_ONLY)
