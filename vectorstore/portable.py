"""A knowledge base as one file: a zip with a manifest, the documents line by line, and the vectors.

Nothing in it is run or trusted: lengths and checksums are compared before anything is read, only the three known names
are read, nothing is unpacked to a path, and each line must be a whole record.
"""

import json
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Literal
from uuid import uuid4

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from workbench.errors import DocumentError
from workbench.knowledge import Sensitivity, StoredDocument
from workbench.settings import Limits

from .store import Store
from .vectors import vectors_of
from .versions import NewChunk

MANIFEST, DOCUMENTS, VECTORS = "manifest.json", "documents.jsonl", "vectors.f32"
_BROKEN = (zipfile.BadZipFile, zlib.error, ValidationError, KeyError, ValueError, OSError, EOFError, RuntimeError)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Entry(_Strict):
    sha256: str
    size: int


class Manifest(_Strict):
    """What an exported file says of itself. ``dimension`` is the length of a vector, 0 without any."""

    format: Literal["workbench-knowledge-base"] = "workbench-knowledge-base"
    version: Literal[1] = 1
    name: str
    title: str
    sensitivity: Sensitivity
    embedder: str
    dimension: int
    files: dict[str, _Entry]


class _Version(_Strict):
    """One version of a document. ``parts`` are (start, end, page, context, has a vector) of its passages."""

    stored: StoredDocument
    text: str
    parts: list[tuple[int, int, int | None, str, bool]]


def export(store: Store, path: Path) -> None:
    """Write ``store`` to ``path``: whole or not at all. Raises ``DocumentError`` when it cannot be written."""
    half = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as container:
            documents, vectors = _Writer(), _Writer()
            dimension = 0
            with container.open(DOCUMENTS, "w", force_zip64=True) as target:
                for stored in store.all_versions():
                    chunks = store.chunks(stored.id, stored.version)
                    known = vectors_of(store, [chunk.id for chunk in chunks])
                    parts = [(c.start, c.end, c.page, c.context, c.id in known) for c in chunks]
                    line = _Version(stored=stored, text=store.text(stored.id, stored.version), parts=parts)
                    documents.write(target, (line.model_dump_json() + "\n").encode())
            with container.open(VECTORS, "w", force_zip64=True) as target:
                for stored in store.all_versions():
                    ids = [chunk.id for chunk in store.chunks(stored.id, stored.version)]
                    for vector in (known := vectors_of(store, ids)).values():
                        dimension = len(vector)
                    vectors.write(target, b"".join(known[key].astype("<f4").tobytes() for key in ids if key in known))
            meta = store.meta()
            manifest = Manifest(
                name=store.name,
                title=meta["title"],
                sensitivity=meta["sensitivity"],
                embedder=meta["embedder"],
                dimension=dimension,
                files={DOCUMENTS: documents.entry(), VECTORS: vectors.entry()},
            )
            container.writestr(MANIFEST, manifest.model_dump_json(indent=1))
        half.replace(path)
    except OSError as error:
        raise DocumentError("vectorstore:export.failed", path=path, reason=error.strerror) from error
    finally:
        half.unlink(missing_ok=True)


class _Writer:
    """Writes to a zip entry and sums up what was written."""

    def __init__(self) -> None:
        self._hash = sha256()
        self._size = 0

    def write(self, target: IO[bytes], content: bytes) -> None:
        target.write(content)
        self._hash.update(content)
        self._size += len(content)

    def entry(self) -> _Entry:
        return _Entry(sha256=self._hash.hexdigest(), size=self._size)


class Import:
    """An exported file that was checked: ``manifest``, and ``read_into`` for the rest.

    Raises ``DocumentError`` for what is damaged, no export, or would unpack to more than fits.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path = path
        try:
            with zipfile.ZipFile(path) as container:
                if sorted(container.namelist()) != sorted((MANIFEST, DOCUMENTS, VECTORS)):
                    raise DocumentError("vectorstore:import.foreign", path=path.name)
                sizes = {entry.filename: entry.file_size for entry in container.infolist()}
                unpacked = sum(sizes.values())
                packed = sum(entry.compress_size for entry in container.infolist())
                room = shutil.disk_usage(path.resolve().parent).free
                if unpacked > 2**20 + limits.expansion * packed or sizes[MANIFEST] > 2**20 or 3 * unpacked > room:
                    raise DocumentError("vectorstore:import.too_large", path=path.name)
                self.manifest = _manifest(container, path)
                for name, entry in self.manifest.files.items():
                    if sizes[name] != entry.size or _hash(container, name) != entry.sha256:
                        raise DocumentError("vectorstore:import.damaged", path=path.name)
        except _BROKEN as error:
            raise DocumentError("vectorstore:import.damaged", path=path.name) from error

    def read_into(self, store: Store) -> None:
        """Fill an empty store with the documents. All of them or none."""
        try:
            with (
                zipfile.ZipFile(self._path) as container,
                container.open(DOCUMENTS) as documents,
                container.open(VECTORS) as vectors,
            ):
                store.put_versions(self._versions(documents, vectors))
                if vectors.read(1):
                    raise DocumentError("vectorstore:import.damaged", path=self._path.name)
        except _BROKEN as error:
            raise DocumentError("vectorstore:import.damaged", path=self._path.name) from error

    def _versions(
        self, documents: IO[bytes], vectors: IO[bytes]
    ) -> Iterator[tuple[StoredDocument, str, list[NewChunk]]]:
        size = 4 * self.manifest.dimension
        for line in documents:
            version = _Version.model_validate_json(line)
            chunks = []
            for start, end, page, context, has_vector in version.parts:
                if not 0 <= start < end <= len(version.text):
                    raise ValueError("a passage lies outside its text")
                chunk = NewChunk(start, end, page, context, version.text[start:end])
                if has_vector:
                    chunk.vector = vectors.read(size)
                    if len(chunk.vector) != size or not np.isfinite(np.frombuffer(chunk.vector, "<f4")).all():
                        raise ValueError("a vector is not one")
                chunks.append(chunk)
            yield version.stored, version.text, chunks


def _manifest(container: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        manifest = Manifest.model_validate(json.loads(container.read(MANIFEST)))
    except (ValidationError, ValueError) as error:
        raise DocumentError("vectorstore:import.foreign", path=path.name) from error
    if sorted(manifest.files) != [DOCUMENTS, VECTORS] or manifest.dimension < 0:
        raise DocumentError("vectorstore:import.foreign", path=path.name)
    return manifest


def _hash(container: zipfile.ZipFile, name: str) -> str:
    digest = sha256()
    with container.open(name) as source:
        while block := source.read(2**20):
            digest.update(block)
    return digest.hexdigest()
