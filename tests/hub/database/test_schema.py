"""How far the schema has come is told without Alembic, and told as Alembic tells it."""

import subprocess
import sys
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from hub.database.schema import newest_step
from hub.database.storage import close_store, database_in, open_store


def test_the_newest_step_is_the_head_of_the_steps() -> None:
    config = Config()
    config.set_main_option("script_location", "hub.database:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == newest_step()


def test_a_database_that_is_up_to_date_is_opened_without_alembic(tmp_path: Path) -> None:
    url = database_in(tmp_path)
    close_store(open_store(url))
    opens = (
        "import sys; from hub.database.storage import open_store, close_store;"
        f" close_store(open_store({url!r})); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run((sys.executable, "-c", opens), check=False).returncode == 0
