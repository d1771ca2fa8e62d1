"""Reads and writes the SQLite file of one knowledge base."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from workbench.errors import NotFoundError, StoreError
from workbench.evidence import Chunk
from workbench.knowledge import KnowledgeBase, Material, StoredDocument

from .schema import connect
from .words import words

# A title or heading that holds the word says more than a body that does; measured in bench/retrieval.py.
TITLE, CONTEXT, BODY = 1.0, 1.0, 1.0
Vectors = npt.NDArray[np.float32]


class NewChunk:
    """A passage about to be stored."""

    __slots__ = ("context", "end", "page", "start", "text", "vector")

    def __init__(self, start: int, end: int, page: int | None, context: str, text: str) -> None:
        self.start, self.end, self.page, self.context, self.text = start, end, page, context, text
        self.vector: bytes | None = None


class Store:
    """One knowledge base's file. A connection is opened for each piece of work, so any thread may call."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name

    @contextmanager
    def _open(self, write: bool = False) -> Iterator[sqlite3.Connection]:
        connection = connect(self.path, self.name)
        try:
            if write:
                connection.execute("BEGIN IMMEDIATE")
            yield connection
            if write:
                connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreError("vectorstore:kb.damaged", name=self.name, reason=error) from error
        finally:
            connection.close()  # an open transaction is rolled back

    # -- the knowledge base itself

    def create(self, meta: dict[str, str]) -> None:
        """Write the file with its first facts."""
        with self._open(write=True) as connection:
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())

    def meta(self) -> dict[str, str]:
        """All facts: title, sensitivity, builtin, embedder, collection."""
        with self._open() as connection:
            return dict(connection.execute("SELECT key, value FROM meta").fetchall())

    def set_meta(self, **values: str) -> None:
        """Change facts."""
        with self._open(write=True) as connection:
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def describe(self) -> KnowledgeBase:
        """The knowledge base with its counts."""
        with self._open() as connection:
            meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
            documents, newest = connection.execute("SELECT count(*), max(updated_at) FROM documents").fetchone()
            chunks = connection.execute("SELECT count(*) FROM chunks").fetchone()[0]
        return KnowledgeBase(
            name=self.name,
            title=meta["title"],
            sensitivity=meta["sensitivity"],
            builtin=meta["builtin"] == "1",
            embedder=meta["embedder"],
            documents=documents,
            chunks=chunks,
            updated_at=newest or meta["created_at"],
        )

    # -- documents

    def sha256(self, document_id: str) -> str | None:
        """The hash of the stored version of a document; None when it is not there."""
        with self._open() as connection:
            row = connection.execute("SELECT sha256 FROM documents WHERE id = ?", (document_id,)).fetchone()
        return row[0] if row else None

    def documents(self) -> list[StoredDocument]:
        """All documents by title."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT d.*, (SELECT count(*) FROM chunks c WHERE c.document_id = d.id) AS chunks"
                " FROM documents d ORDER BY title, id"
            ).fetchall()
        return [
            StoredDocument(**{**dict(row), "metadata": json.loads(row["metadata"]), "notes": json.loads(row["notes"])})
            for row in rows
        ]

    def chunks(self, document_id: str) -> list[Chunk]:
        """A document's passages in order. Raises ``NotFoundError``."""
        with self._open() as connection:
            row = connection.execute("SELECT title FROM documents WHERE id = ?", (document_id,)).fetchone()
            if row is None:
                raise NotFoundError("vectorstore:document.unknown", name=self.name, document=document_id)
            rows = connection.execute("SELECT * FROM chunks WHERE document_id = ? ORDER BY id", (document_id,))
            return [_chunk(chunk, row["title"]) for chunk in rows]

    def put(self, material: Material, source: str, chunks: Sequence[NewChunk]) -> None:
        """Store a document with all its passages, in place of an older version: all of it or nothing."""
        document = material.document
        with self._open(write=True) as connection:
            _remove(connection, material.id)
            connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    material.id,
                    document.title,
                    source,
                    material.sha256,
                    document.media_type,
                    len(document.pages) or None,
                    _iso(material.effective_from),
                    _iso(material.effective_to),
                    json.dumps(document.metadata, ensure_ascii=False),
                    json.dumps(document.notes),
                    datetime.now(UTC).isoformat(),
                ),
            )
            title = " ".join(words(document.title))
            for chunk in chunks:
                row = connection.execute(
                    "INSERT INTO chunks (document_id, start, end, page, context, text, vector)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (material.id, chunk.start, chunk.end, chunk.page, chunk.context, chunk.text, chunk.vector),
                ).lastrowid
                connection.execute(
                    "INSERT INTO words (rowid, title, context, body) VALUES (?, ?, ?, ?)",
                    (row, title, " ".join(words(chunk.context)), " ".join(words(chunk.text))),
                )

    def remove(self, document_id: str) -> None:
        """Delete a document; from the next search on it does not answer. Raises ``NotFoundError``."""
        with self._open(write=True) as connection:
            if not _remove(connection, document_id):
                raise NotFoundError("vectorstore:document.unknown", name=self.name, document=document_id)

    # -- search

    def lexical(self, terms: Sequence[str], limit: int) -> dict[int, float]:
        """BM25 scores (higher is better) of the passages that hold any of ``terms``, by chunk id, best first."""
        if not terms:
            return {}
        query = " OR ".join(f'"{term}"' for term in terms)
        with self._open() as connection:
            rows = connection.execute(
                f"SELECT rowid, -bm25(words, {TITLE}, {CONTEXT}, {BODY}) AS score FROM words"  # noqa: S608  # constants
                " WHERE words MATCH ? ORDER BY rank LIMIT ?",
                (query, limit),
            ).fetchall()
        return {row["rowid"]: row["score"] for row in rows}

    def barred(self, as_of: date) -> set[int]:
        """Ids of the passages whose document is not in force on ``as_of``."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT c.id FROM documents d JOIN chunks c ON c.document_id = d.id"
                " WHERE d.effective_from > ?1 OR d.effective_to < ?1",
                (as_of.isoformat(),),
            ).fetchall()
        return {row[0] for row in rows}

    def load(self, ids: Sequence[int]) -> dict[int, Chunk]:
        """The passages that still exist, by id."""
        marks = ",".join("?" * len(ids))
        with self._open() as connection:
            rows = connection.execute(
                f"SELECT c.*, d.title FROM chunks c JOIN documents d ON d.id = c.document_id WHERE c.id IN ({marks})",  # noqa: S608  # question marks
                list(ids),
            ).fetchall()
        return {row["id"]: _chunk(row, row["title"]) for row in rows}

    # -- vectors

    def vectors(self, ids: Sequence[int]) -> dict[int, Vectors]:
        """The vectors of the given passages; those without one are left out."""
        marks = ",".join("?" * len(ids))
        with self._open() as connection:
            rows = connection.execute(
                f"SELECT id, vector FROM chunks WHERE id IN ({marks}) AND vector IS NOT NULL",  # noqa: S608  # question marks
                list(ids),
            ).fetchall()
        return {row["id"]: np.frombuffer(row["vector"], np.float32) for row in rows}

    def vectors_after(self, chunk_id: int, limit: int = -1) -> tuple[list[int], Vectors]:
        """(ids, vectors [n, dimension]) of the passages stored after ``chunk_id``, in order."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT id, vector FROM chunks WHERE id > ? AND vector IS NOT NULL ORDER BY id LIMIT ?",
                (chunk_id, limit),
            ).fetchall()
        ids = [row["id"] for row in rows]
        return ids, _matrix([row["vector"] for row in rows])

    def removals_after(self, seq: int) -> tuple[list[int], int]:
        """(ids of passages removed after ``seq``, the newest seq)."""
        with self._open() as connection:
            rows = connection.execute("SELECT seq, chunk_id FROM removals WHERE seq > ?", (seq,)).fetchall()
        return [row["chunk_id"] for row in rows], rows[-1]["seq"] if rows else seq

    def state(self) -> tuple[int, int]:
        """(newest chunk id ever given, newest removal): changes whenever an index must follow."""
        with self._open() as connection:
            newest = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
        return newest.get("chunks", 0), newest.get("removals", 0)

    def count_vectors(self, up_to: int) -> int:
        """How many passages up to the id ``up_to`` have a vector."""
        with self._open() as connection:
            row = connection.execute(
                "SELECT count(*) FROM chunks WHERE id <= ? AND vector IS NOT NULL", (up_to,)
            ).fetchone()
        return int(row[0])

    def sample(self, places: int = 16, each: int = 16) -> Vectors:
        """Up to ``places * each`` vectors from all over the knowledge base, the same ones while it does not change."""
        newest, _ = self.state()
        rows: dict[int, bytes] = {}
        with self._open() as connection:
            for place in range(places):
                start = newest * place // places
                rows |= connection.execute(
                    "SELECT id, vector FROM chunks WHERE id > ? AND vector IS NOT NULL ORDER BY id LIMIT ?",
                    (start, each),
                ).fetchall()
        return _matrix(list(rows.values()))


def _matrix(rows: Sequence[bytes]) -> Vectors:
    return np.frombuffer(b"".join(rows), np.float32).reshape(len(rows), -1 if rows else 0)


def _remove(connection: sqlite3.Connection, document_id: str) -> bool:
    ids = connection.execute("SELECT id FROM chunks WHERE document_id = ?", (document_id,)).fetchall()
    connection.executemany("DELETE FROM words WHERE rowid = ?", ids)
    connection.executemany("INSERT INTO removals (chunk_id) VALUES (?)", ids)
    connection.execute("DELETE FROM chunks WHERE document_id = ?", (document_id,))
    return connection.execute("DELETE FROM documents WHERE id = ?", (document_id,)).rowcount > 0


def _chunk(row: sqlite3.Row, title: str) -> Chunk:
    return Chunk(
        row["id"], row["document_id"], title, row["text"], row["start"], row["end"], row["page"], row["context"]
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
