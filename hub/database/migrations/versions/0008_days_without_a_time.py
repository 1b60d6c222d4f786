"""Keep a day of the register as a day: earlier versions wrote its first or last minute where the source had no time."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MADE_UP = {"received_at": "T00:00:00", "due_at": "T23:59:00", "finished_at": "T00:00:00"}
_dossiers = sa.table("dossiers", *(sa.column(name, sa.String(32)) for name in _MADE_UP))


def upgrade() -> None:
    for name, time in _MADE_UP.items():
        kept = _dossiers.c[name]
        has_no_time = kept.like(f"%{time}%")
        op.execute(
            _dossiers.update().where(has_no_time).values({name: sa.func.substr(kept, 1, 10)})
        )


def downgrade() -> None:
    for name, time in _MADE_UP.items():
        kept = _dossiers.c[name]
        is_day = sa.func.length(kept) == len("2026-11-20")
        whole = kept.concat(f"{time}.000000+07:00")
        op.execute(_dossiers.update().where(is_day).values({name: whole}))
