"""Who saw runs that hold people's data."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Nothing older was recorded."""
    op.create_table(
        "views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.String(64), nullable=False),
        sa.Column("acting_as", sa.String(256), nullable=False),
        sa.Column("real", sa.String(256), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_views"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name="fk_views_run_id", ondelete="CASCADE"),
    )
    op.create_index("ix_views_run_id", "views", ["run_id"])
