"""Runs are found by their words; what they ran with, what they repeat and when their text was purged; feedback."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from records.words import MARKED, mark
from workbench.words import words as cut

revision = "0007"
down_revision = "0006"

# Rows of run_words are the content; FTS5 follows by triggers. Positions are not kept: nobody asks for phrases.
SQLITE = (
    "CREATE VIRTUAL TABLE run_search USING fts5(words, content='run_words', content_rowid='id', detail='none')",
    "CREATE TRIGGER run_words_added AFTER INSERT ON run_words BEGIN"
    " INSERT INTO run_search(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER run_words_removed AFTER DELETE ON run_words BEGIN"
    " INSERT INTO run_search(run_search, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER run_words_changed AFTER UPDATE ON run_words BEGIN"
    " INSERT INTO run_search(run_search, rowid, words) VALUES ('delete', old.id, old.words);"
    " INSERT INTO run_search(rowid, words) VALUES (new.id, new.words); END",
)
POSTGRES = ("CREATE INDEX ix_run_words_words ON run_words USING gin (array_to_tsvector(string_to_array(words, ' ')))",)


def upgrade() -> None:
    """Older runs get their words here; what they ran with was not recorded."""
    for column in (
        sa.Column("settings", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("again_of", sa.String(64)),
        sa.Column("inputs_kept", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("purged_at", sa.DateTime(timezone=True)),
    ):
        op.add_column("runs", column)
    op.create_table(
        "run_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.String(64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run_words"),
        _of_run("run_words"),
    )
    op.create_index("ix_run_words_run_id", "run_words", ["run_id"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES:
        op.execute(statement)
    _fill()
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("acting_as", sa.String(256), nullable=False),
        sa.Column("real", sa.String(256), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        _of_run("feedback"),
    )
    op.create_index("ix_feedback_run_id", "feedback", ["run_id"])
    op.create_table(
        "outcomes",
        sa.Column("run_id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("distance", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("run_id", name="pk_outcomes"),
        _of_run("outcomes"),
    )


def _of_run(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=f"fk_{table}_run_id", ondelete="CASCADE")


def _fill() -> None:
    runs = sa.table(
        "runs",
        *(sa.column(name) for name in ("run_id", "text", *MARKED)),
        sa.column("request", sa.JSON()),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    versions = sa.table("versions", *(sa.column(name) for name in ("run_id", "number", "text")))
    words = sa.table("run_words", *(sa.column(name) for name in ("run_id", "words")))
    connection = op.get_bind()
    ids = connection.scalars(sa.select(runs.c.run_id).order_by(runs.c.created_at, runs.c.run_id)).all()
    for run_id in ids:  # one at a time: texts may be long and many
        run = connection.execute(sa.select(runs).where(runs.c.run_id == run_id)).one()
        newest = connection.scalar(
            sa.select(versions.c.text).where(versions.c.run_id == run_id).order_by(versions.c.number.desc()).limit(1)
        )
        told = "\n".join((run_id, str(_values(run.request)), run.text, newest or ""))
        found = dict.fromkeys(cut(told[:100_000], digits=False))
        marks = (mark(name, getattr(run, name)) for name in MARKED)
        connection.execute(words.insert().values(run_id=run_id, words=" ".join((*marks, *found))))


def _values(request: Any) -> Any:
    """The values of a request without the names of its fields."""
    if isinstance(request, dict):
        return [_values(value) for value in request.values()]
    return [_values(value) for value in request] if isinstance(request, list) else request
