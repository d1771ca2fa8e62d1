"""Versions of a document in a store: how one is written, and when each answers."""

import json
import sqlite3
import zlib
from collections.abc import Sequence
from datetime import date, timedelta

from workbench.knowledge import StoredDocument
from workbench.words import words


class NewChunk:
    """A passage about to be stored."""

    __slots__ = ("context", "end", "page", "start", "text", "vector")

    def __init__(self, start: int, end: int, page: int | None, context: str, text: str) -> None:
        self.start, self.end, self.page, self.context, self.text = start, end, page, context, text
        self.vector: bytes | None = None


def add_version(connection: sqlite3.Connection, stored: StoredDocument, text: str, chunks: Sequence[NewChunk]) -> None:
    """Insert one version of a document with its passages, within the caller's transaction."""
    version = connection.execute(
        "INSERT INTO versions (document_id, number, title, source, sha256, media_type, pages, effective_from,"
        " effective_to, metadata, notes, chunks, added_on, updated_at, revision, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
        (
            stored.id,
            stored.version,
            stored.title,
            stored.source,
            stored.sha256,
            stored.media_type,
            stored.pages,
            iso(stored.effective_from),
            iso(stored.effective_to),
            json.dumps(stored.metadata, ensure_ascii=False),
            json.dumps(stored.notes),
            len(chunks),
            iso(stored.added_on or date.today()),
            stored.updated_at.isoformat(),
            zlib.compress(text.encode()),
        ),
    ).lastrowid
    title = " ".join(words(stored.title))
    for chunk in chunks:
        row = connection.execute(
            "INSERT INTO chunks (version, start, end, page, context, text, vector) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (version, chunk.start, chunk.end, chunk.page, chunk.context, chunk.text, chunk.vector),
        ).lastrowid
        connection.execute(
            "INSERT INTO words (rowid, title, context, body) VALUES (?, ?, ?, ?)",
            (row, title, " ".join(words(chunk.context)), " ".join(words(chunk.text))),
        )
    set_spans(connection, stored.id)


def set_spans(connection: sqlite3.Connection, document_id: str) -> None:
    """Work out when each version of a document answers: on a day, the newest that had begun answers if not over.

    The first begins with its own date or has always been there; a later one begins with its own date or on the day
    when it was added.
    """
    rows = connection.execute(
        "SELECT key, number, effective_from, effective_to, added_on FROM versions WHERE document_id = ?"
        " ORDER BY number DESC",
        (document_id,),
    ).fetchall()
    connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'revision'")
    taken_over: str | None = None  # the day before the earliest beginning of a later version
    for row in rows:
        begins = row["effective_from"] or (row["added_on"] if row["number"] > 1 else None)
        ends = min((day for day in (row["effective_to"], taken_over) if day), default=None)
        connection.execute(
            "UPDATE versions SET begins = ?, ends = ?, revision = (SELECT value FROM meta WHERE key = 'revision')"
            " WHERE key = ?",
            (begins, ends, row["key"]),
        )
        if begins:
            before = (date.fromisoformat(begins) - timedelta(days=1)).isoformat()
            taken_over = min(taken_over, before) if taken_over else before


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
