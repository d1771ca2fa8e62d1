"""What people decided about findings: the proposed wording, other words, or neither."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Nothing older is an answer: until now findings were only waived."""
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.String(64), nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("rule", sa.String(256), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("act", sa.String(8), nullable=False),
        sa.Column("wording", sa.Text()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("acting_as", sa.String(256), nullable=False),
        sa.Column("real", sa.String(256), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name="fk_answers_run_id", ondelete="CASCADE"),
    )
    op.create_index("ix_answers_run_id", "answers", ["run_id"])
