"""The steps of the schema: how far a database has come, and the way to the newest.

Alembic is imported only where there is a way to go: it costs every start a tenth of a second.
"""

import logging
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

_STEPS: Final = Path(__file__).with_name("migrations") / "versions"


class UnknownStepError(Exception):
    """The database has come further than this version knows. Scenario: a newer version of the hub wrote it."""


def newest_step() -> str:
    """The revision of the last step; the name of its file begins with it."""
    return max(file.name.partition("_")[0] for file in _STEPS.glob("[0-9]*_*.py"))


def bring_up_to_date(connection: Connection) -> None:
    """Take the steps that the database has not taken; raises UnknownStepError where it is ahead."""
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


def _reached(connection: Connection) -> str | None:
    """The revision that the database is at, None for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)
