"""Audit log of the accounts: what was done, by which actor and when; append-only rows, hash-chained like the
journal's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from sqlalchemy import Connection, Engine, insert, select

from hub.database.tables import account_deeds
from hub.journal.codec import GENESIS, moment_text, read_moment, row_hash


class AuditAction(StrEnum):
    """What can be done with an account, with the hub's clock and with its journal."""

    DEVICE_ENROLLED = "device_enrolled"
    DEVICE_REVOKED = "device_revoked"
    PIN_SET = "pin_set"
    OFFICER_LOCKED = "officer_locked"
    OFFICER_UNLOCKED = "officer_unlocked"
    CLOCK_CONFIRMED = "clock_confirmed"
    JOURNAL_BEGUN = "journal_begun"
    JOURNAL_RESTORED = "journal_restored"
    JOURNAL_REPAIRED = "journal_repaired"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    RECOVERY_CODE_USED = "recovery_code_used"


THE_CLOCK: Final = "clock"
THE_JOURNAL: Final = "journal"
"""Subjects of entries that are about no account."""

_COMMAND: Final = "command"
_CONSOLE: Final = "console"
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row: `subject` is the device or officer, `by` the actor. A lock-out is logged for the device at which the
    PINs were wrong."""

    seq: int
    at: datetime
    kind: AuditAction
    subject: str
    by: str


def by_command(user: str) -> str:
    """The actor of a command at a terminal: the user as the system knows them, empty if it does not."""
    return f"{_COMMAND}:{user}"[:_LONGEST] if user else _COMMAND


def by_console_at(address: str) -> str:
    """The actor of an unauthenticated request at the console's page: the address of the browser."""
    return f"{_CONSOLE} {address}"[:_LONGEST]


def origin_of(by: str) -> tuple[Literal["command", "somebody", "console", "account"], str]:
    """How the actor `by` acted, and who it was: the user of a command, the address of a console, or an officer or
    device."""
    if by == _COMMAND:
        return "somebody", ""
    if by.startswith(f"{_COMMAND}:"):
        return "command", by.removeprefix(f"{_COMMAND}:")
    if by.startswith(f"{_CONSOLE} "):
        return "console", by.removeprefix(f"{_CONSOLE} ")
    return "account", by


def lock_audit_log(connection: Connection) -> None:
    """Take the lock by which transactions that append entries come one after the other, also those of other
    processes."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("LOCK TABLE account_deeds IN EXCLUSIVE MODE")


def record_entry(engine: Engine, kind: AuditAction, subject: str, by: str, at: datetime) -> None:
    """Append a row about something that no account has, in a transaction of its own."""
    with engine.connect() as connection, connection.begin():
        lock_audit_log(connection)
        append_entry(connection, kind, subject, by, at)


def append_entry(
    connection: Connection, kind: AuditAction, subject: str, by: str, at: datetime
) -> None:
    """Append a row in the transaction of the change itself."""
    last = connection.execute(
        select(account_deeds.c.seq, account_deeds.c.hash)
        .order_by(account_deeds.c.seq.desc())
        .limit(1)
    ).first()
    seq, prev_hash = (1, GENESIS) if last is None else (last.seq + 1, last.hash)
    content = (moment_text(at), kind.value, subject, by)
    row = dict(zip(("at", "kind", "subject", "by"), content, strict=True))
    links = {"seq": seq, "prev_hash": prev_hash, "hash": row_hash(prev_hash, seq, *content)}
    connection.execute(insert(account_deeds), row | links)


def read_entries(connection: Connection, after: int = 0) -> Iterator[AuditEntry]:
    """The rows behind number `after`, oldest first."""
    rows = select(account_deeds).where(account_deeds.c.seq > after)
    for row in connection.execute(rows.order_by(account_deeds.c.seq)):
        yield AuditEntry(row.seq, read_moment(row.at), AuditAction(row.kind), row.subject, row.by)


def first_broken_entry(connection: Connection) -> int | None:
    """Verify the hash chain: the first row that is not as it was written, or None."""
    prev_hash, expected = GENESIS, 1
    for row in connection.execute(select(account_deeds).order_by(account_deeds.c.seq)):
        content = (row.at, row.kind, row.subject, row.by)
        sound = row.seq == expected and row.prev_hash == prev_hash
        if not sound or row.hash != row_hash(prev_hash, row.seq, *content):
            return expected
        prev_hash, expected = row.hash, expected + 1
    return None
