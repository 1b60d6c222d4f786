"""The database: its schema steps lead where the tables say, and what is wrong with it has a code."""

import os
from datetime import date, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, event, text

from hub.database.storage import close_store, database_in, make_folder, open_store
from hub.database.tables import metadata
from hub.errors import HubError, HubProblem
from hub.journal.codec import row_hash
from hub.journal.journal import Journal, Kept, RequestKey
from hub.upkeep.verification import verify
from service_floor.queue.events import DayOpened
from service_floor.zone import ZONE


def test_the_steps_lead_to_the_tables_as_they_are_declared(tmp_path) -> None:
    engine = open_store(database_in(tmp_path))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


ANSWER = '{"t":"answer","req":"%s","ok":true,"result":{"số":"A001"},"error":null,"replayed":false}'
GENESIS = "0" * 64


def older(tmp_path, revision):
    """A database that has come as far as this step, with two requests and a row of the journal in it."""
    engine = open_store(database_in(tmp_path))
    config = Config()
    config.set_main_option("script_location", "hub.database:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
        for second, req in enumerate(("b", "a")):
            moment = f"2026-11-20T08:00:0{second}.000007+07:00"
            row = {"req": req, "hash": "ab" * 32, "at": moment, "answer": ANSWER % req}
            connection.execute(
                text("INSERT INTO requests VALUES ('k1', :req, :hash, :at, :answer)"), row
            )
        told = ("2026-11-20", "2026-11-20T08:00:00.000007+07:00", "day_opened", "hub", "{}")
        row = dict(zip(("day", "at", "kind", "device", "body"), told, strict=True))
        connection.execute(
            text(
                "INSERT INTO journal VALUES (1, :day, :at, :kind, :body, :device, :before, :hash)"
            ),
            row | {"before": GENESIS, "hash": row_hash(GENESIS, 1, *told)},
        )
    return engine


def kept(engine):
    """How requests are kept, and their ids as they lie."""
    with engine.connect() as connection:
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'requests'"))
        sql = made.scalar()
        rows = connection.execute(text("SELECT req, answer FROM requests")).scalars()
        how = "by id" if "WITHOUT ROWID" in sql else "by key" if "nr INTEGER" in sql else "in order"
        return how, list(rows)


@pytest.mark.parametrize(
    ("revision", "before"), [("0004", ("by id", ["a", "b"])), ("0005", ("in order", ["b", "a"]))]
)
def test_requests_of_before_are_kept_in_the_order_in_which_they_came(
    tmp_path, revision, before
) -> None:
    earlier = older(tmp_path, revision)
    assert kept(earlier) == before
    earlier.dispose()
    engine = open_store(database_in(tmp_path))
    assert kept(engine) == ("by key", ["b", "a"])
    engine.dispose()


def test_answers_of_before_come_back_byte_for_byte_and_the_chain_goes_on(tmp_path) -> None:
    older(tmp_path, "0005").dispose()
    engine = open_store(database_in(tmp_path))
    journal = Journal(engine)
    keys = {RequestKey("k1", req): req for req in "ab"}
    with journal.page() as page:
        page.find(keys)
        found = {key: page.answered(key) for key in keys}
        assert found == {key: Kept("ab" * 16, ANSWER % req) for key, req in keys.items()}
        page.record(DayOpened(date(2026, 11, 21)), datetime.now(ZONE), date(2026, 11, 21), "hub")
    journal.close()
    assert (verify(engine).rows, verify(engine).broken) == (2, None)
    with engine.connect() as connection:
        kinds = connection.execute(text("SELECT typeof(hash) FROM journal ORDER BY seq")).scalars()
        assert list(kinds) == ["text", "blob"]
    assert journal.forget_requests(datetime(2026, 11, 20, 8, 0, 1, tzinfo=ZONE)) == 1
    engine.dispose()


@pytest.mark.parametrize("revision", ["0004", "0005"])
def test_a_step_that_is_broken_off_is_taken_again(tmp_path, revision) -> None:
    before = older(tmp_path, revision)
    found = kept(before)

    def break_off(_connection, _cursor, statement, *_) -> None:
        if statement.startswith("INSERT INTO requests"):
            raise OSError("power cut")

    event.listen(Engine, "before_cursor_execute", break_off)
    with pytest.raises(HubError):
        open_store(database_in(tmp_path))
    event.remove(Engine, "before_cursor_execute", break_off)
    assert kept(before) == found
    before.dispose()
    engine = open_store(database_in(tmp_path))
    assert kept(engine) == ("by key", ["b", "a"])
    engine.dispose()


def test_opening_again_changes_nothing(tmp_path) -> None:
    open_store(database_in(tmp_path)).dispose()
    engine = open_store(database_in(tmp_path))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
    engine.dispose()


def test_what_is_kept_is_its_owners_alone_whatever_folder_it_is_in(tmp_path) -> None:
    tmp_path.chmod(0o755)
    engine = open_store(database_in(tmp_path))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE one (n)"))
        modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    engine.dispose()
    assert modes == dict.fromkeys(["floor.db", "floor.db-wal", "floor.db-shm"], 0o600)


def test_a_file_that_others_can_read_is_closed_to_them(tmp_path) -> None:
    open_store(database_in(tmp_path)).dispose()
    (tmp_path / "floor.db").chmod(0o644)
    open_store(database_in(tmp_path)).dispose()
    assert (tmp_path / "floor.db").stat().st_mode & 0o777 == 0o640


def test_a_database_of_a_later_version_is_left_alone(tmp_path) -> None:
    engine = open_store(database_in(tmp_path))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(HubError) as caught:
        open_store(database_in(tmp_path))
    assert caught.value.code is HubProblem.DATABASE_NEWER


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all/floor.db", "no url", "fax://office"])
def test_a_database_that_cannot_be_opened_has_a_code(url) -> None:
    with pytest.raises(HubError) as caught:
        open_store(url)
    assert caught.value.code is HubProblem.DATABASE_UNUSABLE


def test_a_file_that_is_no_database_has_a_code(tmp_path) -> None:
    (tmp_path / "floor.db").write_bytes(os.urandom(8192))
    with pytest.raises(HubError) as caught:
        open_store(database_in(tmp_path))
    assert caught.value.code is HubProblem.DATABASE_UNUSABLE


def test_a_password_in_a_url_is_not_told() -> None:
    with pytest.raises(HubError) as caught:
        open_store("fax://clerk:secret-word@office/floor")
    assert "secret-word" not in str(caught.value)


def test_a_new_data_directory_is_its_owners_alone(tmp_path) -> None:
    make_folder(tmp_path / "var" / "floor")
    assert (tmp_path / "var" / "floor").stat().st_mode & 0o777 == 0o700


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(HubError) as caught:
        make_folder(tmp_path / "file" / "floor")
    assert caught.value.code is HubProblem.DATABASE_UNUSABLE
    assert caught.value.data["database"] == str(tmp_path / "file" / "floor")


def test_a_log_that_cannot_be_folded_away_stays_and_nothing_breaks(tmp_path, caplog) -> None:
    engine = open_store(database_in(tmp_path))
    engine.dispose()
    (tmp_path / "floor.db").write_bytes(b"no database" * 1_000)
    close_store(engine)
    assert "write-ahead log stays" in caplog.text


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_a_database_of_another_user_names_the_remedy(tmp_path) -> None:
    close_store(open_store(database_in(tmp_path)))
    os.seteuid(65534)
    try:
        with pytest.raises(HubError) as caught:
            open_store(database_in(tmp_path))
    finally:
        os.seteuid(0)
    assert caught.value.code == "database_denied"
    assert (caught.value.data["user"], caught.value.data["owner"]) == ("nobody", "root")
    assert caught.value.data["folder"] == str(tmp_path)
