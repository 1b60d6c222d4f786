"""Connection to the hub's database: durability, lock timeout, file permissions, schema migration."""

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
from plumbing.durable_files import use_write_ahead_log
from plumbing.permissions import denial

log = logging.getLogger("hub")

BUSY_TIMEOUT_MS = 5_000


def database_in(data_dir: Path) -> str:
    """The URL of the database that a hub keeps in its own data directory."""
    return f"sqlite:///{data_dir / 'floor.db'}"


def make_folder(data_dir: Path) -> None:
    """Create the data directory if it is missing, with permissions for its owner only."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        data = {"database": str(data_dir), "reason": problem.strerror or ""}
        raise HubError(HubProblem.DATABASE_UNUSABLE, data) from problem


def open_store(url: str) -> Engine:
    """Open the database and migrate its schema to this version. Raises HubError if either fails."""
    engine: Engine | None = None
    try:
        # Error messages go to the log: statements in them stay without their values.
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
    """The error of a database that cannot be used, without a password or values of rows in it."""
    newer = isinstance(problem, UnknownStepError)
    if not newer and (denied := _denied(url)) is not None:
        return HubError(HubProblem.DATABASE_DENIED, denied)
    code = HubProblem.DATABASE_NEWER if newer else HubProblem.DATABASE_UNUSABLE
    return HubError(code, {"database": _shown(url), "reason": reason_of(problem)})


def _denied(url: str) -> dict[str, str] | None:
    """Names of a database file, or of its folder, that this process may not write; None if it may."""
    try:
        place = make_url(url).database
    except ArgumentError:
        return None
    if not place or place == ":memory:" or not url.startswith("sqlite"):
        return None
    file = Path(place)
    denied = denial(file, os.W_OK) or denial(file.parent, os.W_OK)
    return None if denied is None else {**denied, "folder": str(file.parent)}


def close_store(engine: Engine) -> None:
    """Checkpoint the write-ahead log into the database and close it. If the disk is full, the log stays and is valid."""
    try:
        if engine.dialect.name == "sqlite":
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    except SQLAlchemyError as problem:
        log.warning("the write-ahead log stays beside the database: %s", reason_of(problem))
    finally:
        engine.dispose()


def _keep_private(path: str | None) -> None:
    """Create the file with permissions for its owner only: it holds hashes of PINs, which are short. SQLite gives its logs
    the mode of the file. From an existing file the permissions of other users are removed."""
    if not path or path == ":memory:":
        return
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    for file in (path, f"{path}-wal", f"{path}-shm"):
        # The permissions of another account's file cannot be changed, and are not ours to change.
        with suppress(FileNotFoundError, PermissionError):
            mode = stat.S_IMODE(os.stat(file).st_mode)
            if mode & stat.S_IRWXO:
                os.chmod(file, mode & ~stat.S_IRWXO)


def _make_durable(connection: Any, _record: object) -> None:
    # FULL and not NORMAL: in WAL mode NORMAL loses acknowledged tickets at a power cut.
    use_write_ahead_log(connection)
    for setting in ("synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {setting}").close()


def reason_of(problem: Exception) -> str:
    """The database's own message in one line, without the statement and SQLAlchemy's text around it."""
    cause = problem.orig if isinstance(problem, DBAPIError) else None
    return str(cause or problem)


def _shown(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "?"
