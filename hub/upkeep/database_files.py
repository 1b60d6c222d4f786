"""Files of the hub's database: opened read-only, swapped atomically, and synced to disk before they count."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event, select
from sqlalchemy.exc import SQLAlchemyError

from hub.database.storage import BUSY_TIMEOUT_MS, unusable
from hub.database.tables import journal
from hub.errors import HubError, HubProblem

NAME: Final = "floor.db"
_LOGS: Final = ("-wal", "-shm")


def database_file(data_dir: Path) -> Path:
    """The database of a data folder. Raises HubError if it is missing."""
    file = data_dir / NAME
    if not file.is_file():
        raise HubError(HubProblem.NO_JOURNAL, {"folder": str(data_dir)})
    return file


@contextmanager
def opened_read_only(file: Path) -> Iterator[Engine]:
    """An engine that can only read, for the time of a block; the hub may be running."""
    where = quote(str(file.absolute()))
    engine = create_engine(f"sqlite:///file:{where}?mode=rw&uri=true", hide_parameters=True)
    event.listen(engine, "connect", _only_read)
    try:
        try:
            with engine.connect() as connection:
                connection.execute(select(journal.c.seq).limit(1))
        except SQLAlchemyError as problem:
            raise unusable(f"sqlite:///{file}", problem) from problem
        yield engine
    finally:
        engine.dispose()


def swap_in(new: Path, data_dir: Path, now: datetime) -> Path | None:
    """Make a finished database the one of the folder; returns the path at which the previous one is kept, with its
    log."""
    present = data_dir / NAME
    aside: Path | None = None
    if present.exists():
        aside = data_dir / f"floor-until-{now:%Y%m%d-%H%M%S}.db"
        for log in _LOGS:
            with contextlib.suppress(FileNotFoundError):
                os.replace(f"{present}{log}", f"{aside}{log}")
        os.replace(present, aside)
    os.replace(new, present)
    fsync_path(data_dir)
    return aside


def fsync_path(path: Path) -> None:
    """Wait until a file, or what a folder lists, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(file: Path) -> None:
    """Remove a database with its logs, as far as they exist."""
    for end in ("", *_LOGS, "-journal"):
        Path(f"{file}{end}").unlink(missing_ok=True)


@contextmanager
def write_errors(file: Path) -> Iterator[None]:
    """Turn the system's exceptions in the block into HubError about this file."""
    try:
        yield
    except OSError as problem:
        data = {"file": str(file), "reason": problem.strerror or str(problem)}
        raise HubError(HubProblem.FILE_UNWRITABLE, data) from problem


def _only_read(connection: Any, _record: object) -> None:
    for setting in ("query_only=ON", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {setting}").close()
