"""The knowledge bases of one data folder: create, ingest, search, delete."""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from workbench.chat import Cancel
from workbench.errors import RequestError
from workbench.evidence import Chunk, Hit
from workbench.knowledge import Check, Ingested, KnowledgeBase, Material, Mode, Progress, Sensitivity, StoredDocument
from workbench.language import shingles
from workbench.settings import Limits
from workbench.texts import Lang

from .current import CurrentEmbedder
from .dense import VectorIndexes
from .embedders import Embedder
from .folder import StoreFolder
from .ingester import Call, Ingester, Read
from .kept_vectors import KeptVectors
from .portable import Import, export
from .reindex import reindex
from .remembered import Remembered
from .rerank import Reranker, reranked
from .search import Searcher
from .vectors import lacking


class KnowledgeBases:
    """Implements ``workbench.knowledge.Knowledge`` on a folder with one SQLite file a knowledge base.

    ``read`` turns a file (and the name to call it by) into text; ``embedder`` is called when vectors are first needed.
    ``lang`` is the language of the errors in ``Ingested``. ``reranker`` is called at the first hybrid search, and what
    it gives looks at the best ``candidates`` passages of each.
    """

    def __init__(
        self,
        folder: Path,
        indexes: VectorIndexes,
        embedder: Callable[[], Embedder | None],
        read: Read,
        lang: Lang = "zh",
        limits: Limits | None = None,
        reranker: Callable[[], Reranker | None] = lambda: None,
        candidates: int = 30,
    ) -> None:
        self._limits = limits or Limits()
        self._stores = StoreFolder(folder)
        self._store = self._stores.store
        self._indexes = indexes
        self.embedder = CurrentEmbedder(embedder)
        self._ingester = Ingester(self.embedder, read, lang, self._limits)
        self._searcher = Searcher(indexes, self.embedder.of)
        self._reranker = cache(reranker)
        self._candidates = candidates
        self._sentences: Remembered | None = None
        self._lock = threading.Lock()

    # -- knowledge bases

    def list(self) -> Sequence[KnowledgeBase]:
        return [self.get(name) for name in self._stores.names()]

    def get(self, name: str) -> KnowledgeBase:
        store = self._store(name)
        known, embedder = store.describe(), self.embedder.opened
        if embedder is not None and known.chunks:  # not opened for this: it takes seconds
            known.stale = known.embedder != embedder.id or lacking(store) > 0
        return known

    def create(
        self, name: str, *, title: str = "", sensitivity: Sensitivity = "internal", builtin: bool = False
    ) -> KnowledgeBase:
        self._stores.check_free(name)
        self._stores.make(name, title or name, sensitivity, builtin=builtin)
        return self.get(name)

    def change(self, name: str, *, title: str | None = None, sensitivity: Sensitivity | None = None) -> KnowledgeBase:
        store = self._store(name)
        store.set_meta(**{key: value for key, value in (("title", title), ("sensitivity", sensitivity)) if value})
        return store.describe()

    def delete(self, name: str) -> None:
        collection = self._store(name).meta()["collection"]
        self._stores.delete(name)
        self._indexes.forget(collection)

    def check(self, name: str) -> Check:
        store = self._store(name)
        if not store.whole():
            return Check(ok=False, index="elsewhere", holder=self._indexes.holder())
        index = self._indexes.state(store, store.meta()["collection"])
        return Check(ok=True, index=index, holder=self._indexes.holder())

    def export(self, name: str, path: Path) -> None:
        export(self._store(name), path)

    def import_file(self, path: Path, name: str = "") -> KnowledgeBase:
        checked = Import(path, self._limits)
        manifest = checked.manifest
        name = name or manifest.name
        self._stores.check_free(name)
        self._stores.make(
            name, manifest.title, manifest.sensitivity, embedder=manifest.embedder, fill=checked.read_into
        )
        return self.get(name)

    def reindex(self, name: str, *, progress: Progress | None = None, cancel: Cancel | None = None) -> int:
        store = self._store(name)
        embedder = self.embedder()
        if embedder is None:
            raise RequestError("vectorstore:reindex.none")
        old = store.meta()["collection"]
        made = reindex(store, embedder, progress, cancel)
        self._indexes.forget(old)
        return made

    # -- documents

    def documents(self, name: str) -> Sequence[StoredDocument]:
        return self._store(name).documents()

    def versions(self, name: str, document_id: str) -> Sequence[StoredDocument]:
        return self._store(name).versions(document_id)

    def chunks(self, name: str, document_id: str, version: int | None = None) -> Sequence[Chunk]:
        return self._store(name).chunks(document_id, version)

    def text(self, name: str, document_id: str, version: int | None = None) -> str:
        return self._store(name).text(document_id, version)

    def set_dates(
        self,
        name: str,
        document_id: str,
        *,
        effective_from: date | None,
        effective_to: date | None,
        version: int | None = None,
    ) -> StoredDocument:
        if effective_from and effective_to and effective_to < effective_from:
            raise RequestError("vectorstore:dates.reversed", start=effective_from, end=effective_to)
        store = self._store(name)
        store.set_dates(document_id, effective_from, effective_to, version)
        return next(known for known in store.versions(document_id) if version in (None, known.version))

    def delete_document(self, name: str, document_id: str) -> None:
        self._store(name).remove(document_id)

    # -- ingest

    def ingest(
        self,
        name: str,
        paths: Iterable[Path],
        *,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
        effective_from: date | None = None,
        effective_to: date | None = None,
    ) -> Iterator[Ingested]:
        call = Call(progress, cancel, effective_from, effective_to)
        return self._ingester.paths(self._store(name), paths, call)

    def ingest_file(
        self,
        name: str,
        path: Path,
        document_id: str,
        *,
        source: str = "",
        progress: Progress | None = None,
        cancel: Cancel | None = None,
        effective_from: date | None = None,
        effective_to: date | None = None,
    ) -> Ingested:
        """Ingest one file under the id ``document_id``. ``source``: where the person has it."""
        call = Call(progress, cancel, effective_from, effective_to)
        return self._ingester.file(self._store(name), path, document_id, source or str(path), call)

    def ingest_material(
        self, name: str, material: Material, *, progress: Progress | None = None, cancel: Cancel | None = None
    ) -> Ingested:
        return self._ingester.material(self._store(name), material, material.id, Call(progress, cancel))

    # -- search

    def search(
        self,
        query: str,
        *,
        names: Sequence[str],
        limit: int = 10,
        mode: Mode = "hybrid",
        as_of: date | None = None,
        documents: Collection[str] | None = None,
    ) -> Sequence[Hit]:
        stores = [self._store(name) for name in names]
        if mode == "dense":
            for store in stores:
                self.embedder.check(store)
        reranker = self._reranker() if mode == "hybrid" else None
        wanted = max(limit, self._candidates) if reranker else limit
        hits = self._searcher.search(query, stores, wanted, mode, as_of or date.today(), documents)
        if reranker is None:
            return hits
        head, tail = hits[: self._candidates], hits[self._candidates :]
        return [*reranked(reranker, query, head), *tail][:limit]

    def likeness(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        embedder = self.embedder()
        if embedder is None or not texts:
            wanted = shingles(query)
            return [len(wanted & shingles(text)) / (len(wanted) or 1) for text in texts]
        with self._lock:
            if self._sentences is None:
                kept = KeptVectors(self._stores.path.parent / "compared.sqlite3", embedder)
                self._sentences = Remembered(kept.embed)
        vectors = self._sentences.vectors(texts)
        return (vectors @ np.asarray(embedder.embed_query(query), np.float32)).tolist()  # type: ignore[no-any-return]

    def close(self) -> None:
        self._indexes.close()
