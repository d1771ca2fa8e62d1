import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from records.database import MIGRATIONS
from records.runs import RunRecords
from records.tables import Table
from workbench.errors import StoreError

OPTIONS = {
    "compare_type": True,
    "render_as_batch": True,
    "include_name": lambda name, kind, _: not (kind == "table" and name.startswith("run_search")),  # FTS5 keeps them
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "records.sqlite"


def upgraded(path, revision):
    """A file as an older version of the program left it."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.upgrade(config, revision)
    engine.dispose()


def first_release(path):
    upgraded(path, "0001")
    with sqlite3.connect(path) as connection:
        for run_id, status in (("old", "done"), ("stuck", "running")):
            connection.execute(
                "INSERT INTO runs VALUES (?, 'support', 'reply', 'zh', ?, 'Li', '2026-01-02 03:04:05.000000', NULL,"
                " '{}', '[]', '[]', '{\"reply\": \"好\"}', '好', '[]', '[]', '{}', '', '', '')",
                (run_id, status),
            )
        connection.execute(
            "INSERT INTO versions VALUES ('old', 1, '好', '{\"reply\": \"好\"}', '[]', '[]', '', '2026-01-02 03:04:05')"
        )


def test_models_and_migrations_agree(path):
    RunRecords(f"sqlite:///{path}").close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        assert compare_metadata(context, Table.metadata) == []
    engine.dispose()


def test_the_first_release_is_brought_forward_with_its_data(path):
    first_release(path)
    records = RunRecords(f"sqlite:///{path}")
    assert records.get("old").text == "好"
    assert records.get("old").created_at.isoformat() == "2026-01-02T03:04:05+00:00"
    assert [kept.number for kept in records.versions("old")] == [1]
    assert records.get("stuck").status == "failed"
    records.close()


def test_versions_of_before_get_their_base_and_hash(path):
    upgraded(path, "0002")
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO runs VALUES ('old', 'support', 'reply', 'zh', 'done', 'Li', '2026-01-02 03:04:05.000000',"
            " NULL, '{}', '[]', '[]', '{\"reply\": \"好\"}', '好', '[]', '[]', '{}', '', '', '', NULL)"
        )
        for number, text in ((1, "好"), (2, "改\ud83d".encode("utf-8", "replace").decode()), (3, "再改")):
            connection.execute(
                "INSERT INTO versions VALUES ('old', ?, ?, ?, '[]', '[]', 'Li', '2026-01-02 03:04:05')",
                (number, text, json.dumps({"reply": text, "score": 1.50})),
            )
    records = RunRecords(f"sqlite:///{path}")
    versions = records.versions("old")
    records.close()
    assert [(kept.number, kept.base, kept.restored, kept.author) for kept in versions] == [
        (1, 0, None, "Li"), (2, 1, None, "Li"), (3, 2, None, "Li"),
    ]  # fmt: skip
    with sqlite3.connect(path) as connection:
        stored = [row[0] for row in connection.execute("SELECT sha256 FROM versions ORDER BY number")]
    assert stored == [kept.sha256 for kept in versions]


def test_a_copy_is_kept_before_a_migration(path):
    first_release(path)
    RunRecords(f"sqlite:///{path}").close()
    [copy] = path.parent.glob("*.bak")
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == (2,)


def test_no_copy_is_kept_of_a_file_that_needs_no_migration(path):
    RunRecords(f"sqlite:///{path}").close()
    RunRecords(f"sqlite:///{path}").close()
    assert list(path.parent.glob("*.bak")) == []


def test_a_database_of_a_newer_program_is_refused_and_untouched(path):
    RunRecords(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"newer version \(9999\)"):
        RunRecords(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_a_broken_migration_leaves_the_file_as_it_was(path):
    first_release(path)
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE runs ADD COLUMN owner TEXT")  # the step to come cannot add it again
    with pytest.raises(StoreError):
        RunRecords(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def test_processes_that_open_a_new_database_at_once_all_succeed(path, tmp_path):
    code = "import sys; from records.runs import RunRecords; print(len(RunRecords(sys.argv[1]).list()))"
    root = Path(__file__).parents[2]
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code, f"sqlite:///{path}"],
            cwd=tmp_path,  # migrations are found from any working directory
            env={"PYTHONPATH": str(root)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    answers = [child.communicate() for child in children]
    assert [out for out, _ in answers] == [b"0\n"] * 3, answers
