"""A database of every older version is brought forward with its data, on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from records.approvals import ApprovalRecords
from records.batches import BatchRecords
from records.database import MIGRATIONS
from records.desk import DeskRecords
from records.feedback import FeedbackRecords
from records.history import HistoryRecords
from records.runs import RunRecords
from records.usage import UsageRecords
from records.views import ViewRecords
from records.words import MARKED, mark
from workbench.history import Filter
from workbench.words import words as cut

REVISIONS = [step.revision for step in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]
NOW = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
USAGE = {"backend": "cloud", "model": "m", "input_tokens": 70, "output_tokens": 7, "seconds": 1.5, "cost": 0.0}


def engine_of(url):
    made = sa.make_url(url)
    if made.get_backend_name() == "postgresql":
        return sa.create_engine(made.set(drivername="postgresql+psycopg"))
    Path(made.database).parent.mkdir(parents=True, exist_ok=True)
    return sa.create_engine(made)


def left_by(url, revision):
    """A database as the version of the program with ``revision`` left it, with a row in every table that it had."""
    engine = engine_of(url)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.upgrade(config, revision)
    with engine.begin() as connection:
        tables = sa.MetaData()
        tables.reflect(connection)
        for name, values in rows():
            if name in tables.tables:
                table = tables.tables[name]
                known = {column: value for column, value in values.items() if column in table.columns}
                connection.execute(table.insert().values(known))
    engine.dispose()


def rows():
    run = {
        "run_id": "old", "scenario": "support", "task": "reply", "lang": "zh", "status": "done", "author": "chen",
        "created_at": NOW, "finished_at": NOW, "request": {"message": "保修多久？"}, "knowledge": ["faq"],
        "evidence": [],
        "deliverable": {"reply": "保修两年"}, "text": "保修两年", "findings": [], "citations": [], "usage": USAGE,
        "prompt": "support/reply.zh@1", "thinking": "", "error": "", "owner": None, "department": "业务部",
        "month": "2026-03", "backend": "cloud", "model": "m", "input_tokens": 70, "output_tokens": 7, "seconds": 1.5,
        "cost": None, "characters": 4,
    }  # fmt: skip
    yield "runs", run
    yield "runs", {**run, "run_id": "stuck", "status": "running", "deliverable": None, "text": "", "owner": "0000000"}
    for number, text in ((1, "保修两年"), (2, "保修二十四个月")):
        version = {
            "run_id": "old", "number": number, "text": text, "deliverable": {"reply": text}, "citations": [],
            "findings": [], "author": "chen", "created_at": NOW, "real": "", "base": number - 1, "restored": None,
            "sha256": "0" * 64,
        }  # fmt: skip
        yield "versions", version
    decision = {
        "run_id": "old", "act": "submit", "acting_as": "chen", "real": "li", "version": 2, "sha256": "0" * 64,
        "step": None, "delegate": "", "comments": [], "plan": [], "at": NOW,
    }  # fmt: skip
    yield "decisions", decision
    batch = {
        "batch_id": "b1", "scenario": "support", "task": "reply", "lang": "zh", "knowledge": [], "backend": "composer",
        "author": "", "name": "r.xlsx", "key": "k", "header": ["message"], "ignored": [], "background": False,
        "state": "running", "error": "", "owner": "0000000", "created_at": NOW, "finished_at": None,
    }  # fmt: skip
    yield "batches", batch
    marks = [mark(name, run[name]) for name in MARKED]
    yield (
        "run_words",
        {"run_id": "old", "words": " ".join([*marks, *cut("old 保修多久 保修二十四个月", digits=False)])},
    )
    item = {"batch_id": "b1", "number": 1, "state": "waiting", "run_id": None, "error": "", "request": {}, "cells": []}
    yield "batch_items", item


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_older_database_is_brought_forward_with_its_data(url, revision):
    left_by(url, revision)
    records = RunRecords(url)
    try:
        run = records.get("old")
        assert (run.text, run.request, run.created_at, run.author) == (
            "保修两年",
            {"message": "保修多久？"},
            NOW,
            "chen",
        )
        assert run.usage.input_tokens == 70
        assert records.get("stuck").status == "failed"
        versions = records.versions("old")
        assert [(kept.number, kept.base, kept.text) for kept in versions] == [
            (1, 0, "保修两年"),
            (2, 1, "保修二十四个月"),
        ]
        [spend] = UsageRecords(records.database).spend(["month", "model"], person="chen", scenario="support")
        assert spend.group == {"month": "2026-03", "model": "m"}
        assert (spend.runs, spend.input_tokens, spend.characters, spend.unpriced) == (
            2,
            140,
            4 + 4 * stored(revision),
            2,
        )
        if revision not in ("0001", "0002"):
            assert ApprovalRecords(records.database).decisions("old")[0].actor.person == "chen"
        if revision not in ("0001", "0002", "0004"):
            assert BatchRecords(records.database).get("b1").state == "paused"
        history = HistoryRecords(records.database)
        for words in ("二十四", "保修 多久", "old"):
            assert [found.run_id for found in history.find(Filter(words=words, status="done"))] == ["old"]
        assert DeskRecords(records.database).answers("old") == []
        assert FeedbackRecords(records.database).outcomes() == []
        assert ViewRecords(records.database).of("old") == []
        assert records.add_version("old", versions[1]).number == 3
    finally:
        records.close()


def stored(revision):
    """Whether the program of then had counted the characters of a run already; the row above says four for each."""
    return REVISIONS.index(revision) >= REVISIONS.index("0006")
