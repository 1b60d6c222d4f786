"""What was done with accounts, by whom and when: rows that are only added, each tied to the one before by its hash."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from sqlalchemy import Connection, insert, select

from hub.database.tables import account_deeds
from hub.journal.codec import GENESIS, moment_text, read_moment, row_hash


class DeedKind(StrEnum):
    """What can be done with an account."""

    DEVICE_ENROLLED = "device_enrolled"
    DEVICE_REVOKED = "device_revoked"
    PIN_SET = "pin_set"
    OFFICER_LOCKED = "officer_locked"
    OFFICER_UNLOCKED = "officer_unlocked"


_COMMAND: Final = "command"
_CONSOLE: Final = "console"
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Deed:
    """One row: `subject` is the device or officer, `by` who did it. A lock-out is done by the device where the PINs were wrong."""

    seq: int
    at: datetime
    kind: DeedKind
    subject: str
    by: str


def by_command(user: str) -> str:
    """Who did it, where it was done by a command: the user as the system knows them, empty where it does not."""
    return f"{_COMMAND}:{user}"[:_LONGEST] if user else _COMMAND


def by_console_at(address: str) -> str:
    """Who did it, where somebody unknown did it at the console's page: the address of the browser."""
    return f"{_CONSOLE} {address}"[:_LONGEST]


def way_of(by: str) -> tuple[Literal["command", "somebody", "console", "account"], str]:
    """How `by` did a deed, and who: the user of a command, the address of a console, or an officer or device."""
    if by == _COMMAND:
        return "somebody", ""
    if by.startswith(f"{_COMMAND}:"):
        return "command", by.removeprefix(f"{_COMMAND}:")
    if by.startswith(f"{_CONSOLE} "):
        return "console", by.removeprefix(f"{_CONSOLE} ")
    return "account", by


def add_deed(connection: Connection, kind: DeedKind, subject: str, by: str, at: datetime) -> None:
    """Add a row in the transaction of the deed itself."""
    last = connection.execute(
        select(account_deeds.c.seq, account_deeds.c.hash)
        .order_by(account_deeds.c.seq.desc())
        .limit(1)
    ).first()
    seq, prev_hash = (1, GENESIS) if last is None else (last.seq + 1, last.hash)
    told = (moment_text(at), kind.value, subject, by)
    row = dict(zip(("at", "kind", "subject", "by"), told, strict=True))
    links = {"seq": seq, "prev_hash": prev_hash, "hash": row_hash(prev_hash, seq, *told)}
    connection.execute(insert(account_deeds), row | links)


def read_deeds(connection: Connection) -> Iterator[Deed]:
    """All rows, oldest first."""
    for row in connection.execute(select(account_deeds).order_by(account_deeds.c.seq)):
        yield Deed(row.seq, read_moment(row.at), DeedKind(row.kind), row.subject, row.by)


def first_broken(connection: Connection) -> int | None:
    """The first row that is not as it was written, or None where all are."""
    prev_hash, expected = GENESIS, 1
    for row in connection.execute(select(account_deeds).order_by(account_deeds.c.seq)):
        told = (row.at, row.kind, row.subject, row.by)
        sound = row.seq == expected and row.prev_hash == prev_hash
        if not sound or row.hash != row_hash(prev_hash, row.seq, *told):
            return expected
        prev_hash, expected = row.hash, expected + 1
    return None
