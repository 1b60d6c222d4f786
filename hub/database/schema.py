"""The steps of the schema: how far a database has come, and the way to the newest.

Alembic is imported only where there is a way to go: it costs every start a tenth of a second.
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
    """The database has come further than this version knows. Scenario: a newer version of the hub wrote it."""


def newest_step() -> str:
    """The revision of the last step; the name of its file begins with it."""
    return max(file.name.partition("_")[0] for file in _STEPS.glob("[0-9]*_*.py"))


def bring_up_to_date(connection: Connection) -> None:
    """Take the steps that the database has not taken; raises UnknownStepError where it is ahead.

    A new database gets the tables as they are declared, which is where the steps lead.
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
