"""A knowledge layer that holds a few passages in memory, for tests of what stands on it."""

from collections.abc import Sequence
from typing import Any

from workbench.evidence import Chunk, Hit
from workbench.knowledge import KnowledgeBase, StoredDocument
from workbench.language import shingles


class FewPassages:
    """Finds by shared words. ``passages`` are (title, text); each is a chunk of its own."""

    def __init__(self, *passages: tuple[str, str]) -> None:
        self._chunks = [
            Chunk(number, f"d{number}", title, text, 0, len(text)) for number, (title, text) in enumerate(passages, 1)
        ]

    def search(self, query: str, *, names: Sequence[str], limit: int = 10, **_: Any) -> list[Hit]:
        found = [
            Hit(chunk, score, "kb", dense=None, lexical=score * 10)
            for chunk in self._chunks
            if (score := _shared(query, f"{chunk.title} {chunk.text}"))
        ]
        return sorted(found, key=lambda hit: -hit.score)[:limit]

    def likeness(self, query: str, texts: Sequence[str]) -> list[float]:
        return [_shared(query, text) for text in texts]

    def get(self, name: str) -> KnowledgeBase:
        return KnowledgeBase(name=name, title=name)

    def text(self, name: str, document_id: str) -> str:
        return "\n".join(chunk.text for chunk in self._chunks if chunk.document_id == document_id)

    def versions(self, name: str, document_id: str) -> list[StoredDocument]:
        return []


def _shared(query: str, text: str) -> float:
    wanted = shingles(query)
    return len(wanted & shingles(text)) / (len(wanted) or 1)


class NoKnowledge(FewPassages):
    """Nothing is known."""
