"""The embedder that is configured now, and which knowledge bases it may serve: vectors of two never mix."""

import threading
from collections.abc import Callable

from workbench.errors import RequestError, StoreError

from .embedders import Embedder
from .store import Store


class CurrentEmbedder:
    """Opens the embedder at first need, once; calling it gives the embedder, or None when search goes by words only."""

    def __init__(self, make: Callable[[], Embedder | None]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._ready = False
        self.opened: Embedder | None = None
        """It, when it is open already; asking for this takes no time."""

    def __call__(self) -> Embedder | None:
        with self._lock:
            if not self._ready:
                self.opened = self._make()
                self._ready = True
            return self.opened

    def of(self, store: Store) -> Embedder | None:
        """It, if it made this knowledge base's vectors, or will make its first; else None.

        What goes by another embedder's vectors is searched, and added to, by words until it is indexed again.
        """
        embedder = self()
        if embedder is None:
            return None
        stored = store.meta()["embedder"]
        if not stored:
            store.set_meta(embedder=embedder.id)
        return embedder if stored in ("", embedder.id) else None

    def check(self, store: Store) -> None:
        """Raise ``RequestError`` without an embedder, ``StoreError`` when the vectors are another's."""
        embedder, stored = self(), store.meta()["embedder"]
        if embedder is None:
            raise RequestError("vectorstore:reindex.none")
        if stored not in ("", embedder.id):
            raise StoreError("vectorstore:embedding.other", name=store.name, stored=stored, current=embedder.id)
