"""Create the accounts of devices and officers, and the log of who authorised them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device_accounts",
        sa.Column("device", sa.String(40), primary_key=True),
        sa.Column("token_hash", sa.String(64)),
        sa.Column("enrolled_at", sa.String(32)),
        sa.Column("enrolled_by", sa.String(80)),
        sa.Column("revoked_at", sa.String(32)),
        sa.Column("revoked_by", sa.String(80)),
    )
    op.create_table(
        "officer_accounts",
        sa.Column("officer", sa.String(40), primary_key=True),
        sa.Column("pin_hash", sa.String(200), nullable=False),
        sa.Column("set_at", sa.String(32), nullable=False),
        sa.Column("set_by", sa.String(80), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.String(32)),
    )
    op.create_table(
        "account_deeds",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )


def downgrade() -> None:
    for table in ("account_deeds", "officer_accounts", "device_accounts"):
        op.drop_table(table)
