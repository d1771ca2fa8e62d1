"""OpenDocument texts and presentations, and books in EPUB: XML in a zip."""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from workbench.document import Comment
from workbench.errors import DocumentError

from .builder import Builder
from .encoding import decode
from .html import read_html
from .ooxml import parsed

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SKIPPED = {
    "tracked-changes",
    "annotation",
    "annotation-end",
    "note",
    "forms",
    "sequence-decls",
    "notes",
    "desc",
    "title",
}


def read_opendocument(container: zipfile.ZipFile, name: str, built: Builder) -> None:
    """Fill ``built`` from an .odt or .odp. Raises ``DocumentError`` for an encrypted one."""
    if "META-INF/manifest.xml" in container.namelist() and b"encryption-data" in container.read(
        "META-INF/manifest.xml"
    ):
        raise DocumentError("documents:encrypted", name=name)
    root = parsed(container.read("content.xml"))
    body = next((node for node in root if _name(node) == "body"), None)
    if body is not None:
        _Walk(built).blocks(body, listed=False)


class _Walk:
    def __init__(self, built: Builder) -> None:
        self._built = built
        self._pages = 0
        self._notes = 0

    def blocks(self, parent: Any, listed: bool) -> None:
        for node in parent:
            match _name(node):
                case "h":
                    level = node.get(f"{_TEXT}outline-level", "1")
                    self._put("heading", node, int(level) if level.isdigit() else 1)
                case "p":
                    self._put("list" if listed else "paragraph", node)
                case "list":
                    self.blocks(node, listed=True)
                case "table":
                    self._table(node)
                case "page":  # a slide
                    self._pages += 1
                    self._built.page(self._pages)
                    self.blocks(node, listed=False)
                case name if name and name not in _SKIPPED:
                    self.blocks(node, listed)

    def _put(self, kind: Any, node: Any, level: int = 0) -> None:
        self._built.add(kind, "".join(_words(node)), level)
        for inner in node.iter():
            match _name(inner):
                case "annotation":
                    who = "".join("".join(part.itertext()) for part in inner if _name(part) == "creator")
                    said = "\n".join("".join(_words(part)) for part in inner if _name(part) == "p")
                    self._built.comments.append(Comment(who, said))
                case "note-body":
                    self._notes += 1
                    said = " ".join("".join(_words(part)) for part in inner)
                    self._built.add("paragraph", f"[{self._notes}] {said}")
                case "text-box":
                    self.blocks(inner, listed=False)

    def _table(self, table: Any) -> None:
        rows = [
            [cell for cell in row if _name(cell) in ("table-cell", "covered-table-cell")]
            for row in table.iter(f"{_TABLE}table-row")
        ]
        if (
            any(_name(node) in ("table", "h") for row in rows for cell in row for node in cell)
            or max(map(len, rows), default=0) < 2
        ):  # placed by a table, but none
            for row in rows:
                for cell in row:
                    self.blocks(cell, listed=False)
            return
        self._built.table(
            [["\n".join("".join(_words(part)) for part in cell.iter(f"{_TEXT}p")) for cell in row] for row in rows]
        )


def _words(node: Any) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        match _name(child):
            case "s":
                count = child.get(f"{_TEXT}c", "1")
                yield " " * (min(int(count), 1000) if count.isdigit() else 1)
            case "tab":
                yield "\t"
            case "line-break":
                yield "\n"
            case name if name and name not in _SKIPPED and name not in ("text-box", "frame"):
                yield from _words(child)
        yield child.tail or ""


def read_epub(container: zipfile.ZipFile, name: str, built: Builder) -> None:
    """Fill ``built`` with the chapters of a book in their order. Raises ``KeyError`` where it does not say which."""
    if "META-INF/encryption.xml" in container.namelist() and "META-INF/rights.xml" in container.namelist():
        raise DocumentError("documents:encrypted", name=name)
    root = parsed(container.read("META-INF/container.xml"))
    place = next(node.get("full-path") for node in root.iter() if _name(node) == "rootfile")
    book = parsed(container.read(place))
    parts = {node.get("id"): node.get("href", "") for node in book.iter() if _name(node) == "item"}
    for title in (node.text for node in book.iter() if _name(node) == "title" and node.text):
        built.add("heading", title, 1)
        break
    from urllib.parse import unquote

    for entry in (node.get("idref") for node in book.iter() if _name(node) == "itemref"):
        part = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(parts.get(entry, ""))))
        if part in container.namelist():
            markup = decode(container.read(part), name, declared=True)
            if markup.strip():
                read_html(markup, built)


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
