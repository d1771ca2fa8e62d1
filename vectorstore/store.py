"""Reads and writes the SQLite file of one knowledge base."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from workbench.errors import NotFoundError, StoreError
from workbench.evidence import Chunk
from workbench.knowledge import KnowledgeBase, Material, StoredDocument

from .schema import connect
from .versions import NewChunk, add_version, iso, set_spans

Ids = npt.NDArray[np.int64]


class State(NamedTuple):
    """Changes whenever what may be found changes: newest chunk id ever given, newest removal, newest revision."""

    chunks: int
    removals: int
    revision: int


_NEWEST = "SELECT max(key) FROM versions GROUP BY document_id"
CHUNK = (
    "SELECT c.id, v.document_id, v.title, c.text, c.start, c.end, c.page, c.context"
    " FROM chunks c JOIN versions v ON v.key = c.version"
)


class Store:
    """One knowledge base's file. A connection is opened for each piece of work, so any thread may call."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name

    @contextmanager
    def open(self, write: bool = False, create: bool = False) -> Iterator[sqlite3.Connection]:
        """A connection for one piece of work, with ``write`` one transaction. Raises ``StoreError``."""
        connection = connect(self.path, self.name, create=create)
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
        with self.open(write=True, create=True) as connection:
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())

    def meta(self) -> dict[str, str]:
        """All facts: title, sensitivity, builtin, embedder, collection."""
        with self.open() as connection:
            return dict(connection.execute("SELECT key, value FROM meta").fetchall())

    def set_meta(self, **values: str) -> None:
        """Change facts."""
        with self.open(write=True) as connection:
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def whole(self) -> bool:
        """Whether SQLite finds the file undamaged, the lexical index included. Reads all of it."""
        try:
            with self.open() as connection:
                connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
                return bool(connection.execute("PRAGMA quick_check").fetchone()[0] == "ok")
        except StoreError:
            return False

    def describe(self) -> KnowledgeBase:
        """The knowledge base with its counts."""
        with self.open() as connection:
            meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
            documents, chunks, newest = connection.execute(
                f"SELECT count(*), sum(chunks), max(updated_at) FROM versions WHERE key IN ({_NEWEST})"  # noqa: S608  # constant
            ).fetchone()
        return KnowledgeBase(
            name=self.name,
            title=meta["title"],
            sensitivity=meta["sensitivity"],
            builtin=meta["builtin"] == "1",
            embedder=meta["embedder"],
            documents=documents,
            chunks=chunks or 0,
            updated_at=newest or meta["created_at"],
        )

    # -- documents and their versions

    def sha256(self, document_id: str) -> str | None:
        """The hash of the newest version of a document; None when it is not there."""
        with self.open() as connection:
            newest = _newest(connection, document_id)
        return newest["sha256"] if newest else None

    def documents(self) -> list[StoredDocument]:
        """The newest version of each document, by title."""
        with self.open() as connection:
            rows = connection.execute(
                f"SELECT v.*, v.number AS versions FROM versions v WHERE key IN ({_NEWEST}) ORDER BY title, document_id"  # noqa: S608  # constant
            ).fetchall()
        return [_stored(row) for row in rows]

    def all_versions(self) -> list[StoredDocument]:
        """All versions of all documents in the order in which they were added."""
        with self.open() as connection:
            rows = connection.execute("SELECT *, number AS versions FROM versions ORDER BY key").fetchall()
        return [_stored(row) for row in rows]

    def versions(self, document_id: str) -> list[StoredDocument]:
        """All versions of a document, the newest first. Raises ``NotFoundError``."""
        with self.open() as connection:
            rows = connection.execute(
                "SELECT v.*, (SELECT max(number) FROM versions WHERE document_id = ?1) AS versions"
                " FROM versions v WHERE document_id = ?1 ORDER BY number DESC",
                (document_id,),
            ).fetchall()
        if not rows:
            raise self._unknown(document_id)
        return [_stored(row) for row in rows]

    def chunks(self, document_id: str, version: int | None = None) -> list[Chunk]:
        """The passages in order of a document's newest version, or of the one named. Raises ``NotFoundError``."""
        with self.open() as connection:
            key = self._version(connection, document_id, version)["key"]
            rows = connection.execute(f"{CHUNK} WHERE c.version = ? ORDER BY c.id", (key,)).fetchall()
        return [as_chunk(row) for row in rows]

    def text(self, document_id: str, version: int | None = None) -> str:
        """The whole text of a document's newest version, or of the one named. Raises ``NotFoundError``."""
        with self.open() as connection:
            packed = self._version(connection, document_id, version)["text"]
        if packed is not None:
            return zlib.decompress(packed).decode()
        text = ""
        for chunk in self.chunks(document_id, version):
            text = text[: chunk.start].ljust(chunk.start) + chunk.text
        return text

    def put(self, material: Material, source: str, chunks: Sequence[NewChunk], embedder: str = "") -> bool:
        """Store a document with all its passages as its newest version: all of it or nothing.

        ``embedder`` made the passages' vectors. If those of the knowledge base are another's by now, they are left out.
        False when another process was quicker to store the same.
        """
        document = material.document
        with self.open(write=True) as connection:
            newest = _newest(connection, material.id)
            if newest and newest["sha256"] == material.sha256:
                return False
            if embedder != connection.execute("SELECT value FROM meta WHERE key = 'embedder'").fetchone()[0]:
                for chunk in chunks:
                    chunk.vector = None
            stored = StoredDocument(
                id=material.id,
                title=document.title,
                source=source,
                sha256=material.sha256,
                media_type=document.media_type,
                chunks=len(chunks),
                pages=len(document.pages) or None,
                effective_from=material.effective_from,
                effective_to=material.effective_to,
                version=newest["number"] + 1 if newest else 1,
                added_on=date.today(),
                metadata=document.metadata,
                notes=list(document.notes),
                updated_at=datetime.now(UTC),
            )
            add_version(connection, stored, document.text, chunks)
        return True

    def put_versions(self, versions: Iterable[tuple[StoredDocument, str, Sequence[NewChunk]]]) -> None:
        """Store versions (record, text, passages) as they are, oldest first: all of them or none."""
        with self.open(write=True) as connection:
            for stored, text, chunks in versions:
                add_version(connection, stored, text, chunks)

    def set_dates(
        self, document_id: str, effective_from: date | None, effective_to: date | None, version: int | None = None
    ) -> None:
        """Say when the newest version, or the one named, is in force. Raises ``NotFoundError``."""
        with self.open(write=True) as connection:
            key = self._version(connection, document_id, version)["key"]
            connection.execute(
                "UPDATE versions SET effective_from = ?, effective_to = ? WHERE key = ?",
                (iso(effective_from), iso(effective_to), key),
            )
            set_spans(connection, document_id)

    def remove(self, document_id: str) -> None:
        """Delete a document with all its versions; from the next search on it does not answer.

        Raises ``NotFoundError``.
        """
        with self.open(write=True) as connection:
            ids = connection.execute(
                "SELECT c.id FROM chunks c JOIN versions v ON v.key = c.version WHERE v.document_id = ?", (document_id,)
            ).fetchall()
            connection.executemany("DELETE FROM words WHERE rowid = ?", ids)
            connection.executemany("INSERT INTO removals (chunk_id) VALUES (?)", ids)
            if not connection.execute("DELETE FROM versions WHERE document_id = ?", (document_id,)).rowcount:
                raise self._unknown(document_id)

    def _version(self, connection: sqlite3.Connection, document_id: str, number: int | None) -> sqlite3.Row:
        row: sqlite3.Row | None = connection.execute(
            "SELECT key, text FROM versions WHERE document_id = ?1 AND number = coalesce(?2, number)"
            " ORDER BY number DESC LIMIT 1",
            (document_id, number),
        ).fetchone()
        if row is None:
            raise self._unknown(document_id, number)
        return row

    def _unknown(self, document_id: str, number: int | None = None) -> NotFoundError:
        if number is None:
            return NotFoundError("vectorstore:document.unknown", name=self.name, document=document_id)
        return NotFoundError("vectorstore:version.unknown", document=document_id, version=number)

    # -- passages

    def load(self, ids: Sequence[int]) -> dict[int, Chunk]:
        """The passages that still exist, by id."""
        marks = ",".join("?" * len(ids))
        with self.open() as connection:
            rows = connection.execute(f"{CHUNK} WHERE c.id IN ({marks})", list(ids)).fetchall()
        return {row["id"]: as_chunk(row) for row in rows}

    # -- what followers of the store ask

    def state(self) -> State:
        """Changes whenever an index or a catalogue must follow."""
        with self.open() as connection:
            newest = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
            revision = connection.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()[0]
        return State(newest.get("chunks", 0), newest.get("removals", 0), int(revision))

    def versions_after(self, revision: int) -> list[tuple[int, str, str | None, str | None]]:
        """(key, document id, begins, ends) of the versions that changed after ``revision``."""
        with self.open() as connection:
            rows = connection.execute(
                "SELECT key, document_id, begins, ends FROM versions WHERE revision > ?", (revision,)
            ).fetchall()
        return [tuple(row) for row in rows]

    def owners_after(self, chunk_id: int) -> tuple[Ids, Ids]:
        """(ids of the passages after ``chunk_id`` in order, key of the version of each)."""
        with self.open() as connection:
            rows = connection.execute("SELECT id, version FROM chunks WHERE id > ? ORDER BY id", (chunk_id,))
            found = np.array([tuple(row) for row in rows], np.int64).reshape(-1, 2)
        return found[:, 0], found[:, 1]

    def removals_after(self, seq: int) -> tuple[list[int], int]:
        """(ids of passages removed after ``seq``, the newest seq)."""
        with self.open() as connection:
            rows = connection.execute("SELECT seq, chunk_id FROM removals WHERE seq > ?", (seq,)).fetchall()
        return [row["chunk_id"] for row in rows], rows[-1]["seq"] if rows else seq


def _newest(connection: sqlite3.Connection, document_id: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "SELECT number, sha256 FROM versions WHERE document_id = ? ORDER BY number DESC LIMIT 1", (document_id,)
    ).fetchone()
    return row


def _stored(row: sqlite3.Row) -> StoredDocument:
    values = {key: row[key] for key in row.keys() if key in StoredDocument.model_fields}  # noqa: SIM118
    values |= {"id": row["document_id"], "version": row["number"]}
    values |= {"metadata": json.loads(row["metadata"]), "notes": json.loads(row["notes"])}
    return StoredDocument(**values)


def as_chunk(row: sqlite3.Row) -> Chunk:
    """A row that ``CHUNK`` selected."""
    return Chunk(**dict(row))
