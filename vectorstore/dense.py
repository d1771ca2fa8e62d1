"""Nearest vectors: by Chroma where this process may use it, else by an exact scan. Both follow the SQLite store.

Two processes on one Chroma folder serve stale results and lose vectors, so only the process that holds the folder's
lock opens it. The others, and this one while Chroma is far behind, scan the vectors of the store: slower beyond a
hundred thousand passages, never wrong.
"""

import logging
import os
import threading
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import numpy as np

from workbench.errors import StoreError

from .store import Store, Vectors

log = logging.getLogger(__name__)

INLINE = 500
"""Up to so many new passages are added to Chroma within a search (under half a second); more are added behind it."""
BATCH = 2000


class Nearest(Protocol):
    """An index over the vectors of one store."""

    def nearest(self, query: Vectors, limit: int) -> dict[int, float]:
        """Cosines of the ``limit`` nearest passages by chunk id, best first."""
        ...


class ExactIndex:
    """All vectors of a store in memory, brought up to date at each call."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._ids = np.zeros(0, np.int64)
        self._matrix: Vectors = np.zeros((0, 0), np.float32)
        self._newest = self._removed = 0

    def _catch_up(self) -> None:
        newest, removed = self._store.state()
        if removed != self._removed:
            gone, self._removed = self._store.removals_after(self._removed)
            keep = ~np.isin(self._ids, gone)
            self._ids, self._matrix = self._ids[keep], self._matrix[keep]
        if newest != self._newest:
            ids, vectors = self._store.vectors_after(self._newest)
            if ids:
                self._matrix = np.concatenate([self._matrix, vectors]) if len(self._ids) else vectors
                self._ids = np.concatenate([self._ids, ids])
            self._newest = newest

    def nearest(self, query: Vectors, limit: int) -> dict[int, float]:
        with self._lock:
            self._catch_up()
            ids, matrix = self._ids, self._matrix
        if not len(ids):
            return {}
        scores = matrix @ query
        limit = min(limit, len(ids))
        top = np.argpartition(-scores, limit - 1)[:limit]
        top = top[np.lexsort((ids[top], -scores[top]))]
        return dict(zip(ids[top].tolist(), scores[top].tolist(), strict=True))


class ChromaIndex:
    """One Chroma collection that follows a store. How far it has come is kept in the collection's metadata."""

    def __init__(self, client: Any, store: Store, collection: str) -> None:
        self._client = client
        self._store = store
        self._name = collection
        self._lock = threading.Lock()
        self._collection = self._open()
        if not self._healthy():
            log.warning("rebuilding the vector index of %s", store.name)
            self.rebuild()

    def _open(self) -> Any:
        return self._client.get_or_create_collection(
            self._name,
            embedding_function=None,
            metadata={"newest": 0, "removed": 0},
            configuration={"hnsw": {"space": "cosine", "sync_threshold": 10_000, "batch_size": 1000}},
        )

    @property
    def _position(self) -> tuple[int, int]:
        metadata = self._collection.metadata or {}
        return int(metadata.get("newest", 0)), int(metadata.get("removed", 0))

    def _healthy(self) -> bool:
        """Whether the collection holds what it says it holds, and answers. Chroma's errors are many: any means no."""
        try:
            newest, removed = self._position
            if removed == self._store.state()[1] and self._collection.count() != self._store.count_vectors(newest):
                return False
            _, vectors = self._store.vectors_after(0, 1)
            if len(vectors) and newest:
                self._collection.query(query_embeddings=vectors, n_results=1, include=[])
        except Exception:
            log.exception("the vector index of %s is not healthy", self._store.name)
            return False
        return True

    def behind(self) -> int:
        """About how many passages are missing or surplus."""
        newest, removed = self._position
        now, now_removed = self._store.state()
        return (now - newest) + (now_removed - removed)

    def rebuild(self) -> None:
        """Make the collection again from the store. Nothing is lost: the vectors are there."""
        with self._lock:
            self._client.delete_collection(self._name)
            self._collection = self._open()
        self.catch_up()

    def catch_up(self) -> None:
        """Add and remove what changed in the store. After a crash it is done again: both steps are idempotent."""
        with self._lock:
            newest, removed = self._position
            target, _ = self._store.state()
            gone, removed = self._store.removals_after(removed)
            old = [str(chunk) for chunk in gone if chunk <= newest]
            for at in range(0, len(old), BATCH):
                self._collection.delete(ids=old[at : at + BATCH])
            while True:
                ids, vectors = self._store.vectors_after(newest, BATCH)
                if not ids:
                    break
                self._collection.upsert(ids=[str(chunk) for chunk in ids], embeddings=vectors)
                newest = ids[-1]
                self._collection.modify(metadata={"newest": newest, "removed": removed})
            newest = max(newest, target)  # the last ids may be gone already, or have no vector
            if (newest, removed) != self._position:
                self._collection.modify(metadata={"newest": newest, "removed": removed})

    def nearest(self, query: Vectors, limit: int) -> dict[int, float]:
        found = self._collection.query(query_embeddings=[query], n_results=limit, include=["distances"])
        return {int(i): 1 - d for i, d in zip(found["ids"][0], found["distances"][0], strict=True)}


class VectorIndexes:
    """Chooses, for each search, between Chroma (in ``folder``, or a server at ``url``) and the exact scan."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self._folder = folder
        self._url = url
        self._client: Any = None
        self._file_lock: Any = None
        self._lock = threading.RLock()
        self._chroma: dict[str, ChromaIndex] = {}
        self._exact: dict[str, ExactIndex] = {}
        self._busy: set[str] = set()

    def index(self, store: Store, collection: str) -> Nearest:
        """The index to ask now."""
        chroma = self._chroma_index(store, collection)
        if chroma is not None and collection not in self._busy:
            behind = chroma.behind()
            if behind <= INLINE:
                if behind:
                    chroma.catch_up()
                self._exact.pop(collection, None)
                return chroma
            self._catch_up_behind(chroma, collection)
        with self._lock:
            return self._exact.setdefault(collection, ExactIndex(store))

    def forget(self, collection: str) -> None:
        """Drop a deleted knowledge base's collection, when this process may."""
        with self._lock:
            self._exact.pop(collection, None)
            if self._chroma.pop(collection, None) is not None:
                self._client.delete_collection(collection)

    def close(self) -> None:
        """Let another process use Chroma's folder."""
        with self._lock:
            self._chroma.clear()
            self._client = None
            if self._file_lock is not None:
                self._file_lock.release()
                self._file_lock = None

    def _chroma_index(self, store: Store, collection: str) -> ChromaIndex | None:
        with self._lock:
            if collection not in self._chroma:
                client = self._open_client()
                if client is None:
                    return None
                self._chroma[collection] = ChromaIndex(client, store, collection)
            return self._chroma[collection]

    def _open_client(self) -> Any:
        """The Chroma client; None while another process holds the folder. Raises ``StoreError`` for a dead server."""
        if self._client is None:
            import chromadb
            from chromadb.config import Settings

            settings = Settings(anonymized_telemetry=False)
            if self._url:
                address = urlsplit(self._url)
                try:
                    self._client = chromadb.HttpClient(
                        host=address.hostname or "localhost",
                        port=address.port or 8000,
                        ssl=address.scheme == "https",
                        settings=settings,
                    )
                except Exception as error:  # chromadb raises ValueError, httpx errors and its own
                    raise StoreError("vectorstore:chroma.unreachable", url=self._url) from error
            elif self._take_folder():
                self._client = chromadb.PersistentClient(str(self._folder), settings=settings)
        return self._client

    def _take_folder(self) -> bool:
        from filelock import FileLock, Timeout

        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._folder / "writer.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return False
        (self._folder / "writer.pid").write_text(str(os.getpid()))
        self._file_lock = lock
        return True

    def _catch_up_behind(self, chroma: ChromaIndex, collection: str) -> None:
        def work() -> None:
            try:
                chroma.catch_up()
            finally:
                self._busy.discard(collection)

        with self._lock:
            if collection in self._busy:
                return
            self._busy.add(collection)
        threading.Thread(target=work, name=f"index-{collection}", daemon=True).start()
