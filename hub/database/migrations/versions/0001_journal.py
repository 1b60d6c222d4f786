"""Create the journal, the requests, the numbers of a day and meta."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("device", sa.String(40), nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("journal_by_day", "journal", ["day", "kind"])
    op.create_index("journal_by_kind", "journal", ["kind", "seq"])
    op.create_table(
        "requests",
        sa.Column("device", sa.String(40), primary_key=True),
        sa.Column("req", sa.String(64), primary_key=True),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("requests_by_age", "requests", ["at"])
    op.create_table(
        "ticket_numbers",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("number", sa.String(16), primary_key=True),
        sa.Column("ticket", sa.String(64), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in ("meta", "ticket_numbers", "requests", "journal"):
        op.drop_table(table)
