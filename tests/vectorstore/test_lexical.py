"""BM25 from the occurrences that the store keeps."""

from datetime import date
from math import log, log1p

import pytest

from vectorstore.catalogue import Catalogue
from vectorstore.fusion import fuse, lexical_weight
from vectorstore.knowledge import KnowledgeBases
from vectorstore.lexical import WordIndex
from vectorstore.store import Store

from .conftest import text_material


@pytest.fixture
def store(bases: KnowledgeBases) -> Store:
    for name, text in {
        "refund": "退款在三个工作日内退回原账户。",
        "long": "退款。" + "仓库位于苏州工业园区，周末不收货。" * 6,
        "kettle": "水壶的电源线长一米。",
        "other": "积分可以抵扣订单金额。",
    }.items():
        bases.ingest_material("kb", text_material(name, text))
    return bases._store("kb")


def found(index: WordIndex, store: Store, terms: list[str], limit: int = 10) -> list[str]:
    scores, _ = index.search(terms, limit, Catalogue(store).scope(date.today(), None))
    chunks = store.load(list(scores))
    return [chunks[key].document_id for key in scores]


def test_scores_are_those_of_sqlite_where_no_word_is_common(store: Store) -> None:
    """SQLite's own bm25() has the same constants; only its weight of words in over half of the passages differs."""
    scores, _ = WordIndex(store).search(["水壶"], 10, Catalogue(store).scope(date.today(), None))
    with store.open() as connection:
        (expected,) = connection.execute("SELECT -bm25(words) FROM words WHERE words MATCH '\"水壶\"'").fetchone()
    theirs, ours = log((4 - 1 + 0.5) / 1.5), log1p((4 - 1 + 0.5) / 1.5)  # four passages, one of them holds it
    assert list(scores.values()) == [pytest.approx(expected * ours / theirs, rel=1e-4)]


def test_a_short_passage_is_better_than_a_long_one_with_the_same_word(store: Store) -> None:
    assert found(WordIndex(store), store, ["退款"]) == ["refund", "long"]


def test_what_came_and_went_shows_at_the_next_search(store: Store, bases: KnowledgeBases) -> None:
    index = WordIndex(store)
    assert found(index, store, ["退款"], 1) == ["refund"]
    bases.delete_document("kb", "refund")
    assert found(index, store, ["退款"], 1) == ["long"]
    bases.ingest_material("kb", text_material("new", "退款加急。"))
    assert found(index, store, ["退款"], 1) == ["new"]


def test_words_are_worth_what_a_passage_with_all_of_them_scores(store: Store) -> None:
    scope = Catalogue(store).scope(date.today(), None)
    whole, worth = WordIndex(store).search(["水壶", "电源线"], 1, scope)
    half, more = WordIndex(store).search(["水壶", "电源线", "汽车", "轮胎"], 1, scope)
    assert max(whole.values()) / worth > 0.9
    assert max(half.values()) / more < 0.6
    assert WordIndex(store).search(["汽车"], 1, scope)[0] == {}


def test_words_weigh_more_the_more_of_them_are_found() -> None:
    assert 0 < lexical_weight(0, 1) < lexical_weight(0.5, 1) < lexical_weight(1, 1) == lexical_weight(3, 1) < 0.5
    assert lexical_weight(1, 1) < lexical_weight(1, 0.8) < lexical_weight(1, 0.5) < 1
    assert lexical_weight(0, 1) == lexical_weight(0, 0.2)
    dense, lexical = {"near": 0.9, "named": 0.85}, {"named": 4.0}
    for share, best in ((0, "near"), (1, "named")):
        fused = fuse(dense, lexical, 0.7, lexical_weight(share, 1))
        assert max(fused, key=fused.__getitem__) == best
