"""Older files are brought forward with what is in them."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from vectorstore import schema
from vectorstore.knowledge import KnowledgeBases
from workbench.errors import StoreError
from workbench.words import words

from .conftest import CountedCharacters, text_material

TEXT = "# 退货\n\n七天内可退。"


def old_file(path: Path, text: str = TEXT) -> None:
    """A file as version 1 wrote it: two documents, one of them with dates, a passage removed in between."""
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as connection:
        connection.executescript(schema.STEPS[0] + "PRAGMA user_version = 1;")
        meta = {"title": "售后", "sensitivity": "internal", "builtin": "0", "embedder": "counted"}
        meta |= {"collection": "kb-old", "created_at": "2026-01-01T00:00:00+00:00"}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        for number, document in enumerate(("policy", "old-policy")):
            connection.execute(
                "INSERT INTO documents VALUES (?, ?, 's', 'h', 'text/markdown', NULL, NULL, ?, '{}', '[]', ?)",
                (document, document, "2025-12-31" if number else None, "2026-02-03T04:05:06+00:00"),
            )
            for start, body in ((0, "# 退货"), (6, "七天内可退。")):
                vector = np.asarray(CountedCharacters().embed_query(body), np.float32).tobytes()
                row = connection.execute(
                    "INSERT INTO chunks (document_id, start, end, page, context, text, vector)"
                    " VALUES (?, ?, ?, NULL, '', ?, ?)",
                    (document, start, start + len(body), body, vector),
                ).lastrowid
                connection.execute(
                    "INSERT INTO words (rowid, title, context, body) VALUES (?, '', '', ?)",
                    (row, " ".join(words(body))),
                )
        connection.execute(
            "INSERT INTO chunks (document_id, start, end, context, text) VALUES ('policy', 0, 1, '', 'x')"
        )
        connection.execute("DELETE FROM chunks WHERE text = 'x'")
        connection.execute("INSERT INTO removals (chunk_id) VALUES (5)")
    connection.close()


def test_a_file_of_version_1_keeps_its_documents_dates_and_ids(
    tmp_path: Path, open_bases: Callable[..., KnowledgeBases]
) -> None:
    old_file(tmp_path / "knowledge" / "kb.sqlite3")
    bases = open_bases()
    assert bases.get("kb").title == "售后"
    assert (bases.get("kb").documents, bases.get("kb").chunks) == (2, 4)
    by_id = {document.id: document for document in bases.documents("kb")}
    assert by_id["old-policy"].effective_to == by_id["old-policy"].ends == date(2025, 12, 31)
    assert [chunk.id for chunk in bases.chunks("kb", "old-policy")] == [3, 4]
    assert "".join(bases.text("kb", "policy").split()) == "".join(TEXT.split())
    assert bases.text("kb", "policy")[6:] == "七天内可退。"
    for mode in ("hybrid", "dense", "lexical"):
        found = bases.search("七天内可退", names=["kb"], mode=mode, as_of=date(2026, 6, 1))
        assert {hit.chunk.document_id for hit in found} == {"policy"}
        found = bases.search("七天内可退", names=["kb"], mode=mode, as_of=date(2025, 6, 1))
        assert {hit.chunk.document_id for hit in found} == {"policy", "old-policy"}


def test_ids_are_never_given_twice_after_the_migration(
    tmp_path: Path, open_bases: Callable[..., KnowledgeBases]
) -> None:
    old_file(tmp_path / "knowledge" / "kb.sqlite3")
    bases = open_bases()
    bases.ingest_material("kb", text_material("policy", "三十天内可退。"))
    assert [chunk.id for chunk in bases.chunks("kb", "policy")] == [6]
    assert bases.versions("kb", "policy")[0].version == 2


def test_migrated_and_new_files_have_the_same_schema(tmp_path: Path, open_bases: Callable[..., KnowledgeBases]) -> None:
    old_file(tmp_path / "knowledge" / "kb.sqlite3")
    open_bases().create("new")
    tables = []
    for name in ("kb", "new"):
        with schema.connect(tmp_path / "knowledge" / f"{name}.sqlite3", name) as connection:
            assert not connection.execute("PRAGMA foreign_key_check").fetchall()
            tables.append(connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall())
        connection.close()
    assert [tuple(row) for row in tables[0]] == [tuple(row) for row in tables[1]]


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "kb.sqlite3") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError):
        schema.connect(tmp_path / "kb.sqlite3", "kb")


def test_garbage_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "kb.sqlite3").write_bytes(b"garbage" * 1000)
    with pytest.raises(StoreError):
        schema.connect(tmp_path / "kb.sqlite3", "kb")


def test_texts_of_an_older_file_are_cut_into_words_as_queries_are(
    tmp_path: Path, open_bases: Callable[..., KnowledgeBases]
) -> None:
    """Version 1 knew no stems and left traditional characters as they were."""
    old_file(tmp_path / "knowledge" / "kb.sqlite3")
    with sqlite3.connect(tmp_path / "knowledge" / "kb.sqlite3") as connection:
        connection.execute("UPDATE chunks SET text = '退貨 refunds 七天' WHERE id = 1")
    connection.close()
    bases = open_bases(None)
    for query in ("退货", "refund", "7 天"):
        assert 1 in [hit.chunk.id for hit in bases.search(query, names=["kb"], mode="lexical", as_of=date(2026, 6, 1))]
