"""Vectors of texts compared before, kept on disk by a hash of the text: a second run costs no model."""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from .e5.weights import Floats
from .embedders import Embedder

MOST = 200_000
"""Vectors kept; the oldest go first. Only hashes and vectors are stored, no text."""


class KeptVectors:
    """A file of vectors by embedder and text. Any number of threads and processes may use it."""

    def __init__(self, path: Path, embedder: Embedder) -> None:
        self._path = path
        self._embedder = embedder

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """The vector of each text, in order; the embedder makes those that are not there."""
        keys = [hashlib.sha256(f"{self._embedder.id}\0{text}".encode()).digest() for text in texts]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        known: dict[bytes, Floats] = {}
        with sqlite3.connect(self._path, timeout=30) as database:
            database.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB UNIQUE, vector BLOB) STRICT")
            for key in dict.fromkeys(keys):
                row = database.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
                if row:
                    known[key] = np.frombuffer(row[0], np.float32)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            vectors = self._embedder.embed_documents(list(missing.values()))
            made = {key: np.asarray(vector, np.float32) for key, vector in zip(missing, vectors, strict=True)}
            known |= made
            with sqlite3.connect(self._path, timeout=30) as database:
                rows = [(key, vector.tobytes()) for key, vector in made.items()]
                database.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", rows)
                database.execute("DELETE FROM vectors WHERE rowid <= (SELECT max(rowid) FROM vectors) - ?", (MOST,))
        return [known[key].tolist() for key in keys]
