"""Opens the hub's database: durable settings of the connection and the schema steps. Knows nothing of what is kept in it."""

import logging
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from hub.errors import HubError, HubProblem

BUSY_TIMEOUT_MS = 5_000


def database_in(data_dir: Path) -> str:
    """The URL of the database that a hub keeps in its own data directory."""
    return f"sqlite:///{data_dir / 'floor.db'}"


def open_store(url: str) -> Engine:
    """Open the database and bring its schema up to date."""
    engine: Engine | None = None
    try:
        # Statements in error texts stay without their values: those go to the log.
        engine = create_engine(url, hide_parameters=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _make_durable)
        with engine.begin() as connection:
            _migrate(connection)
    except (CommandError, SQLAlchemyError, OSError) as problem:
        if engine is not None:
            engine.dispose()
        newer = isinstance(problem, CommandError)
        code = HubProblem.DATABASE_NEWER if newer else HubProblem.DATABASE_UNUSABLE
        raise HubError(code, {"database": _shown(url), "reason": str(problem)}) from problem
    return engine


def close_store(engine: Engine) -> None:
    """Fold the write-ahead log into the database and release the file."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _make_durable(connection: Any, _record: object) -> None:
    # FULL and not NORMAL: in WAL mode NORMAL loses acknowledged tickets at a power cut.
    for setting in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {setting}").close()


def _migrate(connection: Connection) -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", "hub:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _shown(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "?"
