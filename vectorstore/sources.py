"""From paths to material: walking folders, reading corpora, naming documents."""

import gzip
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from workbench.document import Block, SourceDocument
from workbench.errors import DocumentError
from workbench.knowledge import Material

CORPUS = (".jsonl", ".jsonl.gz")


def is_corpus(path: Path) -> bool:
    """Whether the file is a corpus: a JSON object with id, title and text on each line."""
    return path.name.lower().endswith(CORPUS)


def files(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """(document id, file) of each path and of each file in each folder, sorted; hidden files left out.

    The id is the file's name, or its path within the folder that was given. When two files of one call would share an
    id, the later one takes its parent folder's name along.
    """
    seen: set[str] = set()
    for path in paths:
        found = sorted(_walk(path)) if path.is_dir() else [path]
        for file in found:
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            parent = file.resolve().parent
            while name in seen and parent != parent.parent:
                name, parent = f"{parent.name}/{name}", parent.parent
            seen.add(name)
            yield name, file


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def corpus(path: Path) -> Iterator[Material | DocumentError]:
    """The lines of a corpus. A line that is not one comes out as the error that says so."""
    opener = gzip.open if path.name.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _corpus_line(line, number)


def _corpus_line(line: str, number: int) -> Material | DocumentError:
    try:
        entry = json.loads(line)
        document_id, text = str(entry["id"]), str(entry["text"])
    except (ValueError, KeyError, TypeError):
        return DocumentError("vectorstore:corpus.line", line=number)
    title = str(entry.get("title") or "")
    document = SourceDocument(
        text=text,
        title=title,
        media_type="application/x-ndjson",
        blocks=tuple(_paragraphs(text)),
    )
    return Material(id=document_id, document=document, sha256=sha256(line.encode()).hexdigest())


def _paragraphs(text: str) -> Iterator[Block]:
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Block("paragraph", at, at + len(line.rstrip()))
        at += len(line)
