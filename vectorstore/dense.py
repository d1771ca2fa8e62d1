"""Nearest vectors: by Chroma where this process may use it and it is quicker, else by an exact scan.

Both follow the SQLite store. Processes that do not hold Chroma's folder, and this one while Chroma is far behind or
broken, scan the vectors of the store: slower beyond a hundred thousand passages, never wrong.
"""

import logging
import threading
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from .catalogue import Scope
from .chroma import ChromaFolder, ChromaIndex, broken
from .exact import ExactIndex
from .store import Store
from .vectors import Vectors

log = logging.getLogger(__name__)

INLINE = 500
"""Up to so many new passages are added to Chroma within a search (under half a second); more are added behind it."""
FEW = 10_000
"""So many passages are scanned as quickly as Chroma is asked."""
_PAUSE = 30.0
"""Seconds between tries to reach Chroma after it failed."""
_UNUSED = 600.0
"""Seconds without a scan after which the memory for scanning is given back."""


class VectorIndexes:
    """Chooses, for each search, between Chroma (in ``folder``, or a server at ``url``) and the exact scan."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self._folder = ChromaFolder(folder)
        self._url = url
        self._client: Any = None
        self._lock = threading.RLock()
        self._chroma: dict[str, ChromaIndex] = {}
        self._exact: dict[str, ExactIndex] = {}
        self._busy: set[str] = set()
        self._not_before = 0.0

    def nearest(self, store: Store, collection: str, query: Vectors, limit: int, scope: Scope) -> dict[int, float]:
        """Cosines of the ``limit`` nearest passages within ``scope`` by chunk id, best first."""
        if not scope.count:
            return {}
        found = self._by_chroma(store, collection, query, limit, scope)
        with self._lock:
            for unused in [key for key, exact in self._exact.items() if time.monotonic() - exact.used > _UNUSED]:
                del self._exact[unused]
            if found is not None:
                return found
            chosen = self._exact.setdefault(collection, ExactIndex(store))
        return chosen.nearest(query, limit, scope)

    def state(self, store: Store, collection: str) -> Literal["ready", "behind", "elsewhere"]:
        """Whether Chroma answers for this knowledge base here, is being brought up to date, or is out of reach (held by
        another process, a server that does not answer): then the exact scan answers."""
        chroma = self._index(store, collection)
        if chroma is None:
            return "elsewhere"
        return "behind" if collection in self._busy or chroma.behind() > INLINE else "ready"

    def holder(self) -> dict[str, Any]:
        """Who holds the Chroma folder (pid, host, program, since), or the server's ``url``; empty when nobody does."""
        return {"url": self._url} if self._url else self._folder.holder()

    def forget(self, collection: str) -> None:
        """Drop the collection of a knowledge base that is gone, when this process may."""
        with self._lock:
            self._exact.pop(collection, None)
            if self._chroma.pop(collection, None) is not None:
                try:
                    self._client.delete_collection(collection)
                except Exception as error:
                    self._fail(error)

    def close(self) -> None:
        """Let another process use Chroma's folder."""
        with self._lock:
            self._chroma.clear()
            if self._client is not None:
                self._client.close()
            self._client = None
            self._folder.close()

    def _by_chroma(
        self, store: Store, collection: str, query: Vectors, limit: int, scope: Scope
    ) -> dict[int, float] | None:
        """Chroma's answer; None when the scan shall answer."""
        try:
            chroma = self._index(store, collection)
            if chroma is None or collection in self._busy:
                return None
            behind = chroma.behind()
            if behind > INLINE:
                self._catch_up_behind(chroma, collection)
                return None
            if behind:
                self._catch_up(chroma)
            if not scope.whole and scope.count <= FEW:
                return None
            return chroma.nearest(query, limit, scope)
        except BaseException as error:
            if not broken(error):
                raise
            self._fail(error)
            return None

    def _index(self, store: Store, collection: str) -> ChromaIndex | None:
        with self._lock:
            if collection not in self._chroma:
                client = self._open()
                if client is None:
                    return None
                try:
                    with self._writing():
                        self._chroma[collection] = ChromaIndex(client, store, collection)
                except BaseException as error:
                    if not broken(error):
                        raise
                    self._fail(error)
                    return None
            return self._chroma[collection]

    def _open(self) -> Any:
        """The Chroma client; None while another process holds the folder or the server does not answer."""
        if self._client is None and time.monotonic() >= self._not_before:
            try:
                self._client = self._connect() if self._url else self._folder.open()
            except BaseException as error:
                if not broken(error):
                    raise
                self._fail(error)
        return self._client

    def _connect(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        address = urlsplit(self._url)
        return chromadb.HttpClient(
            host=address.hostname or "localhost",
            port=address.port or 8000,
            ssl=address.scheme == "https",
            settings=Settings(anonymized_telemetry=False),
        )

    def _fail(self, error: BaseException) -> None:
        """Do without Chroma for a while; then begin afresh."""
        log.warning("Chroma %s failed, vectors are scanned meanwhile: %r", self._url, error)
        with self._lock:
            self._not_before = time.monotonic() + (_PAUSE if self._client is None or self._url else 0.0)
            self._client = None
            self._chroma.clear()
            if not self._url:
                self._folder.suspect()

    def _writing(self) -> AbstractContextManager[None]:
        return nullcontext() if self._url else self._folder.written()

    def _catch_up(self, chroma: ChromaIndex) -> None:
        with self._writing():
            chroma.catch_up()

    def _catch_up_behind(self, chroma: ChromaIndex, collection: str) -> None:
        def work() -> None:
            try:
                self._catch_up(chroma)
            except BaseException as error:
                if not broken(error):
                    raise
                self._fail(error)
            finally:
                self._busy.discard(collection)

        with self._lock:
            if collection in self._busy:
                return
            self._busy.add(collection)
        threading.Thread(target=work, name=f"index-{collection}", daemon=True).start()
