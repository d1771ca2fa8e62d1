"""Reads a file into text with positions, or refuses it with one sentence. Documents are data: nothing in them runs."""

import zipfile
from pathlib import Path

from workbench.document import SourceDocument
from workbench.errors import DocumentError
from workbench.settings import Limits

from .builder import Builder

SUFFIXES = frozenset({"pdf", "docx", "md", "txt", "html", "htm", "csv", "tsv", "xlsx", "pptx"})
"""What :func:`read` accepts."""

_LEGACY = {"doc": "docx", "xls": "xlsx", "ppt": "pptx"}
_OLE = b"\xd0\xcf\x11\xe0"


def read(path: Path, limits: Limits, *, name: str | None = None) -> SourceDocument:
    """The text of the file at ``path``. ``name`` is what the person calls it.

    Content decides over the name: a PDF called ``.docx`` is read as a PDF. Raises ``DocumentError``.
    """
    name = name or path.name
    suffix = Path(name).suffix.lower().lstrip(".")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise DocumentError("documents:unreadable", name=name, reason=error.strerror) from error
    if size == 0:
        raise DocumentError("documents:empty", name=name)
    if size > limits.megabytes * 2**20:
        raise DocumentError("documents:too_large", name=name, megabytes=size // 2**20, limit=limits.megabytes)
    if suffix in _LEGACY or head[:4] == _OLE:
        raise DocumentError("documents:legacy", name=name, new=_LEGACY.get(suffix, "docx"))
    built = Builder()
    notes: tuple[str, ...] = ()
    if head[:5] == b"%PDF-":
        from .pdf import read_pdf

        notes, kind = read_pdf(path, limits, name, built), "application/pdf"
    elif head[:4] == b"PK\x03\x04":
        kind = _zipped(path, limits, name, built)
    elif suffix in SUFFIXES - {"pdf", "docx", "xlsx", "pptx"}:
        kind = _plain(path, suffix, name, built)
    else:
        key = "mislabelled" if suffix in SUFFIXES else "unsupported"
        raise DocumentError(f"documents:{key}", name=name, known=", ".join(sorted(SUFFIXES)))
    document = built.build(Path(name).stem, kind, notes)
    if not document.text:
        raise DocumentError("documents:no_text", name=name)
    if len(document.text) > limits.characters:
        raise DocumentError("documents:too_long", name=name, limit=limits.characters)
    return document


def _zipped(path: Path, limits: Limits, name: str, built: Builder) -> str:
    """A Word, Excel or PowerPoint file, once it is certain that it does not unpack to more than is allowed."""
    from lxml.etree import LxmlError

    from .office import read_excel, read_slides, read_word

    try:
        names = check_container(path, name, limits)
        if "word/document.xml" in names:
            read_word(path, built)
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        if "xl/workbook.xml" in names:
            read_excel(path, built)
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        if "ppt/presentation.xml" in names:
            read_slides(path, built)
            return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, LxmlError) as error:
        raise DocumentError("documents:damaged", name=name) from error
    raise DocumentError("documents:unsupported", name=name, known=", ".join(sorted(SUFFIXES)))


def check_container(path: Path, name: str, limits: Limits) -> set[str]:
    """The names of the parts of a zip container. Raises ``DocumentError`` for one that is none, is encrypted or would
    unpack to more than is allowed."""
    try:
        with zipfile.ZipFile(path) as container:
            names = set(container.namelist())
            packed = sum(entry.compress_size for entry in container.infolist())
            unpacked = sum(entry.file_size for entry in container.infolist())
            if any(entry.flag_bits & 1 for entry in container.infolist()):
                raise DocumentError("documents:encrypted", name=name)
    except (zipfile.BadZipFile, ValueError, EOFError) as error:
        raise DocumentError("documents:damaged", name=name) from error
    ratio_bad = unpacked > 2**20 * 10 and unpacked > limits.expansion * max(packed, 1)
    if unpacked > limits.unpacked_megabytes * 2**20 or ratio_bad:
        raise DocumentError("documents:bomb", name=name)
    return names


def _plain(path: Path, suffix: str, name: str, built: Builder) -> str:
    from . import plain

    text = plain.decode(path.read_bytes(), name)
    match suffix:
        case "md":
            plain.read_markdown(text, built)
            return "text/markdown"
        case "html" | "htm":
            plain.read_html(text, built)
            return "text/html"
        case "csv" | "tsv":
            plain.read_csv(text, built)
            return "text/csv"
    plain.read_text(text, built)
    return "text/plain"
