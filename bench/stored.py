"""Disk and memory of stored passages, beside LangChain's Chroma store: python -m bench.stored [--chunks 10000]

Both keep the same synthetic texts and vectors (see ``bench.search``), each in a process of its own, and are asked
twenty questions; memory is what the process has grown by since its libraries were loaded. The workbench keeps texts,
history, float vectors and a lexical index in SQLite beside Chroma, LangChain's store only Chroma. Needs
requirements-bench.txt.
"""

import argparse
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from .search import EACH, Synthetic, fill
from .system import disk, memory

QUESTIONS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chunks", type=int, default=10_000)
    chunks = parser.parse_args().chunks
    ways: dict[str, Callable[[int, Path], tuple[float, float]]] = {"workbench": workbench, "langchain": langchain}
    print(f"{chunks} passages, figures for 10,000:{'disk':>12}{'memory':>14}")
    for name, way in ways.items():
        with (
            tempfile.TemporaryDirectory() as folder,
            ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process,
        ):
            kept, grown = process.submit(way, chunks, Path(folder)).result()
        print(f"  {name:32}{kept * 10_000 / chunks:9.0f} MB{grown * 10_000 / chunks:11.0f} MB")


def workbench(chunks: int, folder: Path) -> tuple[float, float]:
    """(disk, memory) in MiB of a knowledge base."""
    from documents.reader import read
    from vectorstore.dense import VectorIndexes
    from vectorstore.knowledge import KnowledgeBases
    from vectorstore.store import Store
    from workbench.settings import Limits

    synthetic = Synthetic()
    indexes = VectorIndexes(folder / "chroma")
    bases = KnowledgeBases(
        folder / "knowledge", indexes, lambda: synthetic, lambda path, name: read(path, Limits(), name=name)
    )
    bases.create("kb")
    bases.search(synthetic.text(6), names=["kb"])  # loads the libraries
    before = memory()
    fill(Store(folder / "knowledge" / "kb.sqlite3", "kb"), synthetic, chunks)
    while bases.check("kb").index != "ready":
        bases.search(synthetic.text(6), names=["kb"])
    for _ in range(QUESTIONS):
        bases.search(synthetic.text(6), names=["kb"])
    grown = memory() - before
    bases.close()
    return disk(folder), grown


def langchain(chunks: int, folder: Path) -> tuple[float, float]:
    """(disk, memory) in MiB of LangChain's Chroma store."""
    from langchain_chroma import Chroma

    synthetic = Synthetic()
    store = Chroma("kb", synthetic, persist_directory=str(folder))  # all that it calls is there
    store.similarity_search(synthetic.text(6))
    before = memory()
    for _ in range(0, chunks, 100 * EACH):
        store.add_texts([synthetic.text() for _ in range(100 * EACH)])
    for _ in range(QUESTIONS):
        store.similarity_search(synthetic.text(6))
    return disk(folder), memory() - before


if __name__ == "__main__":
    main()
