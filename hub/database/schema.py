"""Schema migration: creates a new database, and takes an older one to the newest step.

Alembic is imported only for a migration: it costs a start a tenth of a second.
"""

import logging
from pathlib import Path
from typing import Final

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    insert,
    inspect,
    text,
)

from hub.database.tables import metadata

_STEPS: Final = Path(__file__).with_name("migrations") / "versions"


class UnknownStepError(Exception):
    """The schema is newer than this version knows. Scenario: a newer version of the hub migrated the database."""


def newest_step() -> str:
    """The revision of the last step; the name of its file begins with it."""
    return max(file.name.partition("_")[0] for file in _STEPS.glob("[0-9]*_*.py"))


def bring_up_to_date(connection: Connection) -> None:
    """Run the migrations that the database still needs; raises UnknownStepError if its schema is newer than this version.

    A new database gets the tables as declared, which is where the migrations lead.
    """
    if _is_empty(connection):
        _create(connection)
        return
    if _reached(connection) == newest_step():
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", "hub.database:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as problem:
        raise UnknownStepError(str(problem)) from problem


def _is_empty(connection: Connection) -> bool:
    return not inspect(connection).get_table_names()


def _create(connection: Connection) -> None:
    """All tables, and the mark of the newest step as Alembic keeps it, in one transaction."""
    if connection.dialect.name == "sqlite":
        # Python's driver opens a transaction only for rows that are written, not for tables that are made.
        connection.exec_driver_sql("BEGIN")
    metadata.create_all(connection)
    mark = Table(
        "alembic_version",
        MetaData(),
        Column("version_num", String(32), nullable=False),
        PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
    )
    mark.create(connection)
    connection.execute(insert(mark), {"version_num": newest_step()})


def _reached(connection: Connection) -> str | None:
    """The revision that the database is at, None for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)
