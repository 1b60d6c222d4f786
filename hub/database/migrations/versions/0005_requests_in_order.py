"""Keep the requests of an SQLite file in the order in which they came.

Kept by device and id, each came to lie among earlier ones, and a commit wrote four pages of the file for every press.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_anew()


def downgrade() -> None:
    _make_anew(sqlite_with_rowid=False)


def _make_anew(**kind: Any) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    # Python's driver opens the transaction with the first row that is written: from here on it is all or nothing.
    op.execute("DELETE FROM requests WHERE device = ''")
    op.drop_index("requests_by_age", "requests")
    op.rename_table("requests", "requests_before")
    op.create_table(
        "requests",
        sa.Column("device", sa.String(40), primary_key=True),
        sa.Column("req", sa.String(64), primary_key=True),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        **kind,
    )
    op.execute("INSERT INTO requests SELECT * FROM requests_before ORDER BY at")
    op.drop_table("requests_before")
    op.create_index("requests_by_age", "requests", ["at"])
