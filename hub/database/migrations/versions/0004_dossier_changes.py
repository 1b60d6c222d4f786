"""Number the changes of the register, so that other software can ask for what is new."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "dossiers", sa.Column("change", sa.Integer, nullable=False, server_default=sa.text("0"))
    )
    op.execute(
        "UPDATE dossiers SET change = numbered.n"
        " FROM (SELECT code, row_number() OVER (ORDER BY code) AS n FROM dossiers) AS numbered"
        " WHERE numbered.code = dossiers.code"
    )
    op.create_index("dossiers_by_change", "dossiers", ["change"], unique=True)


def downgrade() -> None:
    op.drop_index("dossiers_by_change", "dossiers")
    op.drop_column("dossiers", "change")
