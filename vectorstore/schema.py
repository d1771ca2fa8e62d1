"""The SQLite file of one knowledge base, and how an older file is brought forward.

The file is the truth: documents, passages, float vectors and the lexical index change in one transaction. Chroma is an
index beside it that can be made again at any time.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from workbench.errors import NotFoundError, StoreError
from workbench.words import words

# Each step brings a file from version n to n + 1 (PRAGMA user_version). Steps are never edited, only added.
# A change in how words are cut needs a step too, like the third.
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
    """
    -- One row a version of a document. begins and ends (days, both included, NULL without limit) say when it answers:
    -- they follow from its own dates and from those of later versions. revision is the value of meta's counter when the
    -- row last changed, so that a reader in another process sees what is new. text is the whole text, zlib-packed; NULL
    -- for what was stored before texts were kept: then the passages make it.
    CREATE TABLE versions (
        key INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        title TEXT NOT NULL,
        source TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        media_type TEXT NOT NULL,
        pages INTEGER,
        effective_from TEXT,
        effective_to TEXT,
        begins TEXT,
        ends TEXT,
        metadata TEXT NOT NULL,
        notes TEXT NOT NULL,
        chunks INTEGER NOT NULL,
        added_on TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        revision INTEGER NOT NULL,
        text BLOB,
        UNIQUE (document_id, number)
    );
    CREATE INDEX versions_revision ON versions(revision);
    INSERT INTO versions (document_id, number, title, source, sha256, media_type, pages, effective_from, effective_to,
        begins, ends, metadata, notes, chunks, added_on, updated_at, revision)
        SELECT id, 1, title, source, sha256, media_type, pages, effective_from, effective_to,
            effective_from, effective_to, metadata, notes,
            (SELECT count(*) FROM chunks WHERE document_id = documents.id), substr(updated_at, 1, 10), updated_at, 1
        FROM documents ORDER BY rowid;
    INSERT INTO meta VALUES ('revision', '1');
    -- A new table instead of ALTER: dropping documents must not cascade to the passages. Their ids stay, and the
    -- counter that gave them, because vector indexes know passages by id.
    CREATE TABLE passages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        version INTEGER NOT NULL REFERENCES versions(key) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        page INTEGER,
        context TEXT NOT NULL,
        text TEXT NOT NULL,
        vector BLOB
    );
    INSERT INTO passages SELECT c.id, v.key, c.start, c.end, c.page, c.context, c.text, c.vector
        FROM chunks c JOIN versions v ON v.document_id = c.document_id ORDER BY c.id;
    DELETE FROM sqlite_sequence WHERE name = 'passages';
    INSERT INTO sqlite_sequence SELECT 'passages', seq FROM sqlite_sequence WHERE name = 'chunks';
    DROP TABLE chunks;
    DROP TABLE documents;
    ALTER TABLE passages RENAME TO chunks;
    CREATE INDEX chunks_version ON chunks(version);
    CREATE INDEX chunks_without_vector ON chunks(id) WHERE vector IS NULL;
    -- New vectors while a knowledge base is indexed again, until all are there and take the old ones' place at once.
    CREATE TABLE fresh (chunk_id INTEGER PRIMARY KEY REFERENCES chunks(id) ON DELETE CASCADE, vector BLOB NOT NULL);
    -- In how many passages a word stands: a search passes over the most common words of a query.
    CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
    """,
    """
    -- Each occurrence of a word: what a search sums up.
    CREATE VIRTUAL TABLE occurrences USING fts5vocab(words, instance);
    -- Simplified characters, words within words, English stems: all texts are cut into words again.
    DELETE FROM words;
    INSERT INTO words (rowid, title, context, body)
        SELECT c.id, cut_words(v.title), cut_words(c.context), cut_words(c.text)
        FROM chunks c JOIN versions v ON v.key = c.version ORDER BY c.id;
    """,
    """
    -- Chinese amounts in digits: all texts are cut into words again.
    DELETE FROM words;
    INSERT INTO words (rowid, title, context, body)
        SELECT c.id, cut_words(v.title), cut_words(c.context), cut_words(c.text)
        FROM chunks c JOIN versions v ON v.key = c.version ORDER BY c.id;
    """,
)


def connect(path: Path, name: str, *, create: bool = False) -> sqlite3.Connection:
    """Open the file of the knowledge base ``name``, bringing it forward when it is older.

    A file that is missing is made only with ``create``: what was deleted while somebody worked on it stays deleted.
    Raises ``NotFoundError`` then, and ``StoreError`` when it cannot be read or was written by a newer version.
    """
    if not create and not path.exists():
        raise NotFoundError("vectorstore:kb.gone", name=name)
    try:
        # Autocommit: a transaction begins where the code says BEGIN IMMEDIATE and nowhere else.
        place = f"file:{quote(str(path))}?mode={'rwc' if create else 'rw'}"
        connection = sqlite3.connect(place, uri=True, timeout=30, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(STEPS):
            raise StoreError("vectorstore:kb.newer", name=name)
        if version < len(STEPS):
            connection.execute("PRAGMA journal_mode = WAL")  # the file keeps this, and it takes half a millisecond
            connection.create_function("cut_words", 1, lambda text: " ".join(words(text)), deterministic=True)
            bring_forward(connection, STEPS)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        raise StoreError("vectorstore:kb.damaged", name=name, reason=error) from error
    return connection


def bring_forward(connection: sqlite3.Connection, steps: Sequence[str]) -> None:
    """Do the steps that this file (PRAGMA user_version) has not seen yet, all of them or none."""
    if connection.execute("PRAGMA user_version").fetchone()[0] >= len(steps):
        return
    connection.execute("PRAGMA foreign_keys = OFF")  # else dropping a table deletes what refers to it
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]  # another process may have been quicker
    for number, step in enumerate(steps[version:], version + 1):
        for statement in _statements(step):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys = ON")


def _statements(script: str) -> list[str]:
    """The statements of a script, one by one: ``executescript`` would commit between them."""
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current)
            current = ""
    return statements
