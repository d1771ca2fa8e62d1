"""Vectors kept from one run of a benchmark to the next, so that only the first waits for the encoder."""

import sqlite3
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np

from vectorstore.embedders import Embedder


class KeptEmbeddings:
    """An embedder whose vectors of passages are kept in an SQLite file. ``make`` opens the real one when needed."""

    def __init__(self, file: Path, name: str, make: Callable[[], Embedder]) -> None:
        self.id = name
        self._make = make
        self._made: Embedder | None = None
        file.parent.mkdir(parents=True, exist_ok=True)
        self._kept = sqlite3.connect(file, timeout=60, check_same_thread=False)
        self._lock = threading.Lock()  # documents are embedded side by side
        self._kept.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB)")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        with self._lock:
            return [self._passage(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self._real().embed_query(text)

    def _real(self) -> Embedder:
        if self._made is None:
            self._made = self._make()
        return self._made

    def _passage(self, text: str) -> list[float]:
        key = sha256(f"{self.id} passage {text}".encode()).hexdigest()
        row = self._kept.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
        if row is not None:
            return list(map(float, np.frombuffer(row[0], np.float32)))
        (vector,) = self._real().embed_documents([text])
        with self._kept:
            blob = np.array(vector, np.float32).tobytes()
            self._kept.execute("INSERT OR REPLACE INTO vectors VALUES (?, ?)", (key, blob))
        return vector
