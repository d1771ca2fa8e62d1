"""Files to stored passages: read, cut, embedded, kept. A failure is in the result, not raised."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from workbench.archive import is_archive, unpack
from workbench.chat import Cancel
from workbench.document import SourceDocument
from workbench.errors import Cancelled, DocumentError, WorkbenchError
from workbench.knowledge import Ingested, Material, Progress
from workbench.settings import Limits
from workbench.texts import Lang

from .chunks import cut
from .current import CurrentEmbedder
from .reindex import BATCH, passage_text, unit
from .sources import corpus, files, is_corpus
from .store import Store
from .versions import NewChunk

Read = Callable[[Path, str], SourceDocument]
_AT_ONCE = 3
"""Documents under way: one is read while the passages of two, mostly short, share the encoder's threads."""


@dataclass(frozen=True)
class Call:
    """What is asked of every file of one call."""

    progress: Progress | None = None
    cancel: Cancel | None = None
    effective_from: date | None = None
    effective_to: date | None = None

    def check(self) -> None:
        """Raise ``Cancelled`` when somebody stopped it."""
        if self.cancel is not None:
            self.cancel.check()


class Found(NamedTuple):
    """A file to ingest, the id of its document, and where the person has it."""

    path: Path
    document_id: str
    source: str


class Text(NamedTuple):
    """A text that is read, and where it comes from."""

    material: Material
    source: str


class Passages(NamedTuple):
    """A text cut into passages, which ``embedder`` gave their vectors."""

    text: Text
    chunks: Sequence[NewChunk]
    embedder: str


class Ingester:
    """Ingests into stores. ``read`` turns a file (and the name to call it by) into text."""

    def __init__(self, embedder: CurrentEmbedder, read: Read, lang: Lang, limits: Limits) -> None:
        self._embedder = embedder
        self._read = read
        self._lang = lang
        self._limits = limits

    def paths(self, store: Store, paths: Iterable[Path], call: Call) -> Iterator[Ingested]:
        """Files, folders, zip files of them and corpora, one result a document.

        Some are read and embedded side by side, so that no core waits for another; they are stored in their order.
        """
        with ThreadPoolExecutor(_AT_ONCE, "ingest") as pool:
            begun = (pool.submit(self._prepare, store, source, call) for source in self._sources(store, paths, call))
            for prepared in _ahead(begun):
                call.check()
                yield self._keep(store, prepared.result())

    def file(self, store: Store, path: Path, document_id: str, source: str, call: Call) -> Ingested:
        """One file under the id ``document_id``. ``source`` is where the person has it, when ``path`` is a copy."""
        return self._keep(store, self._prepare(store, Found(path, document_id, source), call))

    def material(self, store: Store, material: Material, source: str, call: Call) -> Ingested:
        """A text that is already read. Its own dates count."""
        return self._keep(store, self._prepare(store, Text(material, source), call))

    def _sources(self, store: Store, paths: Iterable[Path], call: Call) -> Iterator[Found | Text | Ingested]:
        """All files, those in zip files and the texts of corpora among them, or why there is none."""
        for document_id, path in files(paths):
            call.check()
            if not path.exists():
                yield self._failed("", str(path), DocumentError("vectorstore:path.missing", path=path))
            elif is_archive(path.name) and path.is_file():
                yield from self._unpacked(store, path, call)
            elif is_corpus(path):
                yield from self._corpus(path, str(path), call)
            else:
                yield Found(path, document_id, str(path))

    def _unpacked(self, store: Store, path: Path, call: Call) -> Iterator[Text | Ingested]:
        """What a zip file holds, each read at once: it lies there until the next is asked for."""
        try:
            with TemporaryDirectory() as folder:
                for name, file in unpack(path, path.name, self._limits, Path(folder)):
                    source = f"{path}/{name}"
                    if is_corpus(file):
                        yield from self._corpus(file, source, call)
                    else:
                        yield self._text(store, Found(file, name, source), call)
        except DocumentError as error:
            yield self._failed("", str(path), error)

    def _corpus(self, path: Path, source: str, call: Call) -> Iterator[Text | Ingested]:
        for line in corpus(path):
            if isinstance(line, DocumentError):
                yield self._failed("", source, line)
            else:
                line.effective_from, line.effective_to = call.effective_from, call.effective_to
                yield Text(line, source)

    def _text(self, store: Store, found: Found, call: Call) -> Text | Ingested:
        path, document_id, source = found
        try:
            with path.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
            if store.sha256(document_id) == digest:
                _redate(store, document_id, call.effective_from, call.effective_to)
                return Ingested(id=document_id, path=source, status="unchanged")
            material = Material(
                id=document_id,
                document=self._read(path, document_id),
                sha256=digest,
                effective_from=call.effective_from,
                effective_to=call.effective_to,
            )
            return Text(material, source)
        except WorkbenchError as error:
            return self._failed(document_id, source, error)
        except OSError as error:
            unreadable = DocumentError("vectorstore:path.unreadable", path=source, reason=error.strerror)
            return self._failed(document_id, source, unreadable)

    def _prepare(self, store: Store, source: Found | Text | Ingested, call: Call) -> Passages | Ingested:
        """Read what is not read, cut it and give its passages their vectors; or say why there is nothing to keep."""
        text = self._text(store, source, call) if isinstance(source, Found) else source
        if isinstance(text, Ingested):
            return text
        material = text.material
        if store.sha256(material.id) == material.sha256:
            _redate(store, material.id, material.effective_from, material.effective_to)
            return _result(text)
        try:
            chunks = _chunks(material)
            if not chunks:
                raise DocumentError("vectorstore:document.no_text", name=material.id)
            return Passages(text, chunks, self._embed(store, material.document.title, chunks, call))
        except Cancelled:
            raise
        except WorkbenchError as error:
            return self._failed(material.id, text.source, error)

    def _keep(self, store: Store, prepared: Passages | Ingested) -> Ingested:
        if isinstance(prepared, Ingested):
            return prepared
        (material, source), chunks, embedder = prepared
        result = _result(prepared.text)
        known = store.sha256(material.id)
        try:
            if not store.put(material, source, chunks, embedder):
                return result
        except WorkbenchError as error:
            return self._failed(material.id, source, error)
        return result.model_copy(update={"status": "replaced" if known else "indexed", "chunks": len(chunks)})

    def _embed(self, store: Store, title: str, chunks: Sequence[NewChunk], call: Call) -> str:
        """Give the passages their vectors; the id of the embedder that made them, empty without one."""
        embedder = self._embedder.of(store)
        for at in range(0, len(chunks), BATCH):
            call.check()
            part = chunks[at : at + BATCH]
            if embedder is not None:
                texts = [passage_text(title, chunk.context, chunk.text) for chunk in part]
                for chunk, vector in zip(part, embedder.embed_documents(texts), strict=True):
                    chunk.vector = unit(vector)
            if call.progress:
                call.progress(min(at + BATCH, len(chunks)), len(chunks))
        return embedder.id if embedder is not None else ""

    def _failed(self, document_id: str, source: str, error: WorkbenchError) -> Ingested:
        return Ingested(id=document_id, path=source, status="failed", error=error.text(self._lang))


def _ahead(begun: Iterable["Future[Passages | Ingested]"]) -> Iterator["Future[Passages | Ingested]"]:
    """What was begun, in order; as one is handed out, those after it are under way."""
    waiting: deque[Future[Passages | Ingested]] = deque()
    for one in begun:
        waiting.append(one)
        if len(waiting) > _AT_ONCE:
            yield waiting.popleft()
    yield from waiting


def _result(text: Text) -> Ingested:
    """That nothing new was stored."""
    pages = len(text.material.document.pages) or None
    return Ingested(id=text.material.id, path=text.source, status="unchanged", pages=pages)


def _redate(store: Store, document_id: str, effective_from: date | None, effective_to: date | None) -> None:
    """The same text handed in again with dates: they count; without dates those that are known stay."""
    if effective_from or effective_to:
        newest = store.versions(document_id)[0]
        if (newest.effective_from, newest.effective_to) != (effective_from, effective_to):
            store.set_dates(document_id, effective_from, effective_to)


def _chunks(material: Material) -> list[NewChunk]:
    document = material.document
    parts = material.parts or [(part.start, part.end, part.context) for part in cut(document)]
    chunks = []
    for start, end, context in parts:
        text = document.text[start:end]
        if text.strip():
            chunks.append(NewChunk(start, end, document.page_at(start), context, text))
    return chunks
