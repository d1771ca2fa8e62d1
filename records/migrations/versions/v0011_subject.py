"""What a run was asked about, in a line. Older runs are listed by the beginning of their text."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("runs", sa.Column("subject", sa.Text(), nullable=False, server_default=""))
