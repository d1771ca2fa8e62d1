"""Reads a file into text with positions, or refuses it with one sentence. Documents are data: nothing in them runs."""

import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

from workbench.document import SourceDocument
from workbench.errors import DocumentError
from workbench.settings import Limits

from .builder import Builder

SUFFIXES = frozenset({"pdf", "docx", "md", "txt", "html", "htm", "csv", "tsv", "xlsx", "pptx"})
"""What :func:`read` accepts."""

_LEGACY = {"doc": "docx", "xls": "xlsx", "ppt": "pptx"}
_OFFICE = "application/vnd.openxmlformats-officedocument"
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
    if head[:5] == b"%PDF-":
        from .pdf import read_pdf

        read_pdf(path, limits, name, built)
        kind = "application/pdf"
    elif head[:4] == b"PK\x03\x04":
        kind = _zipped(path, limits, name, built)
    elif suffix in SUFFIXES - {"pdf", "docx", "xlsx", "pptx"}:
        kind = _plain(path, suffix, name, built)
    else:
        key = "mislabelled" if suffix in SUFFIXES else "unsupported"
        raise DocumentError(f"documents:{key}", name=name, known=", ".join(sorted(SUFFIXES)))
    document = built.build(Path(name).stem, kind)
    if not document.text:
        raise DocumentError("documents:no_text", name=name)
    if len(document.text) > limits.characters:
        raise DocumentError("documents:too_long", name=name, limit=limits.characters)
    return document


def _zipped(path: Path, limits: Limits, name: str, built: Builder) -> str:
    """A Word, Excel or PowerPoint file, once it is certain that it does not unpack to more than is allowed."""
    from lxml.etree import LxmlError

    try:
        names = check_container(path, name, limits)
        if any(entry.startswith("word/") for entry in names):
            from .word import read_word

            with zipfile.ZipFile(path) as container:
                read_word(container, built)
            return f"{_OFFICE}.wordprocessingml.document"
        if "xl/workbook.xml" in names:
            from .excel import read_excel

            read_excel(path, limits, built)
            return f"{_OFFICE}.spreadsheetml.sheet"
        if "ppt/presentation.xml" in names:
            from .slides import read_slides

            read_slides(path, built)
            return f"{_OFFICE}.presentationml.presentation"
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, LxmlError, SyntaxError) as error:
        raise DocumentError("documents:damaged", name=name) from error
    if not any("/" in entry and entry.endswith(".xml") for entry in names) or Path(name).suffix.lower() == ".zip":
        raise DocumentError("documents:archive", name=name)
    raise DocumentError("documents:unsupported", name=name, known=", ".join(sorted(SUFFIXES)))


def check_container(path: Path, name: str, limits: Limits) -> set[str]:
    """The names of the parts of a zip container. Raises ``DocumentError`` for one that is none, is encrypted or would
    unpack to more than is allowed."""
    try:
        with zipfile.ZipFile(path) as container:
            names = {entry.lower() for entry in container.namelist()}
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
    from csv import Error

    from . import plain
    from .encoding import decode

    text = decode(path.read_bytes(), name, declared=suffix in ("html", "htm"))
    match suffix:
        case "md":
            plain.read_markdown(text, built)
            return "text/markdown"
        case "html" | "htm":
            from lxml.etree import LxmlError

            from .html import read_html

            with suppress(LxmlError):  # no element at all: no text
                read_html(text, built)
            return "text/html"
        case "csv" | "tsv":
            try:
                plain.read_csv(text, built)
            except Error as error:
                raise DocumentError("documents:damaged", name=name) from error
            return "text/csv"
    plain.read_text(text, built)
    return "text/plain"
