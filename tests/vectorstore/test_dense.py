"""Chroma is an index: whatever happens to its folder, nothing is lost and search answers the same."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from vectorstore import dense
from vectorstore.catalogue import Catalogue
from vectorstore.exact import ExactIndex
from vectorstore.knowledge import KnowledgeBases

from .conftest import CountedCharacters, text_material

Open = Callable[..., KnowledgeBases]
QUERY = "退货期限是7天。"


@pytest.fixture
def filled(bases: KnowledgeBases) -> KnowledgeBases:
    for number in range(60):
        bases.ingest_material("kb", text_material(f"d{number}", f"退货期限是{number}天。"))
    return bases


def found(bases: KnowledgeBases) -> list[tuple[str, float]]:
    hits = bases.search(QUERY, names=["kb"], mode="dense", limit=8)
    return [(hit.chunk.document_id, round(hit.dense or 0, 3)) for hit in hits]


def state(bases: KnowledgeBases) -> str:
    store = bases._store("kb")
    return bases._indexes.state(store, store.meta()["collection"])


def truncate(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("writer"):
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def fill_with_garbage(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("writer"):
            path.write_bytes(b"\xde\xad\xbe\xef" * (path.stat().st_size // 4 + 1))


def delete_vectors(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_dir() and len(path.name) == 36:
            shutil.rmtree(path)


def leave_the_mark(folder: Path) -> None:
    (folder / "writing").touch()


@pytest.mark.parametrize("damage", [truncate, fill_with_garbage, delete_vectors, shutil.rmtree, leave_the_mark])
def test_a_damaged_index_heals_at_the_next_start(
    filled: KnowledgeBases, open_bases: Open, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    before = found(filled)
    assert state(filled) == "ready"
    filled._indexes.close()
    damage(tmp_path / "chroma")
    healed = open_bases()
    assert found(healed) == before
    assert state(healed) == "ready"


def test_an_index_that_vanishes_under_a_running_process_does_no_harm(filled: KnowledgeBases, tmp_path: Path) -> None:
    before = found(filled)
    for path in (tmp_path / "chroma").iterdir():
        if path.is_dir():
            shutil.rmtree(path)
    filled.ingest_material("kb", text_material("late", "运费由客户承担。"))
    assert found(filled) == before
    assert filled.search("运费由客户承担。", names=["kb"], mode="dense", limit=1)[0].chunk.document_id == "late"


def test_a_second_process_answers_the_same_and_names_the_holder(filled: KnowledgeBases, open_bases: Open) -> None:
    before = found(filled)
    second = open_bases()
    assert found(second) == before
    assert state(second) == "elsewhere"
    assert second._indexes.holder()["pid"] == filled._indexes.holder()["pid"]
    assert filled._indexes.holder()["pid"] == os.getpid()
    second.ingest_material("kb", text_material("new", QUERY))
    assert "new" in dict(found(filled))
    filled.delete_document("kb", "new")
    assert found(second) == before


def test_a_filter_gives_what_a_look_at_all_vectors_gives(
    filled: KnowledgeBases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "FEW", 5)  # so that Chroma is asked for a filtered search of this size
    store, today = filled._store("kb"), date.today()
    vector = np.asarray(CountedCharacters().embed_query(QUERY), np.float32)
    for number in range(0, 60, 3):
        filled.set_dates("kb", f"d{number}", effective_from=None, effective_to=today - timedelta(days=1))
    for documents in (None, {f"d{number}" for number in range(0, 60, 2)}, {"d7", "d8"}):
        scope = Catalogue(store).scope(today, documents)
        expected = ExactIndex(store).nearest(vector, 8, scope)
        answered = filled._indexes.nearest(store, store.meta()["collection"], vector, 8, scope)
        assert sorted(answered) == sorted(expected)
        assert len(answered) == min(8, scope.count)


def test_a_chroma_server_serves_two_processes(filled: KnowledgeBases, open_bases: Open, tmp_path: Path) -> None:
    import socket

    before = found(filled)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("chroma")
    command = [program, "run", "--path", tmp_path / "server", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        first, second = (open_bases(url=f"http://127.0.0.1:{port}") for _ in range(2))
        for _ in range(60):
            if state(first) == "ready":
                break
            first._indexes._not_before = 0.0
            time.sleep(0.5)
        assert found(first) == found(second) == before
        assert state(first) == state(second) == "ready"
        first.ingest_material("kb", text_material("new", QUERY))
        assert "new" in dict(found(second))
    finally:
        server.terminate()
        server.wait(20)
    assert "new" in dict(found(first))
