"""Another embedder: vectors of two never mix, and none is lost on the way."""

from collections.abc import Callable

import pytest

from vectorstore.knowledge import KnowledgeBases
from workbench.chat import Cancel
from workbench.errors import Cancelled, StoreError

from .conftest import CountedCharacters, text_material

Open = Callable[..., KnowledgeBases]


@pytest.fixture
def changed(bases: KnowledgeBases, open_bases: Open) -> KnowledgeBases:
    """The same folder under another embedder, with vectors of another length."""
    for number in range(40):
        bases.ingest_material("kb", text_material(f"d{number}", f"退货期限是{number}天。"))
    assert bases.search("退货期限是7天", names=["kb"], limit=1)[0].dense is not None
    bases._indexes.close()
    other = open_bases(CountedCharacters("other", 96))
    other.embedder()
    return other


def test_until_then_search_goes_by_words_and_dense_search_says_why(changed: KnowledgeBases) -> None:
    assert changed.get("kb").stale
    hits = changed.search("退货期限是7天", names=["kb"])
    assert hits
    assert all(hit.dense is None for hit in hits)
    with pytest.raises(StoreError):
        changed.search("退货", names=["kb"], mode="dense")


def test_afterwards_all_vectors_are_the_new_embedders(changed: KnowledgeBases) -> None:
    seen = []
    assert changed.reindex("kb", progress=lambda done, total: seen.append((done, total))) == 40
    assert seen[-1] == (40, 40)
    assert not changed.get("kb").stale
    assert changed.get("kb").embedder == "other"
    best = changed.search("退货期限是7天。", names=["kb"], mode="dense", limit=1)[0]
    assert best.chunk.document_id == "d7"


def test_a_stop_loses_nothing_and_mixes_nothing(changed: KnowledgeBases) -> None:
    cancel = Cancel()
    with pytest.raises(Cancelled):
        changed.reindex("kb", progress=lambda done, _: cancel.set() if done >= 16 else None, cancel=cancel)
    assert all(hit.dense is None for hit in changed.search("退货期限", names=["kb"]))
    assert changed.reindex("kb") == 24


def test_what_comes_meanwhile_gets_its_vector_too(changed: KnowledgeBases) -> None:
    def add(done: int, _: int) -> None:
        if done == 16:
            changed.ingest_material("kb", text_material("late", "运费由客户承担。"))

    assert changed.reindex("kb", progress=add) == 41
    assert not changed.get("kb").stale
    assert changed.search("运费由客户承担。", names=["kb"], mode="dense", limit=1)[0].chunk.document_id == "late"


def test_a_base_that_went_by_words_gets_vectors(open_bases: Open) -> None:
    lexical = open_bases(None)
    lexical.create("kb")
    lexical.ingest_material("kb", text_material("a", "退货期限是七天。"))
    both = open_bases()
    both.search("退货", names=["kb"])
    assert both.get("kb").stale
    assert both.reindex("kb") == 1
    assert both.search("退货", names=["kb"], mode="dense")
