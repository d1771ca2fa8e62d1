"""Search times, disk and memory by size: python -m bench.search [--chunks 10000 100000] [--encoder] [--work FOLDER]

The texts are synthetic: words drawn by Zipf's law from a made-up vocabulary of 50,000 two-character Chinese words, 60
words a passage, ten passages a document. Vectors are random directions with a common part, as those of real texts have
(384 dimensions). The query's vector is made the same way, in no time; with ``--encoder`` the built-in encoder makes it,
so that the times are those of a whole `kb search`.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from vectorstore.dense import VectorIndexes
from vectorstore.embedders import Embedder, open_embedder
from vectorstore.knowledge import KnowledgeBases
from vectorstore.store import Store
from vectorstore.versions import NewChunk
from workbench.document import SourceDocument
from workbench.knowledge import StoredDocument
from workbench.settings import load

from .system import disk, memory

DIMENSION, WORDS, EACH = 384, 50_000, 10
Vector = npt.NDArray[np.float32]


class Synthetic:
    """Texts, vectors and the embedder of queries."""

    id = "synthetic"

    def __init__(self, seed: int = 5, encoder: Embedder | None = None) -> None:
        self._encoder = encoder
        self._random = np.random.default_rng(seed)
        signs = self._random.integers(0x4E00, 0x9FA5, (WORDS, 2))
        self._words = ["".join(map(chr, pair)) for pair in signs]
        self._common = self._random.normal(size=DIMENSION)

    def text(self, words: int = 60) -> str:
        ranks = self._random.zipf(1.2, words * 2)
        return "，".join(self._words[rank] for rank in ranks[ranks < WORDS][:words])

    def vector(self) -> Vector:
        vector = self._random.normal(size=DIMENSION) + self._common
        return np.asarray(vector / np.linalg.norm(vector), np.float32)

    def embed_query(self, text: str) -> list[float]:
        return self._encoder.embed_query(text) if self._encoder else list(map(float, self.vector()))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, self.vector())) for _ in texts]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chunks", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--encoder", action="store_true", help="count the embedding of the query")
    parser.add_argument("--work", type=Path, help="keep what is built there, and use it again")
    asked = parser.parse_args()
    settings = load()
    encoder = open_embedder(settings.embedding, settings.models) if asked.encoder else None
    for size in asked.chunks:
        with tempfile.TemporaryDirectory() as folder:
            where = asked.work / str(size) if asked.work else Path(folder)
            measure(where, size, asked.queries, encoder)


def measure(folder: Path, size: int, queries: int, encoder: Embedder | None = None) -> None:
    """Fill a knowledge base with ``size`` passages and time searches of every kind."""
    synthetic = Synthetic(encoder=encoder)
    indexes = VectorIndexes(folder / "chroma")
    bases = KnowledgeBases(folder / "knowledge", indexes, lambda: synthetic, _no_files)
    store = Store(folder / "knowledge" / "kb.sqlite3", "kb")
    if not store.path.exists():
        bases.create("kb")
        store.set_meta(embedder=synthetic.id)
        began = time.perf_counter()
        fill(store, synthetic, size)
        print(f"\n{size} passages stored in {time.perf_counter() - began:.1f} s")
    print(f"{size} passages; queries of 6 words, top 10, {queries} each")
    before = memory()
    bases.search("开始", names=["kb"])
    began = time.perf_counter()
    while indexes.state(store, store.meta()["collection"]) != "ready":
        bases.search("开始", names=["kb"])
        time.sleep(0.5)
    print(f"Chroma brought up to date in {time.perf_counter() - began:.1f} s")
    documents = [f"d{number}" for number in range(size // EACH)]
    chance = np.random.default_rng(9)
    kinds: dict[str, tuple[str, date | None, Callable[[], Collection[str] | None]]] = {
        "dense": ("dense", None, lambda: None),
        "lexical": ("lexical", None, lambda: None),
        "hybrid": ("hybrid", None, lambda: None),
        "hybrid, as of a day that bars 10 %": ("hybrid", date(2020, 1, 10), lambda: None),
        "hybrid, as of a day that bars 50 %": ("hybrid", date(2020, 1, 6), lambda: None),
        "hybrid, half of the documents": ("hybrid", None, lambda: documents[::2]),
        "hybrid, 50 documents": ("hybrid", None, lambda: list(chance.choice(documents, 50))),
        "hybrid, 1 document": ("hybrid", None, lambda: [str(chance.choice(documents))]),
    }
    for name, (mode, as_of, chosen) in kinds.items():
        times = []
        for number in range(queries + 5):
            query, scope = synthetic.text(6), chosen()
            began = time.perf_counter()
            bases.search(query, names=["kb"], mode=mode, as_of=as_of, documents=scope)  # type: ignore[arg-type]
            if number >= 5:
                times.append((time.perf_counter() - began) * 1000)
        p50, p95 = np.percentile(times, [50, 95])
        print(f"{name:38} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms", flush=True)
    share = 10_000 / size
    sizes = {name: disk(folder / name) * share for name in ("knowledge", "chroma")}
    print(f"for 10,000 passages: disk {sizes['knowledge']:.0f} MB store + {sizes['chroma']:.0f} MB Chroma,", end=" ")
    print(f"memory {(memory() - before) * share:.0f} MB (Chroma's graph, and all vectors for the filters)")
    indexes.close()


def fill(store: Store, synthetic: Synthetic, size: int) -> None:
    """Documents of ten passages; each tenth of them came into force one day later, from 2020-01-01 on."""
    for at in range(0, size // EACH, 500):
        versions = []
        for number in range(at, min(at + 500, size // EACH)):
            texts = [synthetic.text() for _ in range(EACH)]
            chunks, start = [], 0
            for text in texts:
                chunk = NewChunk(start, start + len(text), None, "", text)
                chunk.vector = synthetic.vector().tobytes()
                chunks.append(chunk)
                start += len(text)
            stored = StoredDocument(
                id=f"d{number}",
                title=f"d{number}",
                source="",
                sha256=str(number),
                chunks=EACH,
                effective_from=date(2020, 1, 2 + number % 10),
                updated_at=datetime.now(UTC),
            )
            versions.append((stored, "".join(texts), chunks))
        store.put_versions(versions)


def _no_files(path: Path, name: str) -> SourceDocument:
    raise NotImplementedError


if __name__ == "__main__":
    main()
