"""Reads a file into text with positions, or refuses it with one sentence. Documents are data: nothing in them runs."""

import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from workbench.document import SourceDocument
from workbench.errors import DocumentError
from workbench.settings import Limits

from .builder import Builder
from .ocr import SUFFIXES as PICTURES

_TEXTS = frozenset({"md", "txt", "html", "htm", "csv", "tsv", "eml"})
_OLD = frozenset({"doc", "xls", "ppt", "msg"})
SUFFIXES = (
    _TEXTS
    | _OLD
    | {"pdf", "docx", "docm", "xlsx", "xlsm", "xlsb", "pptx", "pptm", "rtf", "odt", "ods", "odp", "epub"}
    | PICTURES
)
"""What :func:`read` accepts."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OLE = b"\xd0\xcf\x11\xe0"


def read(
    path: Path, limits: Limits, *, name: str | None = None, beat: Callable[[], None] = lambda: None
) -> SourceDocument:
    """The text of the file at ``path``. ``name`` is what the person calls it, ``beat`` is called while slow
    reading goes on.

    Content decides over the name: a PDF called ``.docx`` is read as a PDF. Raises ``DocumentError``.
    """
    name = name or path.name
    suffix = Path(name).suffix.lower().lstrip(".")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as error:
        raise DocumentError("documents:unreadable", name=name, reason=error.strerror) from error
    if size == 0:
        raise DocumentError("documents:empty", name=name)
    if size > limits.megabytes * 2**20:
        raise DocumentError("documents:too_large", name=name, megabytes=size // 2**20, limit=limits.megabytes)
    built = Builder(beat)
    document = built.build(Path(name).stem, _fill(path, head, suffix, limits, name, built))
    if not document.text:
        raise DocumentError("documents:no_text", name=name)
    if len(document.text) > limits.characters:
        raise DocumentError("documents:too_long", name=name, limit=limits.characters)
    return document


def _fill(path: Path, head: bytes, suffix: str, limits: Limits, name: str, built: Builder) -> str:
    """Read the file by what it begins with, then by what its name says; its media type."""
    if b"%PDF-" in head:
        from .pdf import read_pdf

        read_pdf(path, limits, name, built)
        return "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path, limits, name, built)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        from .legacy import read_ole

        def again(made: Path) -> str:
            return _zipped(made, limits, name, built)

        return read_ole(path, limits, name, built, again)
    if head.lstrip()[:5] == b"{\\rtf":
        from .rtf import read_rtf

        read_rtf(path, built)
        return "application/rtf"
    if suffix in ("doc", "xls"):  # many programs write web pages and lists under these names
        markup = b"<html" in head.lower() or b"<table" in head.lower() or b"<!doctype" in head.lower()
        suffix = "html" if markup else "tsv" if suffix == "xls" and b"\t" in head else suffix
    if suffix in PICTURES:
        from .ocr import read_picture

        read_picture(path, limits, name, built)
        return f"image/{suffix}"
    if suffix in _TEXTS:
        return _plain(path, suffix, name, built)
    key = "mislabelled" if suffix in SUFFIXES else "unsupported"
    raise DocumentError(f"documents:{key}", name=name, known=", ".join(sorted(SUFFIXES)))


def _zipped(path: Path, limits: Limits, name: str, built: Builder) -> str:
    """An office file or a book, once it is certain that it does not unpack to more than is allowed."""
    from lxml.etree import LxmlError

    try:
        names = check_container(path, name, limits)
        if any(entry.endswith("/vbaproject.bin") for entry in names):
            built.note("documents:note.macros")
        if any(entry.startswith("word/") for entry in names):
            from .word import read_word

            with zipfile.ZipFile(path) as container:
                read_word(container, built)
            return f"{_OFFICE}.wordprocessingml.document"
        if "xl/workbook.xml" in names:
            from .excel import read_excel

            read_excel(path, limits, built)
            return f"{_OFFICE}.spreadsheetml.sheet"
        if "xl/workbook.bin" in names or ("content.xml" in names and _is_sheets(path)):
            from .legacy import read_calamine

            read_calamine(path, limits, name, built)
            return "application/vnd.oasis.opendocument.spreadsheet"
        if "content.xml" in names and "mimetype" in names:
            from .opendocument import read_opendocument

            with zipfile.ZipFile(path) as container:
                read_opendocument(container, name, built)
            return "application/vnd.oasis.opendocument.text"
        if "meta-inf/container.xml" in names:
            from .opendocument import read_epub

            with zipfile.ZipFile(path) as container:
                read_epub(container, name, built)
            return "application/epub+zip"
        if "ppt/presentation.xml" in names:
            from .slides import read_slides

            read_slides(path, built)
            return f"{_OFFICE}.presentationml.presentation"
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, LxmlError, SyntaxError) as error:
        raise DocumentError("documents:damaged", name=name) from error
    if not any("/" in entry and entry.endswith(".xml") for entry in names) or Path(name).suffix.lower() == ".zip":
        raise DocumentError("documents:archive", name=name)
    raise DocumentError("documents:unsupported", name=name, known=", ".join(sorted(SUFFIXES)))


def _is_sheets(path: Path) -> bool:
    with zipfile.ZipFile(path) as container:
        return "mimetype" in container.namelist() and b"spreadsheet" in container.read("mimetype")[:100]


def is_word(path: Path, limits: Limits) -> bool:
    """Whether there is a .docx at ``path``. Raises ``DocumentError`` for one that would unpack to more than allowed."""
    if not zipfile.is_zipfile(path):
        return False
    return any(entry.startswith("word/") for entry in check_container(path, path.name, limits))


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

    text = "" if suffix == "eml" else decode(path.read_bytes(), name, declared=suffix in ("html", "htm"))
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
        case "eml":
            from .mail import read_eml

            read_eml(path, name, built)
            return "message/rfc822"
        case "csv" | "tsv":
            try:
                plain.read_csv(text, built)
            except Error as error:
                raise DocumentError("documents:damaged", name=name) from error
            return "text/csv"
    plain.read_text(text, built)
    return "text/plain"
