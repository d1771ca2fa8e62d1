"""A Chroma collection that follows a store, and the Chroma folder that one process at a time may open.

Measured: two processes on one Chroma folder serve stale results and lose vectors, and a kill while adding can break a
collection for good. So the folder has a lock that names its holder, a mark that stands while it is being written, and
nothing in it that the store could not make again.
"""

import json
import logging
import os
import shutil
import socket
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from .catalogue import Scope
from .store import Store
from .vectors import Vectors, count_vectors, vectors_after

log = logging.getLogger(__name__)

BATCH = 2000
MOST = 1000
"""The most passages asked of Chroma at once, when many of those it finds may be outside the scope."""
_PLACES = 8
"""At so many places over a collection the health check looks whether a passage finds itself."""


class ChromaIndex:
    """One Chroma collection that follows a store. How far it has come is kept in the collection's metadata."""

    def __init__(self, client: Any, store: Store, collection: str) -> None:
        self._client = client
        self._store = store
        self._name = collection
        self._lock = threading.Lock()
        self._collection = self._open()
        if not self._healthy():
            log.warning("the vector index of %s is made again", store.name)
            client.delete_collection(collection)
            self._collection = self._open()

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
        """Whether the collection holds what it says it holds, and passages find themselves."""
        try:
            newest, removed = self._position
            state = self._store.state()
            if newest > state.chunks or removed > state.removals:
                return False
            if removed == state.removals and self._collection.count() != count_vectors(self._store, newest):
                return False
            places = [vectors_after(self._store, newest * place // _PLACES, 1) for place in range(_PLACES)]
            samples = [vectors[0] for ids, vectors in places if ids and ids[0] <= newest]
            if not samples:
                return True
            found = self._collection.query(query_embeddings=samples, n_results=1, include=["distances"])
            return all(distances and distances[0] < 1e-3 for distances in found["distances"])
        except Exception:  # Chroma's errors are many: any means no
            log.exception("the vector index of %s is not healthy", self._store.name)
            return False

    def behind(self) -> int:
        """About how many passages are missing or surplus."""
        newest, removed = self._position
        state = self._store.state()
        return (state.chunks - newest) + (state.removals - removed)

    def catch_up(self) -> None:
        """Add and remove what changed in the store. After a crash it is done again: both steps are idempotent."""
        with self._lock:
            newest, removed = self._position
            target = self._store.state().chunks
            gone, removed = self._store.removals_after(removed)
            old = [str(chunk) for chunk in gone if chunk <= newest]
            for at in range(0, len(old), BATCH):
                self._collection.delete(ids=old[at : at + BATCH])
            while True:
                ids, vectors = vectors_after(self._store, newest, BATCH)
                if not ids:
                    break
                self._collection.upsert(ids=[str(chunk) for chunk in ids], embeddings=vectors)
                newest = ids[-1]
                self._collection.modify(metadata={"newest": newest, "removed": removed})
            newest = max(newest, target)  # the last ids may be gone already, or have no vector
            if (newest, removed) != self._position:
                self._collection.modify(metadata={"newest": newest, "removed": removed})

    def nearest(self, query: Vectors, limit: int, scope: Scope) -> dict[int, float] | None:
        """Cosines of the ``limit`` nearest passages within ``scope`` by chunk id, best first.

        None when so much is outside the scope that Chroma would have to be asked for too many.
        """
        total = self._collection.count()
        ask = limit if scope.whole else limit * 2 * total // scope.count
        for size in dict.fromkeys((ask, MOST)):
            if size > MOST:
                break
            found = self._collection.query(query_embeddings=[query], n_results=size, include=["distances"])
            ids = np.array(found["ids"][0], np.int64)
            held = np.flatnonzero(scope.holds(ids))[:limit]
            if scope.whole or len(held) == min(limit, scope.count):
                return {int(ids[row]): 1 - found["distances"][0][row] for row in held}
        return None


class ChromaFolder:
    """The folder of an embedded Chroma. ``open`` gives a client only to the process that holds the lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writing = folder / "writing"
        self._lock: Any = None

    def open(self) -> Any:
        """A client on a sound folder; None while another process holds the lock.

        What was being written when its process died is not trusted and starts empty.
        """
        if self._lock is None and not self._take():
            return None
        if self._writing.exists():
            log.warning("the vector indexes were being written when a process stopped: they are made again")
            return self.renew()
        try:
            with self.written():  # should opening it bring the process down, the next start begins afresh
                return self._client(max(self._generations(), default=1))
        except BaseException as error:
            if not broken(error):
                raise
            log.exception("the vector indexes cannot be opened: they are made again")
            return self.renew()

    def renew(self) -> Any:
        """A client on a new, empty folder. The old one may still be open in this process, so it is only deleted."""
        number = max(self._generations(), default=0) + 1
        for path in self._folder.iterdir():
            if path.name not in ("writer.lock", "writer.json"):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        return self._client(number)

    def written(self) -> "_Written":
        """A context in which the folder is marked as being written. The mark stays when the work fails."""
        return _Written(self._writing)

    def suspect(self) -> None:
        """Begin afresh at the next ``open``."""
        self._writing.touch()

    def close(self) -> None:
        """Let another process have the folder."""
        if self._lock is not None:
            (self._folder / "writer.json").unlink(missing_ok=True)
            self._lock.release()
            self._lock = None

    def holder(self) -> dict[str, Any]:
        """Who holds the lock (pid, host, program, since), as it wrote down itself; empty when nobody does."""
        from filelock import FileLock, Timeout

        if self._lock is None:
            if not (self._folder / "writer.lock").exists():
                return {}
            try:
                with FileLock(self._folder / "writer.lock", timeout=0):
                    return {}
            except Timeout:
                pass
        try:
            written = json.loads((self._folder / "writer.json").read_text("utf-8"))
        except (OSError, ValueError):
            written = None  # it is just being written
        return written if isinstance(written, dict) else {"pid": None}

    def _take(self) -> bool:
        from filelock import FileLock, Timeout

        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._folder / "writer.lock", timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return False
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "program": Path(sys.argv[0]).name,
            "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        (self._folder / "writer.json").write_text(json.dumps(holder), "utf-8")
        self._lock = lock
        return True

    def _generations(self) -> list[int]:
        return [int(path.name) for path in self._folder.iterdir() if path.name.isdecimal()]

    def _client(self, number: int) -> Any:
        import chromadb
        from chromadb.config import Settings

        # Each new beginning has a folder name of its own: Chroma keeps a broken one open under its old name.
        path = self._folder / str(number)
        return chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False))


class _Written:
    """See ``ChromaFolder.written``. Nested and parallel uses count."""

    _counts: dict[Path, int] = {}
    _lock = threading.Lock()

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __enter__(self) -> None:
        with self._lock:
            self._counts[self._mark] = self._counts.get(self._mark, 0) + 1
            self._mark.touch()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        with self._lock:
            self._counts[self._mark] -= 1
            if error is None and not self._counts[self._mark]:
                self._mark.unlink(missing_ok=True)


def broken(error: BaseException) -> bool:
    """Whether ``error`` says that Chroma failed: its engine's panics are no ``Exception``."""
    return isinstance(error, Exception) or type(error).__module__ == "pyo3_runtime"
