"""The audit log of the accounts: its hash chain, and how its actors are named."""

import pytest
from sqlalchemy import text

from hub.accounts.audit_log import (
    AuditAction,
    append_entry,
    by_command,
    by_console_at,
    first_broken_entry,
    origin_of,
    read_entries,
)
from hub.database.storage import database_in, open_store


@pytest.fixture
def engine(tmp_path):
    store = open_store(database_in(tmp_path))
    yield store
    store.dispose()


@pytest.fixture
def logged(engine, clock):
    with engine.begin() as connection:
        append_entry(connection, AuditAction.DEVICE_ENROLLED, "k1", "tech", clock())
        append_entry(connection, AuditAction.PIN_SET, "an", "command:root", clock())
        append_entry(connection, AuditAction.OFFICER_LOCKED, "an", "t1", clock())
    return engine


def test_entries_are_read_in_their_order(logged, clock) -> None:
    with logged.connect() as connection:
        entries = list(read_entries(connection))
        assert first_broken_entry(connection) is None
    assert [(each.seq, each.kind, each.subject) for each in entries] == [
        (1, AuditAction.DEVICE_ENROLLED, "k1"),
        (2, AuditAction.PIN_SET, "an"),
        (3, AuditAction.OFFICER_LOCKED, "an"),
    ]
    assert entries[0].at == clock()


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("UPDATE account_deeds SET by = 'other' WHERE seq = 2", 2),
        ("DELETE FROM account_deeds WHERE seq = 1", 1),
        ("UPDATE account_deeds SET seq = 9 WHERE seq = 3", 3),
    ],
)
def test_a_changed_row_breaks_the_chain(logged, change, broken) -> None:
    with logged.begin() as connection:
        connection.execute(text(change))
        assert first_broken_entry(connection) == broken


@pytest.mark.parametrize(
    ("by", "origin"),
    [
        (by_command("lan"), ("command", "lan")),
        (by_command(""), ("somebody", "")),
        (by_console_at("10.0.0.7"), ("console", "10.0.0.7")),
        ("an", ("account", "an")),
    ],
)
def test_an_actor_is_read_back_as_it_was_written(by, origin) -> None:
    assert origin_of(by) == origin
