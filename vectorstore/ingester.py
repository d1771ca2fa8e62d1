"""Files to stored passages: read, cut, embedded, kept. A failure is in the result, not raised."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory

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


class Ingester:
    """Ingests into stores. ``read`` turns a file (and the name to call it by) into text."""

    def __init__(self, embedder: CurrentEmbedder, read: Read, lang: Lang, limits: Limits) -> None:
        self._embedder = embedder
        self._read = read
        self._lang = lang
        self._limits = limits

    def paths(self, store: Store, paths: Iterable[Path], call: Call) -> Iterator[Ingested]:
        """Files, folders, zip files of them and corpora, one result a document."""
        for document_id, path in files(paths):
            if not is_archive(path.name) or not path.is_file():
                yield from self._path(store, path, document_id, str(path), call)
                continue
            try:
                with TemporaryDirectory() as folder:
                    for inside, file in unpack(path, path.name, self._limits, Path(folder)):
                        yield from self._path(store, file, inside, f"{path}/{inside}", call)
            except DocumentError as error:
                yield self._failed("", str(path), error)

    def _path(self, store: Store, path: Path, document_id: str, source: str, call: Call) -> Iterator[Ingested]:
        """One file, or the lines of one corpus."""
        call.check()
        if not path.exists():
            yield self._failed("", source, DocumentError("vectorstore:path.missing", path=path))
        elif is_corpus(path):
            for line in corpus(path):
                if isinstance(line, DocumentError):
                    yield self._failed("", source, line)
                else:
                    line.effective_from, line.effective_to = call.effective_from, call.effective_to
                    yield self.material(store, line, source, call)
        else:
            yield self.file(store, path, document_id, source, call)

    def file(self, store: Store, path: Path, document_id: str, source: str, call: Call) -> Ingested:
        """One file under the id ``document_id``. ``source`` is where the person has it, when ``path`` is a copy."""
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
        except WorkbenchError as error:
            return self._failed(document_id, source, error)
        except OSError as error:
            unreadable = DocumentError("vectorstore:path.unreadable", path=source, reason=error.strerror)
            return self._failed(document_id, source, unreadable)
        return self.material(store, material, source, call)

    def material(self, store: Store, material: Material, source: str, call: Call) -> Ingested:
        """A text that is already read. Its own dates count."""
        known = store.sha256(material.id)
        result = Ingested(id=material.id, path=source, status="unchanged", pages=len(material.document.pages) or None)
        if known == material.sha256:
            _redate(store, material.id, material.effective_from, material.effective_to)
            return result
        try:
            chunks = _chunks(material)
            if not chunks:
                raise DocumentError("vectorstore:document.no_text", name=material.id)
            embedder = self._embed(store, material.document.title, chunks, call)
            if not store.put(material, source, chunks, embedder):
                return result
        except Cancelled:
            raise
        except WorkbenchError as error:
            return result.model_copy(update={"status": "failed", "error": error.text(self._lang)})
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
