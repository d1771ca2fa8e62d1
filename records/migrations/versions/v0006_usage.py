"""What runs used, in columns that can be added up."""

from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0003"


def upgrade() -> None:
    """Fill the columns from the usage that runs recorded. Whose department a run was is not known of older ones."""
    for column in (
        sa.Column("department", sa.String(256), nullable=False, server_default=""),
        sa.Column("month", sa.String(7), nullable=False, server_default=""),
        sa.Column("backend", sa.String(64), nullable=False, server_default=""),
        sa.Column("model", sa.String(256), nullable=False, server_default=""),
        sa.Column("input_tokens", sa.BigInteger()),
        sa.Column("output_tokens", sa.BigInteger()),
        sa.Column("seconds", sa.Double(), nullable=False, server_default="0"),
        sa.Column("cost", sa.BigInteger()),
        sa.Column("characters", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("runs", column)
    _fill()
    op.create_index("ix_runs_month_department", "runs", ["month", "department"])


def _fill() -> None:
    runs = sa.table(
        "runs",
        *(sa.column(name) for name in ("run_id", "month", "backend", "model", "input_tokens", "output_tokens")),
        *(sa.column(name) for name in ("seconds", "cost", "characters", "text")),
        sa.column("created_at", sa.DateTime(timezone=True)),
        sa.column("usage", sa.JSON()),
        sa.column("deliverable", sa.JSON()),
    )
    connection = op.get_bind()
    for run_id in connection.scalars(sa.select(runs.c.run_id)).all():  # one at a time: texts may be long and many
        place = runs.c.run_id == run_id
        row = connection.execute(
            sa.select(runs.c.created_at, runs.c.usage, runs.c.text, runs.c.deliverable).where(place)
        ).one()
        usage: dict[str, Any] = row.usage or {}
        moment = row.created_at if row.created_at.tzinfo else row.created_at.replace(tzinfo=UTC)
        values = {name: usage.get(name) for name in ("input_tokens", "output_tokens")}
        composed = usage.get("backend", "composer") == "composer"
        connection.execute(
            runs.update()
            .where(place)
            .values(
                **values,
                month=f"{moment.astimezone():%Y-%m}",
                backend=usage.get("backend", "composer"),
                model=usage.get("model", ""),
                seconds=usage.get("seconds", 0.0),
                cost=0 if composed else None,  # models had no price before
                characters=len(row.text) if row.deliverable is not None else 0,
            )
        )
