"""The knowledge bases of one data folder: create, ingest, search, delete."""

import logging
import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import numpy as np

from workbench.archive import is_archive, unpack
from workbench.chat import Cancel
from workbench.document import SourceDocument
from workbench.errors import (
    Cancelled,
    DocumentError,
    NotFoundError,
    RequestError,
    StoreError,
    WorkbenchError,
)
from workbench.evidence import Chunk, Hit
from workbench.knowledge import Check, Ingested, KnowledgeBase, Material, Mode, Progress, Sensitivity, StoredDocument
from workbench.language import shingles
from workbench.settings import Limits
from workbench.texts import Lang

from .chunks import cut
from .dense import VectorIndexes
from .embedders import Embedder
from .ingest import corpus, files, is_corpus
from .kept_vectors import KeptVectors
from .portable import Import, export
from .reindex import BATCH, passage_text, reindex, unit
from .remembered import Remembered
from .rerank import Reranker, reranked
from .search import Searcher
from .store import Store
from .vectors import lacking
from .versions import NewChunk

log = logging.getLogger(__name__)

_NAME = re.compile(r"[^\W_][\w-]{0,63}")
Read = Callable[[Path, str], SourceDocument]


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
        self._folder = folder
        self._indexes = indexes
        self._make_embedder = embedder
        self._embedder_lock = threading.Lock()
        self._embedder: Embedder | None = None
        self._embedder_ready = False
        self._sentences: Remembered | None = None
        self._read = read
        self._searcher = Searcher(indexes, self._embedding)
        self._reranker = cache(reranker)
        self._candidates = candidates
        self._limits = limits or Limits()
        self.lang = lang

    # -- knowledge bases

    def list(self) -> Sequence[KnowledgeBase]:
        return [self.get(path.stem) for path in sorted(self._folder.glob("*.sqlite3"))]

    def get(self, name: str) -> KnowledgeBase:
        store = self._store(name)
        known = store.describe()
        if self._embedder is not None and known.chunks:  # not opened for this: it takes seconds
            known.stale = known.embedder != self._embedder.id or lacking(store) > 0
        return known

    def create(
        self, name: str, *, title: str = "", sensitivity: Sensitivity = "internal", builtin: bool = False
    ) -> KnowledgeBase:
        self._check_free(name)
        self._make(name, title or name, sensitivity, builtin=builtin)
        return self.get(name)

    def _make(
        self,
        name: str,
        title: str,
        sensitivity: Sensitivity,
        *,
        builtin: bool = False,
        embedder: str = "",
        fill: Callable[[Store], None] | None = None,
    ) -> None:
        """Make the file under another name and move it into place: a crash leaves no half knowledge base."""
        self._folder.mkdir(parents=True, exist_ok=True)
        half = self._folder / f".{name}.{uuid4().hex}"
        try:
            store = Store(half, name)
            store.create(
                {
                    "title": title,
                    "sensitivity": sensitivity,
                    "builtin": "1" if builtin else "0",
                    "embedder": embedder,
                    "collection": f"kb-{uuid4().hex}",
                    "created_at": datetime.now(UTC).isoformat(),
                }
            )
            if fill is not None:
                fill(store)
            half.rename(self._path(name))
        finally:
            _unlink(half)

    def delete(self, name: str) -> None:
        store = self._store(name)
        collection = store.meta()["collection"]
        _unlink(self._path(name))
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
        self._check_free(name)
        self._make(name, manifest.title, manifest.sensitivity, embedder=manifest.embedder, fill=checked.read_into)
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

    def change(self, name: str, *, title: str | None = None, sensitivity: Sensitivity | None = None) -> KnowledgeBase:
        store = self._store(name)
        store.set_meta(**{key: value for key, value in (("title", title), ("sensitivity", sensitivity)) if value})
        return store.describe()

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
        self._store(name)
        for document_id, path in files(paths):
            if not is_archive(path.name) or not path.is_file():
                yield from self._ingest(name, path, document_id, "", progress, cancel, effective_from, effective_to)
                continue
            try:
                with TemporaryDirectory() as folder:
                    for inside, file in unpack(path, path.name, self._limits, Path(folder)):
                        source = f"{path}/{inside}"
                        yield from self._ingest(
                            name, file, inside, source, progress, cancel, effective_from, effective_to
                        )
            except DocumentError as error:
                yield Ingested(path=str(path), status="failed", error=error.text(self.lang))

    def _ingest(
        self,
        name: str,
        path: Path,
        document_id: str,
        source: str,
        progress: Progress | None,
        cancel: Cancel | None,
        effective_from: date | None,
        effective_to: date | None,
    ) -> Iterator[Ingested]:
        """One file, or the lines of one corpus."""
        if cancel:
            cancel.check()
        source = source or str(path)
        if not path.exists():
            error = DocumentError("vectorstore:path.missing", path=path)
            yield Ingested(path=source, status="failed", error=error.text(self.lang))
        elif is_corpus(path):
            store = self._store(name)
            for line in corpus(path):
                if isinstance(line, DocumentError):
                    yield Ingested(path=source, status="failed", error=line.text(self.lang))
                else:
                    line.effective_from, line.effective_to = effective_from, effective_to
                    yield self._keep(store, line, source, progress, cancel)
        else:
            yield self.ingest_file(
                name,
                path,
                document_id,
                source=source,
                progress=progress,
                cancel=cancel,
                effective_from=effective_from,
                effective_to=effective_to,
            )

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
        """Ingest one file under the id ``document_id``. A failure is in the result, not raised.

        ``source`` is where the person has it, when ``path`` is only a copy.
        """
        store = self._store(name)
        source = source or str(path)
        try:
            with path.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
            if store.sha256(document_id) == digest:
                self._redate(store, document_id, effective_from, effective_to)
                return Ingested(id=document_id, path=source, status="unchanged")
            material = Material(
                id=document_id,
                document=self._read(path, document_id),
                sha256=digest,
                effective_from=effective_from,
                effective_to=effective_to,
            )
        except WorkbenchError as error:
            return Ingested(id=document_id, path=source, status="failed", error=error.text(self.lang))
        except OSError as error:
            missing = DocumentError("vectorstore:path.unreadable", path=source, reason=error.strerror)
            return Ingested(id=document_id, path=source, status="failed", error=missing.text(self.lang))
        return self._keep(store, material, source, progress, cancel)

    def ingest_material(
        self, name: str, material: Material, *, progress: Progress | None = None, cancel: Cancel | None = None
    ) -> Ingested:
        return self._keep(self._store(name), material, material.id, progress, cancel)

    def _keep(
        self, store: Store, material: Material, source: str, progress: Progress | None, cancel: Cancel | None
    ) -> Ingested:
        known = store.sha256(material.id)
        result = Ingested(id=material.id, path=source, status="unchanged", pages=len(material.document.pages) or None)
        if known == material.sha256:
            self._redate(store, material.id, material.effective_from, material.effective_to)
            return result
        try:
            chunks = _chunks(material)
            if not chunks:
                raise DocumentError("vectorstore:document.no_text", name=material.id)
            embedder = self._embed(store, material.document.title, chunks, progress, cancel)
            if not store.put(material, source, chunks, embedder):
                return result
        except Cancelled:
            raise
        except WorkbenchError as error:
            return result.model_copy(update={"status": "failed", "error": error.text(self.lang)})
        return result.model_copy(update={"status": "replaced" if known else "indexed", "chunks": len(chunks)})

    def _redate(self, store: Store, document_id: str, effective_from: date | None, effective_to: date | None) -> None:
        """The same text handed in again with dates: they count; without dates those that are known stay."""
        if effective_from or effective_to:
            newest = store.versions(document_id)[0]
            if (newest.effective_from, newest.effective_to) != (effective_from, effective_to):
                store.set_dates(document_id, effective_from, effective_to)

    def _embed(
        self, store: Store, title: str, chunks: Sequence[NewChunk], progress: Progress | None, cancel: Cancel | None
    ) -> str:
        """Give the passages their vectors; the id of the embedder that made them, empty without one."""
        embedder = self._embedding(store)
        for at in range(0, len(chunks), BATCH):
            if cancel is not None:
                cancel.check()
            part = chunks[at : at + BATCH]
            if embedder is not None:
                texts = [passage_text(title, chunk.context, chunk.text) for chunk in part]
                for chunk, vector in zip(part, embedder.embed_documents(texts), strict=True):
                    chunk.vector = unit(vector)
            if progress:
                progress(min(at + BATCH, len(chunks)), len(chunks))
        return embedder.id if embedder is not None else ""

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
                self._check_embedder(store)
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
        with self._embedder_lock:
            if self._sentences is None:
                kept = KeptVectors(self._folder.parent / "compared.sqlite3", embedder)
                self._sentences = Remembered(kept.embed)
        vectors = self._sentences.vectors(texts)
        return (vectors @ np.asarray(embedder.embed_query(query), np.float32)).tolist()  # type: ignore[no-any-return]

    def close(self) -> None:
        self._indexes.close()

    # -- parts

    def _check_free(self, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise RequestError("vectorstore:kb.bad_name", name=name)
        if name.casefold() in (known.casefold() for known in self._names()):
            raise RequestError("vectorstore:kb.taken", name=name)

    def _names(self) -> Iterator[str]:
        return (path.stem for path in self._folder.glob("*.sqlite3"))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.sqlite3"

    def _store(self, name: str) -> Store:
        if not _NAME.fullmatch(name) or not self._path(name).exists():
            known = ", ".join(sorted(self._names())) or "-"
            raise NotFoundError("vectorstore:kb.unknown", name=name, known=known)
        return Store(self._path(name), name)

    def _embedding(self, store: Store) -> Embedder | None:
        """The embedder if it made this knowledge base's vectors, or will make its first; else None.

        What goes by another embedder's vectors is searched, and added to, by words until it is indexed again.
        """
        embedder = self.embedder()
        if embedder is None:
            return None
        stored = store.meta()["embedder"]
        if not stored:
            store.set_meta(embedder=embedder.id)
        return embedder if stored in ("", embedder.id) else None

    def _check_embedder(self, store: Store) -> None:
        embedder, stored = self.embedder(), store.meta()["embedder"]
        if embedder is None:
            raise RequestError("vectorstore:reindex.none")
        if stored not in ("", embedder.id):
            raise StoreError("vectorstore:embedding.other", name=store.name, stored=stored, current=embedder.id)

    def embedder(self) -> Embedder | None:
        """The configured embedder, opened at first need; None when search goes by words only."""
        with self._embedder_lock:
            if not self._embedder_ready:
                self._embedder = self._make_embedder()
                self._embedder_ready = True
            return self._embedder


def _unlink(path: Path) -> None:
    """Delete a SQLite file with what belongs to it."""
    for extra in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + extra).unlink(missing_ok=True)


def _chunks(material: Material) -> list[NewChunk]:
    document = material.document
    parts = material.parts or [(part.start, part.end, part.context) for part in cut(document)]
    chunks = []
    for start, end, context in parts:
        text = document.text[start:end]
        if text.strip():
            chunks.append(NewChunk(start, end, document.page_at(start), context, text))
    return chunks
