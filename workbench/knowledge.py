"""The seam to the knowledge bases: what pages, runs and ``cli.py`` ask of the shared RAG layer."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
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

    ``embedder`` names what made its vectors, empty when it answers by words only. ``stale``: passages lack vectors of
    the configured embedder and are found by words only until ``reindex``. Known once the embedder is open, which the
    first search does. ``documents`` and ``chunks`` count newest versions, not history.
    """

    name: str
    title: str
    sensitivity: Sensitivity = "internal"
    builtin: bool = False
    embedder: str = ""
    stale: bool = False
    documents: int = 0
    chunks: int = 0
    updated_at: datetime | None = None


class StoredDocument(BaseModel):
    """One version of a document. ``sha256`` is of the bytes that were ingested; ``notes`` are text keys.

    ``effective_from`` and ``effective_to`` are what somebody said, the last day included. ``begins`` and ``ends`` are
    what follows: the days on which this version answers (None: without limit). A later version takes over on the day
    that it says, else on the day when it was added; a version that was replaced before it began has ``ends`` before
    ``begins`` and never answers. ``version`` counts from 1; the newest is number ``versions``.
    """

    id: str
    title: str
    source: str
    sha256: str
    media_type: str = ""
    chunks: int
    pages: int | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    begins: date | None = None
    ends: date | None = None
    version: int = 1
    versions: int = 1
    added_on: date | None = None
    metadata: dict[str, Any] = {}
    notes: list[str] = []
    updated_at: datetime

    def answers_on(self, day: date) -> bool:
        """Whether this version is the one in force on ``day``."""
        return (self.begins is None or self.begins <= day) and (self.ends is None or day <= self.ends)


class Ingested(BaseModel):
    """What became of one file or corpus line. ``error`` is a sentence for the person when ``status`` is failed."""

    id: str = ""
    path: str
    status: Literal["indexed", "unchanged", "replaced", "failed"]
    chunks: int = 0
    pages: int | None = None
    error: str = ""


class Check(BaseModel):
    """What a look at a knowledge base found. ``ok``: its data file is whole, which is all that matters.

    ``index``: Chroma answers here (ready), is being brought up to date (behind), or is held by another process or a
    server that does not answer (elsewhere); in the last two cases vectors are scanned. ``holder`` names the process.
    """

    ok: bool
    index: Literal["ready", "behind", "elsewhere"]
    holder: dict[str, Any] = {}


JobState = Literal["waiting", "working", "paused", "done", "failed", "cancelled"]


class Job(BaseModel):
    """A file waiting for, in or after ingestion, or (``kind`` is reindex) new vectors for a whole knowledge base.

    ``done`` of ``total`` chunks are embedded; ``submitter`` is who handed it in; ``error`` is one sentence.
    """

    id: int
    knowledge_base: str
    name: str
    kind: Literal["file", "reindex"] = "file"
    submitter: str = ""
    state: JobState
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
    """The knowledge bases. Every ``name`` that does not exist raises ``NotFoundError``.

    Who may see what goes by knowledge base: a search touches those in ``names`` and no other, so whoever calls names
    only those that the person may use.
    """

    def search(
        self,
        query: str,
        *,
        names: Sequence[str],
        limit: int = 10,
        mode: Mode = "hybrid",
        as_of: date | None = None,
        documents: Collection[str] | None = None,
    ) -> Sequence[Hit]:
        """The best passages over all named knowledge bases, best first.

        Only versions in force on ``as_of`` (today unless told) answer, and of them only those whose document id is in
        ``documents`` when that is given.
        """
        ...

    def close(self) -> None:
        """Let another process write the vector index; the next search takes it again when it is free."""
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

    def change(self, name: str, *, title: str | None = None, sensitivity: Sensitivity | None = None) -> KnowledgeBase:
        """Give it another title or sensitivity."""
        ...

    def delete(self, name: str) -> None: ...

    def documents(self, name: str) -> Sequence[StoredDocument]:
        """The newest version of each document, by title."""
        ...

    def versions(self, name: str, document_id: str) -> Sequence[StoredDocument]:
        """All versions of a document, the newest first. Raises ``NotFoundError``."""
        ...

    def chunks(self, name: str, document_id: str, version: int | None = None) -> Sequence[Chunk]:
        """The chunks in order of a document's newest version, or of the one named. Raises ``NotFoundError``."""
        ...

    def text(self, name: str, document_id: str, version: int | None = None) -> str:
        """The whole text that the chunks' ``start`` and ``end`` point into. Raises ``NotFoundError``."""
        ...

    def set_dates(
        self,
        name: str,
        document_id: str,
        *,
        effective_from: date | None,
        effective_to: date | None,
        version: int | None = None,
    ) -> StoredDocument:
        """Say from when to when (last day included; None: no limit) the newest version, or the one named, is in force.

        The very next search obeys. Raises ``NotFoundError``, or ``RequestError`` when it would end before it begins.
        """
        ...

    def delete_document(self, name: str, document_id: str) -> None:
        """Delete a document with all its versions."""
        ...

    def reindex(self, name: str, *, progress: Progress | None = None, cancel: Cancel | None = None) -> int:
        """Make vectors of the configured embedder for all passages that lack them, and the vector index anew.

        Returns the number of new vectors. Search answers by words or with the old vectors until all are there; they
        never mix. What was done when it was stopped counts when it is called again. Raises ``BackendError``,
        ``Cancelled``.
        """
        ...

    def check(self, name: str) -> Check:
        """Look whether the knowledge base's data file is whole and what state its vector index is in."""
        ...

    def export(self, name: str, path: Path) -> None:
        """Write a knowledge base with its history and vectors as one zip file, with a manifest and checksums."""
        ...

    def import_file(self, path: Path, name: str = "") -> KnowledgeBase:
        """Make a knowledge base from an exported file, under ``name`` when given.

        Raises ``DocumentError`` for a file that is damaged or no export, ``RequestError`` when the name is taken.
        """
        ...

    def ingest(
        self,
        name: str,
        paths: Iterable[Path],
        *,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
        effective_from: date | None = None,
        effective_to: date | None = None,
    ) -> Iterator[Ingested]:
        """Read, cut, embed and index files, folders and zip files of them, one result a file. A failed file harms no
        other. A document that is there already gets a new version; the dates apply to every file."""
        ...

    def ingest_material(
        self, name: str, material: Material, *, progress: Progress | None = None, cancel: Cancel | None = None
    ) -> Ingested:
        """The same for a text that is already read."""
        ...


class IngestQueue(Protocol):
    """Files handed in on a page, worked off in the background by another process. Survives a restart.

    People take turns: after one job of a submitter comes one of the next. A job whose work brought the worker down
    twice is given up with a sentence.
    """

    def submit(self, knowledge_base: str, name: str, content: bytes, *, submitter: str = "") -> Sequence[int]:
        """Keep the bytes, queue the file, make sure that a worker runs. Returns the jobs' ids.

        A zip file becomes one job for each file in it. Raises ``DocumentError`` when it is damaged or too large.
        """
        ...

    def reindex(self, knowledge_base: str, *, submitter: str = "") -> int:
        """Queue ``Knowledge.reindex``; returns the job's id, the open one's when there is one already."""
        ...

    def jobs(self, knowledge_base: str | None = None) -> Sequence[Job]:
        """All jobs in the order in which they came. While some are open it also makes sure that a worker runs."""
        ...

    def cancel(self, job_id: int) -> None:
        """Stop an open job for good; what was being worked on stops within a batch of passages."""
        ...

    def pause(self, knowledge_base: str, job_id: int | None = None) -> None:
        """Let the open jobs of a knowledge base, or one of them, rest until they are resumed."""
        ...

    def resume(self, knowledge_base: str, job_id: int | None = None) -> None: ...

    def retry(self, job_id: int) -> None:
        """Let a failed or cancelled job wait again."""
        ...

    def clear(self, knowledge_base: str) -> None:
        """Forget this knowledge base's finished jobs."""
        ...
