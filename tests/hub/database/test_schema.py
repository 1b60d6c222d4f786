"""How far the schema has come is told without Alembic, and told as Alembic tells it."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text

from hub.database.schema import bring_up_to_date, newest_step
from hub.database.storage import close_store, database_in, open_store
from hub.errors import HubError


def test_the_newest_step_is_the_head_of_the_steps() -> None:
    config = Config()
    config.set_main_option("script_location", "hub.database:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == newest_step()


@pytest.mark.slow
def test_a_new_database_and_one_that_is_up_to_date_are_opened_without_alembic(
    tmp_path: Path,
) -> None:
    opens = (
        "import sys; from hub.database.storage import open_store, close_store;"
        f" close_store(open_store({database_in(tmp_path)!r})); sys.exit('alembic' in sys.modules)"
    )
    for _ in ("new", "up to date"):
        assert subprocess.run((sys.executable, "-c", opens), check=False).returncode == 0


def test_a_new_database_is_like_one_that_took_every_step(tmp_path: Path) -> None:
    forms = []
    for name, begun in (("new", False), ("steps", True)):
        engine = create_engine(f"sqlite:///{tmp_path / name}.db")
        with engine.begin() as connection:
            if begun:
                # One table is there, so the database counts as one of an earlier version.
                connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"))  # fmt: skip
            bring_up_to_date(connection)
            forms.append(form_of(connection))
        engine.dispose()
    new, steps = forms
    assert len(new) > 5
    assert new == steps


def form_of(connection: Connection) -> dict[str, tuple[object, ...]]:
    """Each table with its columns, its indexes, and whether it has row ids."""
    tables = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    return {
        name: (
            connection.execute(text(f"PRAGMA table_info({name})")).all(),
            sorted(connection.execute(text(f"PRAGMA index_list({name})")).all()),
            "WITHOUT ROWID" in sql,
        )
        for name, sql in tables.all()
    }


def test_days_that_earlier_versions_kept_with_a_made_up_time_become_days(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'old'}.db")
    moments = "received_at, due_at, finished_at"
    kept = ("2026-11-02T00:00:00.000000+07:00", "2026-11-05T23:59:00.000000+07:00", None)
    timed = ("2026-11-02T23:59:00.000000+07:00", "2026-11-05T16:30:00.000000+07:00", None)
    with engine.begin() as connection:
        bring_up_to_date(connection)
        for code, row in (("1", kept), ("2", timed)):
            texts = ", ".join("NULL" if each is None else f"'{each}'" for each in row)
            connection.execute(text(f"INSERT INTO dossiers (code, procedure, procedure_name, agency, status, note, version, change, {moments}) VALUES ('{code}', '', '', '', 4, '', 1, {code}, {texts})"))  # fmt: skip
        connection.execute(text("UPDATE alembic_version SET version_num = '0007'"))
        bring_up_to_date(connection)
        rows = connection.execute(text(f"SELECT {moments} FROM dossiers ORDER BY code")).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [("2026-11-02", "2026-11-05", None), timed]


def test_a_creation_that_is_broken_off_leaves_a_new_database(tmp_path: Path) -> None:
    def break_off(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if "alembic_version" in statement:
            raise OSError("power cut")

    event.listen(Engine, "before_cursor_execute", break_off)
    with pytest.raises(HubError):
        open_store(database_in(tmp_path))
    event.remove(Engine, "before_cursor_execute", break_off)
    engine = open_store(database_in(tmp_path))
    with engine.connect() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    close_store(engine)
    assert found == [newest_step()]
