"""Compress the kept answers, find requests by a short key, and drop the journal's index by day.

The journal itself is not read: hashes of rows written before stay text, which readers accept. It may be long, and a damaged row
of an old day must not keep the hub from its start.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from hub.database.answers import lookup_key, microseconds, moment_of, pack_answer, unpack_answer
from hub.database.hashes import from_stored, to_stored

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_AT_ONCE: Final = 2_000
_FINGERPRINT: Final = 32
_BEFORE: Final = "requests_before"

Row = dict[str, Any]


def upgrade() -> None:
    _begin()
    op.drop_index("journal_by_day", "journal")
    op.drop_index("requests_by_age", "requests")
    op.rename_table("requests", _BEFORE)
    packed = op.create_table(
        "requests",
        sa.Column("nr", sa.Integer, primary_key=True),
        sa.Column("key", sa.BigInteger, nullable=False),
        sa.Column("device", sa.String(40), nullable=False),
        sa.Column("req", sa.String(64), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("answer", sa.LargeBinary, nullable=False),
    )
    _copy(packed, "at", _packed)
    op.create_index("requests_by_key", "requests", ["key"], unique=True)


def downgrade() -> None:
    _begin()
    op.drop_index("requests_by_key", "requests")
    op.rename_table("requests", _BEFORE)
    plain = op.create_table(
        "requests",
        sa.Column("device", sa.String(40), primary_key=True),
        sa.Column("req", sa.String(64), primary_key=True),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
    )
    _copy(plain, "nr", _unpacked)
    op.create_index("requests_by_age", "requests", ["at"])
    op.create_index("journal_by_day", "journal", ["day", "kind"])


def _begin() -> None:
    """Open the transaction, which Python's driver does only with the first row that is written."""
    op.execute("DELETE FROM requests WHERE device = ''")


def _copy(target: sa.Table, order: str, converted: Callable[[Row], Row]) -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text(f"SELECT * FROM {_BEFORE} ORDER BY {order}"))
    for some in _pieces(dict(row) for row in rows.mappings()):
        connection.execute(sa.insert(target), [converted(row) for row in some])
    op.drop_table(_BEFORE)


def _pieces(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, _AT_ONCE)):
        yield some


def _packed(row: Row) -> Row:
    device, req, at = row["device"], row["req"], datetime.fromisoformat(row["at"])
    return row | {
        "key": lookup_key(device, req),
        "body_hash": to_stored(row["body_hash"][:_FINGERPRINT]),
        "at": microseconds(at),
        "answer": pack_answer(row["answer"], req, at),
    }


def _unpacked(row: Row) -> Row:
    device, req, at = row["device"], row["req"], row["at"]
    return {
        "device": device,
        "req": req,
        "body_hash": from_stored(row["body_hash"]),
        "at": moment_of(at).isoformat(timespec="microseconds"),
        "answer": unpack_answer(row["answer"], req, at),
    }
