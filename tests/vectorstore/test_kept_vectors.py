"""Vectors that were made before are not made again."""

from pathlib import Path

import numpy as np

from vectorstore.kept_vectors import KeptVectors


class Counting:
    """An embedder that remembers what it was asked."""

    def __init__(self, name: str) -> None:
        self.id = name
        self.asked: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.asked += texts
        return [[float(len(text)), 1.0] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [0.0, 0.0]


def test_a_text_is_embedded_once_and_by_each_embedder(tmp_path: Path) -> None:
    path, a, b = tmp_path / "vectors.sqlite3", Counting("a"), Counting("b")
    assert np.array_equal(KeptVectors(path, a).embed(["x", "yy", "x"]), [[1, 1], [2, 1], [1, 1]])
    assert np.array_equal(KeptVectors(path, a).embed(["yy", "x", "zzz"]), [[2, 1], [1, 1], [3, 1]])
    KeptVectors(path, b).embed(["x"])
    assert (a.asked, b.asked) == (["x", "yy", "zzz"], ["x"])
