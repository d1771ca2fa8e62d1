"""A process of its own over the knowledge bases of a folder: python -m tests.vectorstore.process DOES FOLDER [FILES]

``ingest``: FILES into kb, a line a document, with a search after every few so that Chroma is written too.
``work``: the queue of FOLDER; ``supervise``: the same, started again when it crashes. A file named ``crash*`` ends the
process that reads it.
"""

import os
import sys
from pathlib import Path

from documents.reader import read
from vectorstore.builtin import Builtin
from vectorstore.dense import VectorIndexes
from vectorstore.knowledge import KnowledgeBases
from vectorstore.queue import Queue
from vectorstore.worker import Worker, supervise
from workbench.document import SourceDocument
from workbench.settings import Limits

from .conftest import CountedCharacters


def main(does: str, folder: Path, *files: str) -> None:
    bases = KnowledgeBases(folder / "knowledge", VectorIndexes(folder / "chroma"), CountedCharacters, _read, "en")
    if does == "ingest":
        for number, done in enumerate(bases.ingest("kb", map(Path, files))):
            sys.stdout.write(f"{done.id} {done.status}\n")
            sys.stdout.flush()
            if number % 5 == 0:
                bases.search("退货期限", names=["kb"], mode="dense")
        bases.close()
    elif does == "work":
        queue = Queue(folder, lambda: None)
        Worker(folder, queue, Builtin(folder / "none", bases, queue, lambda: None, "en"), bases, "en").run(idle=0.1)
    else:
        sys.exit(supervise([sys.executable, "-m", "tests.vectorstore.process", "work", str(folder)]))


def _read(path: Path, name: str) -> SourceDocument:
    if name.startswith("crash"):
        os._exit(9)
    return read(path, Limits(), name=name)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
