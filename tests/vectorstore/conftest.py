"""Real stores and a real Chroma on small texts. Vectors are counted characters: quick, and near for like texts."""

import zlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from documents.reader import read
from vectorstore.dense import VectorIndexes
from vectorstore.knowledge import KnowledgeBases
from workbench.document import Block, SourceDocument
from workbench.knowledge import Material
from workbench.settings import Limits


class CountedCharacters:
    """An embedder: each character and pair of characters has a place in the vector."""

    def __init__(self, name: str = "counted", size: int = 64) -> None:
        self.id = name
        self._size = size

    def embed_query(self, text: str) -> list[float]:
        vector = np.zeros(self._size)
        for piece in [*text, *map("".join, pairwise(text))]:
            vector[zlib.crc32(f"{self.id}{piece}".encode()) % self._size] += 1
        return (vector / max(np.linalg.norm(vector), 1e-12)).tolist()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]


def text_material(document_id: str, text: str, **values: object) -> Material:
    """A text as it would come from a reader, one paragraph a line."""
    blocks, at = [], 0
    for line in text.splitlines(keepends=True):
        blocks.append(Block("paragraph", at, at + len(line.rstrip())))
        at += len(line)
    document = SourceDocument(text=text, title=document_id, media_type="text/plain", blocks=tuple(blocks))
    return Material(id=document_id, document=document, sha256=f"{zlib.crc32(text.encode()):x}", **values)


@pytest.fixture
def open_bases(tmp_path: Path) -> Iterator[Callable[..., KnowledgeBases]]:
    """Opens the knowledge bases of the test's folder as a fresh process would."""
    opened: list[VectorIndexes] = []

    def make(embedder: object = CountedCharacters(), url: str = "") -> KnowledgeBases:
        indexes = VectorIndexes(tmp_path / "chroma", url)
        opened.append(indexes)

        def reader(path: Path, name: str) -> SourceDocument:
            return read(path, Limits(), name=name)

        return KnowledgeBases(tmp_path / "knowledge", indexes, partial(lambda known: known, embedder), reader, "en")

    yield make
    for indexes in opened:
        indexes.close()


@pytest.fixture
def bases(open_bases: Callable[..., KnowledgeBases]) -> KnowledgeBases:
    """Knowledge bases with an empty one called kb."""
    made = open_bases()
    made.create("kb")
    return made
