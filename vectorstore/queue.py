"""Files that wait for ingestion, in one SQLite table, worked off by a process of its own.

A page only hands the bytes over. It stays quick while the worker embeds, and a restart loses nothing: what was being
worked on when the worker stopped waits again.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from workbench.errors import StoreError
from workbench.knowledge import Job

_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    knowledge_base TEXT NOT NULL,
    name TEXT NOT NULL,
    file TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    chunks INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT ''
);
-- Built-in knowledge that shall be there (wanted = 1) or was removed by a person (wanted = 0), and how far it is.
CREATE TABLE IF NOT EXISTS builtin (
    name TEXT PRIMARY KEY,
    wanted INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT ''
);
"""


class Queue:
    """Implements ``workbench.knowledge.IngestQueue`` in the data folder. ``start_worker`` makes sure that one runs."""

    def __init__(self, folder: Path, start_worker: Callable[[], None]) -> None:
        self._folder = folder
        self._start_worker = start_worker

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            connection = sqlite3.connect(self._folder / "queue.sqlite3", timeout=30, isolation_level=None)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
            try:
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise StoreError("vectorstore:queue.damaged", reason=error) from error

    # -- for pages

    def submit(self, knowledge_base: str, name: str, content: bytes) -> int:
        digest = sha256(content).hexdigest()
        file = self._folder / "files" / digest
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            half = file.with_suffix(".half")
            half.write_bytes(content)
            half.replace(file)
        with self._open() as connection:
            row = connection.execute(
                "INSERT INTO jobs (knowledge_base, name, file) VALUES (?, ?, ?)", (knowledge_base, name, digest)
            ).lastrowid
        self._start_worker()
        return int(row or 0)

    def jobs(self, knowledge_base: str | None = None) -> Sequence[Job]:
        with self._open() as connection:
            rows = connection.execute(
                "SELECT * FROM jobs WHERE ?1 IS NULL OR knowledge_base = ?1 ORDER BY id", (knowledge_base,)
            ).fetchall()
        return [Job(**{key: row[key] for key in row.keys() if key != "file"}) for row in rows]  # noqa: SIM118

    def cancel(self, job_id: int) -> None:
        with self._open() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'cancelled' WHERE id = ? AND state IN ('waiting', 'working')", (job_id,)
            )

    def clear(self, knowledge_base: str) -> None:
        with self._open() as connection:
            connection.execute(
                "DELETE FROM jobs WHERE knowledge_base = ? AND state NOT IN ('waiting', 'working')", (knowledge_base,)
            )

    # -- for the worker

    def requeue(self) -> None:
        """Let everything wait again that was being worked on when the last worker stopped."""
        with self._open() as connection:
            connection.execute("UPDATE jobs SET state = 'waiting', done = 0 WHERE state = 'working'")

    def take(self) -> tuple[Job, Path] | None:
        """The next waiting job, now marked as being worked on, and its file."""
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            row = connection.execute("SELECT * FROM jobs WHERE state = 'waiting' ORDER BY id LIMIT 1").fetchone()
            if row is not None:
                connection.execute("UPDATE jobs SET state = 'working' WHERE id = ?", (row["id"],))
            connection.execute("COMMIT")
        if row is None:
            return None
        job = Job(**{key: row[key] for key in row.keys() if key != "file"})  # noqa: SIM118
        return job, self._folder / "files" / row["file"]

    def advance(self, job_id: int, done: int, total: int) -> bool:
        """Note the progress; False when the job was cancelled."""
        with self._open() as connection:
            connection.execute("UPDATE jobs SET done = ?, total = ? WHERE id = ?", (done, total, job_id))
            row = connection.execute("SELECT state FROM jobs WHERE id = ?", (job_id,)).fetchone()
        return row is not None and row["state"] == "working"

    def finish(self, job_id: int, chunks: int, error: str) -> None:
        """Note the end of a job; ``error`` is empty when it went well."""
        state = "failed" if error else "done"
        with self._open() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, chunks = ?, error = ? WHERE id = ? AND state = 'working'",
                (state, chunks, error, job_id),
            )

    # -- built-in knowledge

    def wishes(self) -> dict[str, tuple[bool, int, int]]:
        """Name to (wanted, documents done, documents in all) of built-in knowledge that was ever asked for."""
        with self._open() as connection:
            rows = connection.execute("SELECT * FROM builtin").fetchall()
        return {row["name"]: (bool(row["wanted"]), row["done"], row["total"]) for row in rows}

    def wish(self, name: str, wanted: bool) -> None:
        """Ask for built-in knowledge, or note that a person removed it."""
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO builtin (name, wanted) VALUES (?, ?)", (name, int(wanted)))

    def note_builtin(self, name: str, done: int, total: int) -> None:
        """Note how many documents of it are loaded."""
        with self._open() as connection:
            connection.execute("UPDATE builtin SET done = ?, total = ? WHERE name = ?", (done, total, name))
