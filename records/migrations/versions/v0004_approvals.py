"""Versions know what they were made from and their SHA-256; decisions, waivers and edits in progress."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    """Versions of before were each made from the one before: there was no other way."""
    for column in (
        sa.Column("real", sa.String(256), nullable=False, server_default=""),
        sa.Column("base", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("restored", sa.Integer()),
        sa.Column("sha256", sa.String(64), nullable=False, server_default=""),
    ):
        op.add_column("versions", column)
    _fill_versions()
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        _run_id(),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("acting_as", sa.String(256), nullable=False),
        sa.Column("real", sa.String(256), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("step", sa.Integer()),
        sa.Column("delegate", sa.String(256), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        _of_run("decisions"),
    )
    op.create_index("ix_decisions_run_id", "decisions", ["run_id"])
    op.create_table(
        "approvals",
        _run_id(),
        sa.Column("scenario", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("submitted_by", sa.String(256), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name="pk_approvals"),
        _of_run("approvals"),
    )
    for name in ("status", "waiting", "submitted_by", "moved_at"):
        op.create_index(f"ix_approvals_{name}", "approvals", [name])
    op.create_table(
        "waivers",
        sa.Column("id", sa.Integer(), nullable=False),
        _run_id(),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("rule", sa.String(256), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lifted", sa.Boolean(), nullable=False),
        sa.Column("acting_as", sa.String(256), nullable=False),
        sa.Column("real", sa.String(256), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_waivers"),
        _of_run("waivers"),
    )
    op.create_index("ix_waivers_run_id", "waivers", ["run_id"])
    op.create_table(
        "edits",
        _run_id(),
        sa.Column("person", sa.String(256), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "person", name="pk_edits"),
        _of_run("edits"),
    )


def _run_id() -> "sa.Column[Any]":
    return sa.Column("run_id", sa.String(64), nullable=False)


def _of_run(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=f"fk_{table}_run_id", ondelete="CASCADE")


def _fill_versions() -> None:
    versions = sa.table(
        "versions",
        *(sa.column(name) for name in ("run_id", "number", "text", "base", "sha256")),
        sa.column("deliverable", sa.JSON()),
    )
    connection = op.get_bind()
    keys = connection.execute(sa.select(versions.c.run_id, versions.c.number)).all()
    for run_id, number in keys:  # one at a time: texts may be long and many
        place = (versions.c.run_id == run_id) & (versions.c.number == number)
        text, deliverable = connection.execute(sa.select(versions.c.text, versions.c.deliverable).where(place)).one()
        connection.execute(versions.update().where(place).values(base=number - 1, sha256=_sha256(text, deliverable)))


def _sha256(text: str, deliverable: Any) -> str:
    """As ``workbench.run.Version.sha256`` had it when this step was written."""
    content = {"deliverable": deliverable, "text": text}
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
