"""What was done with accounts, by whom and when: rows that are only added, each tied to the one before by its hash."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from hub.codec import GENESIS, moment_text, read_moment, row_hash
from hub.tables import account_deeds


class DeedKind(StrEnum):
    """What can be done with an account."""

    DEVICE_ENROLLED = "device_enrolled"
    DEVICE_REVOKED = "device_revoked"
    PIN_SET = "pin_set"
    OFFICER_LOCKED = "officer_locked"
    OFFICER_UNLOCKED = "officer_unlocked"


@dataclass(frozen=True, slots=True)
class Deed:
    """One row: `subject` is the device or officer, `by` who did it. A lock-out is done by the device where the PINs were wrong."""

    seq: int
    at: datetime
    kind: DeedKind
    subject: str
    by: str


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
