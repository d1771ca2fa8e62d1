"""The process that is at work on a run, so that a run whose process died can be told from one that goes on."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Runs that were begun before have no owner; one that still says running is settled when it is next read."""
    op.add_column("runs", sa.Column("owner", sa.String(64)))
