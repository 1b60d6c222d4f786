"""Count wrong PINs by officer and origin, and keep second factors."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pin_tries",
        sa.Column("officer", sa.String(40), primary_key=True),
        sa.Column("origin", sa.String(80), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failed_at", sa.String(32)),
        sa.Column("locked_until", sa.String(32)),
        sa.Column("since", sa.String(32)),
        sa.Column("guesses", sa.Integer, nullable=False),
        sa.Column("seen_at", sa.String(32), nullable=False),
    )
    op.create_index("pin_tries_by_origin", "pin_tries", ["origin"])
    # When the last wrong PIN was is not known; a lock-out that runs is kept.
    op.execute(
        "INSERT INTO pin_tries (officer, origin, failures, failed_at, locked_until, since, guesses, seen_at)"
        " SELECT officer, '', failures, COALESCE(locked_until, set_at), locked_until, NULL, 0, set_at"
        " FROM officer_accounts WHERE failures > 0"
    )
    op.drop_column("officer_accounts", "failures")
    op.drop_column("officer_accounts", "locked_until")
    op.create_table(
        "second_factors",
        sa.Column("officer", sa.String(40), primary_key=True),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("set_at", sa.String(32), nullable=False),
        sa.Column("set_by", sa.String(80), nullable=False),
        sa.Column("last_step", sa.Integer, nullable=False),
        sa.Column("recovery", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("second_factors")
    op.add_column(
        "officer_accounts", sa.Column("failures", sa.Integer, nullable=False, server_default="0")
    )
    op.add_column("officer_accounts", sa.Column("locked_until", sa.String(32)))
    op.drop_index("pin_tries_by_origin", "pin_tries")
    op.drop_table("pin_tries")
