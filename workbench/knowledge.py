"""The seam to the knowledge bases: what pages, runs and ``cli.py`` ask of the shared RAG layer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import BaseModel

from .chat import Cancel
from .document import SourceDocument
from .evidence import Chunk, Hit

Sensitivity = Literal["public", "internal", "confidential"]
Mode = Literal["hybrid", "dense", "lexical"]


class KnowledgeBase(BaseModel):
    """A knowledge base. ``name`` is for programs, ``title`` for people; ``builtin`` marks what the product ships.

    ``embedder`` names what made its vectors, empty when it answers by words only.
    """

    name: str
    title: str
    sensitivity: Sensitivity = "internal"
    builtin: bool = False
    embedder: str = ""
    documents: int = 0
    chunks: int = 0
    updated_at: datetime | None = None


class StoredDocument(BaseModel):
    """A document in a knowledge base. ``sha256`` is of the bytes that were ingested; ``notes`` are text keys."""

    id: str
    title: str
    source: str
    sha256: str
    media_type: str = ""
    chunks: int
    pages: int | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    metadata: dict[str, Any] = {}
    notes: list[str] = []
    updated_at: datetime


class Ingested(BaseModel):
    """What became of one file or corpus line. ``error`` is a sentence for the person when ``status`` is failed."""

    id: str = ""
    path: str
    status: Literal["indexed", "unchanged", "replaced", "failed"]
    chunks: int = 0
    pages: int | None = None
    error: str = ""


class Job(BaseModel):
    """A file waiting for, in or after ingestion. ``done`` of ``total`` chunks are embedded."""

    id: int
    knowledge_base: str
    name: str
    state: Literal["waiting", "working", "done", "failed", "cancelled"]
    done: int = 0
    total: int = 0
    chunks: int = 0
    error: str = ""


class Material(BaseModel):
    """A text to ingest that is not a file: a corpus line or a statute. ``parts`` are its chunks when already cut."""

    model_config = {"arbitrary_types_allowed": True}

    id: str
    document: SourceDocument
    sha256: str
    parts: list[tuple[int, int, str]] = []
    effective_from: date | None = None
    effective_to: date | None = None


Progress = Callable[[int, int], None]
"""Called with (chunks embedded so far, chunks in this document)."""


class Knowledge(Protocol):
    """The knowledge bases. Every ``name`` that does not exist raises ``NotFoundError``."""

    def search(
        self, query: str, *, names: Sequence[str], limit: int = 10, mode: Mode = "hybrid", as_of: date | None = None
    ) -> Sequence[Hit]:
        """The best passages over all named knowledge bases, best first."""
        ...

    def likeness(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        """How near in meaning each text is to ``query``, higher is nearer: cosines, or shared words without vectors."""
        ...

    def list(self) -> Sequence[KnowledgeBase]: ...

    def get(self, name: str) -> KnowledgeBase: ...

    def create(
        self, name: str, *, title: str = "", sensitivity: Sensitivity = "internal", builtin: bool = False
    ) -> KnowledgeBase:
        """Raises ``RequestError`` for a name that is taken or not made of letters, digits, ``-`` and ``_``."""
        ...

    def delete(self, name: str) -> None: ...

    def documents(self, name: str) -> Sequence[StoredDocument]: ...

    def chunks(self, name: str, document_id: str) -> Sequence[Chunk]:
        """A document's chunks in order. Raises ``NotFoundError``."""
        ...

    def delete_document(self, name: str, document_id: str) -> None: ...

    def ingest(
        self,
        name: str,
        paths: Iterable[Path],
        *,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> Iterator[Ingested]:
        """Read, cut, embed and index files and folders, one result a file. A failed file harms no other."""
        ...

    def ingest_material(
        self, name: str, material: Material, *, progress: Progress | None = None, cancel: Cancel | None = None
    ) -> Ingested:
        """The same for a text that is already read."""
        ...


class IngestQueue(Protocol):
    """Files handed in on a page, worked off in the background by another process. Survives a restart."""

    def submit(self, knowledge_base: str, name: str, content: bytes) -> int:
        """Keep the bytes, queue the file, make sure that a worker runs. Returns the job's id."""
        ...

    def jobs(self, knowledge_base: str | None = None) -> Sequence[Job]: ...

    def cancel(self, job_id: int) -> None: ...

    def clear(self, knowledge_base: str) -> None:
        """Forget this knowledge base's finished jobs."""
        ...
