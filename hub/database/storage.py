"""Opens the hub's database: durable settings of the connection and the schema steps. Knows nothing of what is kept in it."""

import logging
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from hub.database.schema import UnknownStepError, bring_up_to_date
from hub.errors import HubError, HubProblem

log = logging.getLogger("hub")

BUSY_TIMEOUT_MS = 5_000


def database_in(data_dir: Path) -> str:
    """The URL of the database that a hub keeps in its own data directory."""
    return f"sqlite:///{data_dir / 'floor.db'}"


def make_folder(data_dir: Path) -> None:
    """Make the data directory where it is missing. A new one is its owner's alone: what is in it, others shall not read."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        data = {"database": str(data_dir), "reason": problem.strerror or ""}
        raise HubError(HubProblem.DATABASE_UNUSABLE, data) from problem


def open_store(url: str) -> Engine:
    """Open the database and bring its schema up to date."""
    engine: Engine | None = None
    try:
        # Statements in error texts stay without their values: those go to the log.
        engine = create_engine(url, hide_parameters=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _make_durable)
            _keep_private(engine.url.database)
        with engine.begin() as connection:
            bring_up_to_date(connection)
    except (UnknownStepError, SQLAlchemyError, OSError) as problem:
        if engine is not None:
            engine.dispose()
        raise unusable(url, problem) from problem
    return engine


def unusable(url: str, problem: Exception) -> HubError:
    """The error of a database that cannot be used; its text holds no password and no row."""
    newer = isinstance(problem, UnknownStepError)
    code = HubProblem.DATABASE_NEWER if newer else HubProblem.DATABASE_UNUSABLE
    return HubError(code, {"database": _shown(url), "reason": reason_of(problem)})


def close_store(engine: Engine) -> None:
    """Fold the write-ahead log into the database and release the file. Where the disk is full, the log stays and holds."""
    try:
        if engine.dialect.name == "sqlite":
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    except SQLAlchemyError as problem:
        log.warning("the write-ahead log stays beside the database: %s", reason_of(problem))
    finally:
        engine.dispose()


def _keep_private(path: str | None) -> None:
    """Make the file its owner's alone before anything is in it: it holds the hashes of PINs, which are short. SQLite gives
    its logs the mode of the file. One that others can read already is closed to everybody but owner and group."""
    if not path or path == ":memory:":
        return
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    for file in (path, f"{path}-wal", f"{path}-shm"):
        # Another account's file is that account's to open or close.
        with suppress(FileNotFoundError, PermissionError):
            mode = stat.S_IMODE(os.stat(file).st_mode)
            if mode & stat.S_IRWXO:
                os.chmod(file, mode & ~stat.S_IRWXO)


def _make_durable(connection: Any, _record: object) -> None:
    # FULL and not NORMAL: in WAL mode NORMAL loses acknowledged tickets at a power cut.
    for setting in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {setting}").close()


def reason_of(problem: Exception) -> str:
    """What the database says, in one line, without the statement and SQLAlchemy's own words around it."""
    cause = problem.orig if isinstance(problem, DBAPIError) else None
    return str(cause or problem)


def _shown(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "?"
