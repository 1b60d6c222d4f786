"""The file of a hub's database: opened without being made, put in place of another, and safe on the disk before it counts."""

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
    """The database of a data folder. Raises HubError where there is none."""
    file = data_dir / NAME
    if not file.is_file():
        raise HubError(HubProblem.NO_JOURNAL, {"folder": str(data_dir)})
    return file


@contextmanager
def reading(file: Path) -> Iterator[Engine]:
    """A database for the time of a block, to be read alone; its hub may be running."""
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


def put_in_place(new: Path, data_dir: Path, now: datetime) -> Path | None:
    """Make a finished database the one of the folder; where the one that stood there is kept, with its log."""
    present = data_dir / NAME
    aside: Path | None = None
    if present.exists():
        aside = data_dir / f"floor-until-{now:%Y%m%d-%H%M%S}.db"
        for log in _LOGS:
            with contextlib.suppress(FileNotFoundError):
                os.replace(f"{present}{log}", f"{aside}{log}")
        os.replace(present, aside)
    os.replace(new, present)
    make_sure(data_dir)
    return aside


def make_sure(path: Path) -> None:
    """Wait until a file, or what a folder lists, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(file: Path) -> None:
    """Remove a database with its logs, as far as it is there."""
    for end in ("", *_LOGS, "-journal"):
        Path(f"{file}{end}").unlink(missing_ok=True)


@contextmanager
def unwritable(file: Path) -> Iterator[None]:
    """What the system refuses in the block is said of the file."""
    try:
        yield
    except OSError as problem:
        data = {"file": str(file), "reason": problem.strerror or str(problem)}
        raise HubError(HubProblem.FILE_UNWRITABLE, data) from problem


def _only_read(connection: Any, _record: object) -> None:
    for setting in ("query_only=ON", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {setting}").close()
