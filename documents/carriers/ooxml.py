"""Word, Excel and PowerPoint: the label is a custom document property, ``docProps/custom.xml``."""

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, cast

from .carrier import FIELD, Content
from .files import replaced
from .json_fields import strings

_PROPERTIES = "docProps/custom.xml"
_RELATIONS = "_rels/.rels"
_TYPES = "[Content_Types].xml"
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CUSTOM_SPACE = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_VALUE_SPACE = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_RELATION_SPACE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES_SPACE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_USER_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the property set of every custom property

_MAIN = {"docx": r"word/document\.xml", "pptx": r"ppt/slides/slide\d+\.xml"}
_BESIDE = {
    "docx": r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml",
    "pptx": r"ppt/(notesSlides/notesSlide|comments/\w+)\d*\.xml",
}
_BLOBS = re.compile(r"\w+/(media|embeddings|charts)/[^/]+")
_SKIPPED = {"Fallback", "fldSimple", "fld"}  # the same words again for older programs; what a field computes


class Office:
    """``Carrier`` for ``form`` docx, xlsx or pptx."""

    def __init__(self, form: str) -> None:
        self._form = form

    def stamp(self, path: Path, fields: Mapping[str, str]) -> None:
        """Set the custom property ``AIGC``; other custom properties stay."""
        with zipfile.ZipFile(path) as old, replaced(path) as draft, zipfile.ZipFile(draft, "w") as new:
            parts = set(old.namelist())
            changed = {_PROPERTIES: _with_property(old.read(_PROPERTIES) if _PROPERTIES in parts else None, fields)}
            if _PROPERTIES not in parts:
                changed[_RELATIONS] = _with_relation(old.read(_RELATIONS))
                changed[_TYPES] = _with_type(old.read(_TYPES))
            for entry in old.infolist():
                part = changed.pop(entry.filename) if entry.filename in changed else old.read(entry)
                new.writestr(entry, part, zipfile.ZIP_DEFLATED)
            for name, part in changed.items():
                new.writestr(name, part, zipfile.ZIP_DEFLATED)

    def fields(self, path: Path) -> dict[str, str] | None:
        with zipfile.ZipFile(path) as container:
            if _PROPERTIES not in container.namelist():
                return None
            root = _parsed(container.read(_PROPERTIES))
        for entry in root:
            if entry.get("name") == FIELD:
                return strings("".join(entry.itertext()))
        return None

    def content(self, path: Path) -> Content:
        """All text that shows: body, headers, notes, comments, text boxes; pictures, charts and embedded files."""
        with zipfile.ZipFile(path) as container:
            names = container.namelist()
            blobs = tuple(container.read(name) for name in names if _BLOBS.fullmatch(name))
            if self._form == "xlsx":
                return Content(tuple(_cells(path)), blobs)
            main = sorted((name for name in names if re.fullmatch(_MAIN[self._form], name)), key=_number)
            beside = [name for name in names if re.fullmatch(_BESIDE[self._form], name)]
            texts = [line for name in main for line in _lines(container.read(name))]
            # Programs name and number headers anew when they save, and repeat them: their order says nothing.
            asides = {"\n".join(_lines(container.read(name))) for name in beside}
        return Content((*texts, *sorted(filter(str.strip, asides))), blobs)


def _number(name: str) -> int:
    return int("".join(filter(str.isdigit, name)) or 0)


def _lines(part: bytes) -> Iterator[str]:
    """The paragraphs of a part; what a field computes (a page number, a date) is left out."""
    root = _parsed(part)
    words: list[str] = []
    depth = 0  # fields that are open

    def walk(node: Any) -> Iterator[str]:
        nonlocal depth
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if name in _SKIPPED:
            return
        if name == "fldChar":
            kind = next((value for key, value in node.attrib.items() if key.endswith("fldCharType")), "")
            depth = max(0, depth + {"begin": 1, "end": -1}.get(kind, 0))
        elif name in {"t", "delText"} and not depth:
            words.append(node.text or "")
        elif name in {"tab", "br", "cr"}:
            words.append(" ")
        for child in node:
            yield from walk(child)
        if name == "p" and words:
            yield "".join(words)
            words.clear()

    yield from walk(root)
    if words:
        yield "".join(words)


def _cells(path: Path) -> Iterator[str]:
    """Sheet names and filled cells with their places; formulas as they are written."""
    from openpyxl import load_workbook

    with path.open("rb") as file:  # by a path it asks for the suffix
        book = load_workbook(file, read_only=True)
        for sheet in book.worksheets:
            yield sheet.title
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None and str(cell.value).strip():
                        yield f"{cell.coordinate} {_value(cell.value)}"


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value)
        case int() | float():
            return repr(float(value))
        case datetime() | date() | time():
            return value.isoformat()
    return str(value)


def _parsed(part: bytes) -> Any:
    from lxml import etree

    # No entity is read from anywhere and none is expanded; the depth of the tree stays bounded.
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _written(root: Any) -> bytes:
    from lxml import etree

    return cast(bytes, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _with_property(part: bytes | None, fields: Mapping[str, str]) -> bytes:
    from lxml import etree

    spaces = {None: _CUSTOM_SPACE[1:-1], "vt": _VALUE_SPACE[1:-1]}
    root = etree.Element(f"{_CUSTOM_SPACE}Properties", nsmap=spaces) if part is None else _parsed(part)
    for entry in [entry for entry in root if entry.get("name") == FIELD]:
        root.remove(entry)
    number = max((int(entry.get("pid", "1")) for entry in root), default=1) + 1
    entry = etree.SubElement(root, f"{_CUSTOM_SPACE}property", fmtid=_USER_PROPERTIES, pid=str(number), name=FIELD)
    etree.SubElement(entry, f"{_VALUE_SPACE}lpwstr").text = json.dumps(dict(fields), ensure_ascii=False)
    return _written(root)


def _with_relation(part: bytes) -> bytes:
    from lxml import etree

    root = _parsed(part)
    taken = {relation.get("Id") for relation in root}
    free = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
    etree.SubElement(
        root, f"{_RELATION_SPACE}Relationship", Id=free, Type=_CUSTOM_RELATION, Target="docProps/custom.xml"
    )
    return _written(root)


def _with_type(part: bytes) -> bytes:
    from lxml import etree

    root = _parsed(part)
    etree.SubElement(root, f"{_TYPES_SPACE}Override", PartName=f"/{_PROPERTIES}", ContentType=_CUSTOM)
    return _written(root)
