"""Files that wait for ingestion, in one SQLite table, worked off by a process of its own.

A page only hands the bytes over. It stays quick while the worker embeds, and a restart loses nothing: what was being
worked on when the worker stopped waits again. People take turns: one's five hundred files do not hold up another's one.
"""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import file_digest
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from workbench.archive import is_archive, unpack
from workbench.errors import StoreError
from workbench.knowledge import Job, JobState
from workbench.settings import Limits

from .schema import bring_forward

TRIES = 2
"""How often a file may bring the worker down before it is given up."""

# Each step brings the file from version n to n + 1 (PRAGMA user_version). Steps are never edited, only added.
_STEPS = (
    """
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
    """,
    """
    ALTER TABLE jobs ADD COLUMN kind TEXT NOT NULL DEFAULT 'file';
    ALTER TABLE jobs ADD COLUMN submitter TEXT NOT NULL DEFAULT '';
    ALTER TABLE jobs ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
    -- Whose turn it was when: a count of all jobs ever taken, and its value when somebody's job was last taken.
    CREATE TABLE turns (submitter TEXT PRIMARY KEY, turn INTEGER NOT NULL);
    CREATE INDEX jobs_open ON jobs(state, submitter, id);
    """,
)
_OPEN = "('waiting', 'working')"
_INCOMING = "incoming-"
_SETTLED = 3600.0


class Queue:
    """Implements ``workbench.knowledge.IngestQueue`` in the data folder. ``start_worker`` makes sure that one runs."""

    def __init__(self, folder: Path, start_worker: Callable[[], None], limits: Limits | None = None) -> None:
        self._folder = folder
        self._files = folder / "files"
        self._start_worker = start_worker
        self._limits = limits or Limits()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            connection = sqlite3.connect(self._folder / "queue.sqlite3", timeout=30, isolation_level=None)
            try:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA journal_mode = WAL")
                bring_forward(connection, _STEPS)
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise StoreError("vectorstore:queue.damaged", reason=error) from error

    # -- for pages

    def submit(self, knowledge_base: str, name: str, content: bytes, *, submitter: str = "") -> Sequence[int]:
        self._files.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self._folder, prefix=_INCOMING) as folder:
            if is_archive(name):
                unpacked = unpack(BytesIO(content), name, self._limits, Path(folder))
                kept = [(inside, self._keep(path)) for inside, path in unpacked]
            else:
                path = Path(folder) / "file"
                path.write_bytes(content)
                kept = [(name, self._keep(path))]
        return self._add([(knowledge_base, inside, file, "file", submitter) for inside, file in kept])

    def reindex(self, knowledge_base: str, *, submitter: str = "") -> int:
        with self._open() as connection:
            known = connection.execute(
                f"SELECT id FROM jobs WHERE knowledge_base = ? AND kind = 'reindex' AND state IN {_OPEN}",  # noqa: S608  # constant
                (knowledge_base,),
            ).fetchone()
        return known["id"] if known else self._add([(knowledge_base, "", "", "reindex", submitter)])[0]

    def jobs(self, knowledge_base: str | None = None) -> Sequence[Job]:
        with self._open() as connection:
            rows = connection.execute(
                "SELECT * FROM jobs WHERE ?1 IS NULL OR knowledge_base = ?1 ORDER BY id", (knowledge_base,)
            ).fetchall()
        jobs = [_job(row) for row in rows]
        if any(job.state in ("waiting", "working") for job in jobs):
            self._start_worker()
        return jobs

    def cancel(self, job_id: int) -> None:
        self._move("cancelled", ("waiting", "working", "paused"), job_id=job_id)

    def pause(self, knowledge_base: str, job_id: int | None = None) -> None:
        self._move("paused", ("waiting", "working"), knowledge_base, job_id)

    def resume(self, knowledge_base: str, job_id: int | None = None) -> None:
        self._move("waiting", ("paused",), knowledge_base, job_id)
        self._start_worker()

    def retry(self, job_id: int) -> None:
        with self._open() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'waiting', tries = 0, done = 0, error = ''"
                " WHERE id = ? AND state IN ('failed', 'cancelled')",
                (job_id,),
            )
        self._start_worker()

    def clear(self, knowledge_base: str) -> None:
        with self._open() as connection:
            connection.execute(
                "DELETE FROM jobs WHERE knowledge_base = ? AND state IN ('done', 'failed', 'cancelled')",
                (knowledge_base,),
            )

    def _keep(self, path: Path) -> str:
        """Move a file to where the worker finds it; returns its name there, which follows from its content."""
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        path.replace(self._files / digest)
        return digest

    def _add(self, rows: Sequence[tuple[str, str, str, str, str]]) -> list[int]:
        ids = []
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            for row in rows:
                inserted = connection.execute(
                    "INSERT INTO jobs (knowledge_base, name, file, kind, submitter) VALUES (?, ?, ?, ?, ?)", row
                )
                ids.append(int(inserted.lastrowid or 0))
            connection.execute("COMMIT")
        self._start_worker()
        return ids

    def _move(
        self,
        state: JobState,
        of: tuple[JobState, ...],
        knowledge_base: str | None = None,
        job_id: int | None = None,
    ) -> None:
        """Bring all jobs that are in one of the states ``of`` to ``state``, or only some of them."""
        marks = ", ".join("?" * len(of))
        with self._open() as connection:
            connection.execute(
                f"UPDATE jobs SET state = ? WHERE state IN ({marks})"  # noqa: S608  # question marks
                " AND coalesce(?, knowledge_base) = knowledge_base AND coalesce(?, id) = id",
                (state, *of, knowledge_base, job_id),
            )

    # -- for the worker

    def recover(self) -> list[Job]:
        """Let everything wait again that was being worked on when the last worker stopped without a word.

        Returns the jobs that have used up their tries; they are still marked as being worked on.
        """
        with self._open() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'waiting', done = 0 WHERE state = 'working' AND tries < ?", (TRIES,)
            )
            rows = connection.execute("SELECT * FROM jobs WHERE state = 'working'").fetchall()
        return [_job(row) for row in rows]

    def take(self) -> tuple[Job, Path] | None:
        """The next waiting job, now marked as being worked on, and its file.

        It is the oldest job of the person whose last turn is longest ago.
        """
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            row = connection.execute(
                "SELECT j.* FROM (SELECT min(id) AS id FROM jobs WHERE state = 'waiting' GROUP BY submitter) first"
                " JOIN jobs j ON j.id = first.id LEFT JOIN turns t ON t.submitter = j.submitter"
                " ORDER BY coalesce(t.turn, 0), j.id LIMIT 1"
            ).fetchone()
            if row is not None:
                connection.execute("UPDATE jobs SET state = 'working', tries = tries + 1 WHERE id = ?", (row["id"],))
                connection.execute(
                    "INSERT OR REPLACE INTO turns SELECT ?, coalesce(max(turn), 0) + 1 FROM turns", (row["submitter"],)
                )
            connection.execute("COMMIT")
        return None if row is None else (_job(row), self._files / row["file"])

    def advance(self, job_id: int, done: int, total: int) -> bool:
        """Note the progress; False when the job was cancelled or paused."""
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

    def put_back(self, job_id: int) -> None:
        """Let a job wait again whose work was stopped in good order: it counts as not tried."""
        with self._open() as connection:
            connection.execute(
                "UPDATE jobs SET tries = tries - 1, done = 0,"
                " state = CASE state WHEN 'working' THEN 'waiting' ELSE state END WHERE id = ?",
                (job_id,),
            )

    def sweep(self) -> None:
        """Delete the kept files that no job can need any more, and what a killed page left half unpacked."""
        with self._open() as connection:
            rows = connection.execute("SELECT DISTINCT file FROM jobs WHERE state != 'done'").fetchall()
        needed = {row["file"] for row in rows}
        for path in [*self._files.glob("*"), *self._folder.glob(f"{_INCOMING}*")]:
            # A file that came just now may belong to a job that is about to be added.
            if path.name not in needed and time.time() - path.stat().st_mtime > _SETTLED:
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

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


def _job(row: sqlite3.Row) -> Job:
    return Job(**{key: row[key] for key in row.keys() if key in Job.model_fields})  # noqa: SIM118
