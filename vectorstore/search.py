"""Hybrid search over knowledge bases: candidates by words and by vectors, exact scores for both, one fused order."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from workbench.evidence import Hit
from workbench.knowledge import Mode
from workbench.words import query_words

from .catalogue import Catalogue, Scope
from .dense import VectorIndexes
from .embedders import Embedder
from .fusion import NEAREST, fuse, lexical_weight
from .lexical import WordIndex
from .store import State, Store
from .vectors import Vectors, sample, vectors_of

CANDIDATES = 60
"""How many passages each of the two searches hands to fusion."""
Place = tuple[str, int]


@dataclass
class _Candidates:
    """Scores by (knowledge base, chunk id). ``floor`` is what an unrelated passage's cosine is; ``worth`` what the
    query's words are worth in each knowledge base; ``scopes`` are those that were searched."""

    dense: dict[Place, float] = field(default_factory=dict)
    lexical: dict[Place, float] = field(default_factory=dict)
    floor: float = 1.0
    worth: dict[str, float] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)

    def found(self, place: Place) -> float:
        """Which share of the query's words a passage holds."""
        return self.lexical.get(place, 0.0) / (self.worth.get(place[0]) or 1.0)

    def spread(self) -> float:
        """The number of documents that the nearest passages come from, over theirs."""
        nearest = sorted(self.dense, key=lambda place: -self.dense[place])[:NEAREST]
        return len({(name, self.scopes[name].version(key)) for name, key in nearest}) / max(1, len(nearest))


class Searcher:
    """Searches stores. ``embedding`` gives a store's embedder, or None when it answers by words only."""

    def __init__(self, indexes: VectorIndexes, embedding: Callable[[Store], Embedder | None]) -> None:
        self._indexes = indexes
        self._embedding = embedding
        self._samples: dict[str, tuple[State, Vectors]] = {}
        self._catalogues: dict[str, Catalogue] = {}
        self._words: dict[str, WordIndex] = {}

    def search(
        self,
        query: str,
        stores: Sequence[Store],
        limit: int,
        mode: Mode,
        as_of: date,
        documents: Collection[str] | None = None,
    ) -> list[Hit]:
        """The best ``limit`` passages in force on ``as_of`` over all ``stores``, of ``documents`` when given."""
        candidates = _Candidates()
        terms = query_words(query) if mode != "dense" else []
        embedded: dict[str, Vectors] = {}
        for store in stores:
            collection = store.meta()["collection"]
            scope = self._catalogues.setdefault(collection, Catalogue(store)).scope(as_of, documents)
            wanted = max(CANDIDATES, limit)
            words = self._words.setdefault(collection, WordIndex(store))
            lexical, candidates.worth[store.name] = words.search(terms, wanted, scope)
            candidates.lexical |= {(store.name, key): score for key, score in lexical.items()}
            embedder = self._embedding(store) if mode != "lexical" else None
            if embedder is None:
                continue
            if embedder.id not in embedded:
                embedded[embedder.id] = np.asarray(embedder.embed_query(query), np.float32)
            vector = embedded[embedder.id]
            dense = self._indexes.nearest(store, collection, vector, wanted, scope)
            missing = [key for key in lexical if key not in dense]
            dense |= {key: float(other @ vector) for key, other in vectors_of(store, missing).items()}
            candidates.dense |= {(store.name, key): score for key, score in dense.items()}
            candidates.scopes[store.name] = scope
            candidates.floor = min(candidates.floor, self._floor(store, vector))
        found = max(map(candidates.found, candidates.lexical), default=0.0)
        weights = {"hybrid": lexical_weight(found, candidates.spread()), "dense": 0.0, "lexical": 1.0}
        weight = weights[mode] if candidates.dense else 1.0
        scores = fuse(candidates.dense, candidates.lexical, candidates.floor, weight)
        return _load({store.name: store for store in stores}, scores, candidates, limit)

    def _floor(self, store: Store, vector: Vectors) -> float:
        """The least cosine among a sample of the store's passages."""
        state = store.state()
        cached = self._samples.get(store.name)
        if cached is None or cached[0] != state:
            cached = (state, sample(store))
            self._samples[store.name] = cached
        return float((cached[1] @ vector).min()) if len(cached[1]) else 0.0


def _load(stores: dict[str, Store], scores: dict[Place, float], candidates: _Candidates, limit: int) -> list[Hit]:
    """The best ``limit`` passages that still exist: one that was deleted a moment ago does not answer.

    A passage that several knowledge bases hold counts once: its copies would crowd out what else there is.
    """
    ranked = sorted(scores, key=lambda place: (-scores[place], place))
    hits: list[Hit] = []
    owners: dict[tuple[str, str, str], str] = {}
    for at in range(0, len(ranked), limit):
        part = ranked[at : at + limit]
        found = {name: store.load([key for owner, key in part if owner == name]) for name, store in stores.items()}
        for name, key in part:
            chunk = found[name].get(key)
            if chunk is None or owners.setdefault((chunk.title, chunk.context, chunk.text), name) != name:
                continue
            hits.append(
                Hit(
                    chunk=chunk,
                    score=scores[name, key],
                    knowledge_base=name,
                    dense=candidates.dense.get((name, key)),
                    lexical=candidates.lexical.get((name, key), 0.0),
                    found=candidates.found((name, key)),
                )
            )
        if len(hits) >= limit:
            break
    return hits[:limit]
