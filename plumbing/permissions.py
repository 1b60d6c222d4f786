"""Permissions of files: who owns one that this process may not use, for an error that names the remedy."""

import os
import pwd
from collections.abc import Mapping
from pathlib import Path


def denial(file: Path, mode: int) -> Mapping[str, str] | None:
    """Names of the file, its owner and the user of this process, if the file or the nearest folder above it that there is
    forbids `mode` (`os.R_OK`, `os.W_OK`); None if it does not."""
    there = next((place for place in (file, *file.absolute().parents) if _exists(place)), None)
    if there is None or os.access(there, mode, effective_ids=True):
        return None
    return {"file": str(there), "owner": _name(there.stat().st_uid), "user": _name(os.geteuid())}


def _exists(place: Path) -> bool:
    """Whether something is there, as far as this user may see."""
    try:
        place.stat()
    except OSError:
        return False
    return True


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
