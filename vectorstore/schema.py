"""The SQLite file of one knowledge base, and how an older file is brought forward.

The file is the truth: documents, passages, float vectors and the lexical index change in one transaction. Chroma is an
index beside it that can be made again at any time.
"""

import sqlite3
from pathlib import Path

from workbench.errors import StoreError

# Each step brings a file from version n to n + 1 (PRAGMA user_version). Steps are never edited, only added.
STEPS = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE documents (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        source TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        media_type TEXT NOT NULL,
        pages INTEGER,
        effective_from TEXT,
        effective_to TEXT,
        metadata TEXT NOT NULL,
        notes TEXT NOT NULL,
        updated_at TEXT NOT NULL
    );
    CREATE TABLE chunks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        page INTEGER,
        context TEXT NOT NULL,
        text TEXT NOT NULL,
        vector BLOB
    );
    CREATE INDEX chunks_document ON chunks(document_id);
    CREATE VIRTUAL TABLE words USING fts5(title, context, body, tokenize = "unicode61 remove_diacritics 0");
    -- Which passages went away, in order: a vector index that was absent catches up by reading on from where it was.
    CREATE TABLE removals (seq INTEGER PRIMARY KEY AUTOINCREMENT, chunk_id INTEGER NOT NULL);
    """,
)


def connect(path: Path, name: str) -> sqlite3.Connection:
    """Open the file of the knowledge base ``name``, bringing it forward when it is older.

    Raises ``StoreError`` when it cannot be read or was written by a newer version.
    """
    try:
        # Autocommit: a transaction begins where the code says BEGIN IMMEDIATE and nowhere else.
        connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(STEPS):
            raise StoreError("vectorstore:kb.newer", name=name)
        if version < len(STEPS):
            _bring_forward(connection)
    except sqlite3.Error as error:
        raise StoreError("vectorstore:kb.damaged", name=name, reason=error) from error
    return connection


def _bring_forward(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]  # another process may have been quicker
    for number, step in enumerate(STEPS[version:], version + 1):
        for statement in _statements(step):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    connection.execute("COMMIT")


def _statements(script: str) -> list[str]:
    """The statements of a script, one by one: ``executescript`` would commit between them."""
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current)
            current = ""
    return statements
