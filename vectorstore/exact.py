"""Nearest vectors by looking at all of them: right at any moment, about 1 ms for every 3,000 passages."""

import threading
import time

import numpy as np

from .catalogue import Ids, Scope
from .store import Store
from .vectors import Vectors, vectors_after


class ExactIndex:
    """All vectors of a store in memory (15 MB for 10,000 passages of 384 dimensions), brought up to date at each call.

    Passages that were removed stay until the process ends; no scope holds them.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self.used = time.monotonic()
        self._count = self._newest = 0
        self._ids: Ids = np.zeros(0, np.int64)  # both with room to grow: the first _count rows are in use
        self._matrix: Vectors = np.zeros((0, 0), np.float32)

    def nearest(self, query: Vectors, limit: int, scope: Scope) -> dict[int, float]:
        """Cosines of the ``limit`` nearest passages within ``scope`` by chunk id, best first."""
        self.used = time.monotonic()
        with self._lock:
            self._follow()
            ids, matrix = self._ids[: self._count], self._matrix[: self._count]
        held = np.flatnonzero(scope.holds(ids)) if len(ids) else ids
        if not len(held):
            return {}
        # Picking out many rows costs more than multiplying all.
        scores = matrix[held] @ query if len(held) * 4 < len(ids) else (matrix @ query)[held]
        ids = ids[held]
        limit = min(limit, len(ids))
        top = np.argpartition(-scores, limit - 1)[:limit]
        top = top[np.lexsort((ids[top], -scores[top]))]
        return dict(zip(ids[top].tolist(), scores[top].tolist(), strict=True))

    def _follow(self) -> None:
        newest = self._store.state().chunks
        if newest == self._newest:
            return
        ids, vectors = vectors_after(self._store, self._newest)
        if ids:
            count = self._count + len(ids)
            if count > len(self._ids):
                room = max(count, len(self._ids) * 3 // 2)
                grown_ids, grown = np.zeros(room, np.int64), np.zeros((room, vectors.shape[1]), np.float32)
                if self._count:
                    grown_ids[: self._count] = self._ids[: self._count]
                    grown[: self._count] = self._matrix[: self._count]
                self._ids, self._matrix = grown_ids, grown
            self._ids[self._count : count] = ids
            self._matrix[self._count : count] = vectors
            self._count = count
        self._newest = newest
