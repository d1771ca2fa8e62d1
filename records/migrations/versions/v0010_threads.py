"""Threads of the support desk, and answers proposed from its replies."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "threads",
        sa.Column("thread_id", sa.String(256), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("thread_id", name="pk_threads"),
    )
    op.create_index("ix_threads_state", "threads", ["state"])
    op.create_table(
        "proposals",
        sa.Column("run_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name="pk_proposals"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name="fk_proposals_run_id", ondelete="CASCADE"),
    )
    op.create_index("ix_proposals_state", "proposals", ["state"])
