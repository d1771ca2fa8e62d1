"""What a kind of file must offer to carry a label, and which kind a file is."""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from workbench.errors import DocumentError

KNOWN = ("docx", "xlsx", "pptx", "pdf", "png", "wav", "md", "txt")
FIELD = "AIGC"
"""The name under which the metadata stand (GB 45438-2025, Annex E)."""
_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_MOST = 2**30  # bytes that a container may unpack to
_LONGEST = 100 * 2**20  # bytes of a plain text


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader of a file sees: its texts in order, and pictures and the like as bytes.

    How a text is broken into runs, its white space and its looks do not count: they change when a program saves the
    file again.
    """

    texts: tuple[str, ...]
    blobs: tuple[bytes, ...] = ()

    def digest(self) -> str:
        """SHA-256 in hex."""
        texts = [folded for text in self.texts if (folded := " ".join(text.split()))]
        blobs = sorted(hashlib.sha256(blob).hexdigest() for blob in self.blobs)
        told = json.dumps([texts, blobs], ensure_ascii=True)
        return hashlib.sha256(told.encode()).hexdigest()


class Carrier(Protocol):
    """A kind of file. A file that is not of the kind, or damaged, raises whatever its parser raises."""

    def stamp(self, path: Path, fields: Mapping[str, str]) -> None:
        """Put ``fields`` into the metadata of the file, in place of those that were there. The content stays."""
        ...

    def fields(self, path: Path) -> dict[str, str] | None:
        """The fields in the metadata; None when there are none."""
        ...

    def content(self, path: Path) -> Content:
        """What the file shows."""
        ...


def carrier(form: str) -> Carrier:
    """The carrier for one of ``KNOWN``."""
    match form:
        case "docx" | "xlsx" | "pptx":
            from .ooxml import Office

            return Office(form)
        case "pdf":
            from .pdf import Pdf

            return Pdf()
        case "png":
            from .png import Png

            return Png()
        case "wav":
            from .wav import Wav

            return Wav()
        case "md":
            from .text import Markdown

            return Markdown()
        case "txt":
            from .text import Plain

            return Plain()
    raise ValueError(form)


def kind(path: Path, name: str) -> str:
    """Which of ``KNOWN`` a file is, by its content; a text by what it is called. Raises ``DocumentError``."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
            size = file.seek(0, 2)
    except OSError as error:
        raise DocumentError("documents:unreadable", name=name, reason=error.strerror) from error
    if not size:
        raise DocumentError("documents:empty", name=name)
    if head[:4] == b"PK\x03\x04":
        return _office(path, name)
    if b"%PDF-" in head:
        return "pdf"
    if head[:8] == b"\x89PNG\r\n\x1a\n":
        return "png"
    if head[:4] == b"RIFF" and head[8:] == b"WAVE":
        return "wav"
    suffix = Path(name).suffix.lower().lstrip(".")
    if suffix not in ("md", "txt"):
        key = "mislabelled" if suffix in KNOWN else "unsupported"
        raise DocumentError(f"documents:{key}", name=name, known=", ".join(KNOWN))
    if size > _LONGEST:
        raise DocumentError("documents:too_large", name=name, megabytes=size // 2**20, limit=_LONGEST // 2**20)
    return suffix


def _office(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as container:
            entries = container.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise DocumentError("documents:damaged", name=name) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentError("documents:encrypted", name=name)
    if sum(entry.file_size for entry in entries) > _MOST:
        raise DocumentError("documents:bomb", name=name)
    for entry in entries:
        if entry.filename in _PARTS:
            return _PARTS[entry.filename]
    raise DocumentError("documents:unsupported", name=name, known=", ".join(KNOWN))
