"""Writes the marked-up copy of a Word file."""

import posixpath
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any

from documents.ooxml import Package
from workbench.errors import DocumentError
from workbench.redline import Redline, Remark

from .comments import CONTENT, KIND, Comments
from .edits import Change, Edit, GoneLine, NewLine, changes
from .marks import Marks
from .places import Places, W

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def marked_up(path: Path, asked: Redline) -> bytes:
    """The .docx at ``path`` with what leads from its text to ``asked.proposed`` as tracked changes, and the remarks.

    List numbers that Word makes itself cannot be changed. Raises ``DocumentError`` for what is no Word file.
    """
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(path) as container:
            return _written(container, asked)
    except (zipfile.BadZipFile, KeyError, ValueError, LxmlError) as error:
        raise DocumentError("documents:damaged", name=path.name) from error


def plain_word(text: str) -> bytes:
    """A simple .docx of a text that came in another form: a paragraph a line."""
    import docx

    document = docx.Document()
    for line in text.split("\n"):
        if line.strip():
            document.add_paragraph(line.strip())
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _written(container: zipfile.ZipFile, asked: Redline) -> bytes:
    from lxml import etree

    package = Package(container)
    main = next(iter(package.related("", "officeDocument")), "word/document.xml")
    body = package.required(main).find(f"{W}body")
    if body is None:
        raise KeyError("w:body")
    at = asked.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    comments = Comments(package.beside(main, "comments"), asked.author, at)
    places = Places(package, main, body, asked.original)
    _Editor(places, Marks(body.getroottree(), asked.author, at), comments).apply(
        changes(asked.original, asked.proposed), asked.remarks
    )
    parts = {main: _dumped(body.getroottree())}
    for notes in places.beside:  # its tag says what it is: footnotes, endnotes
        parts[package.related(main, etree.QName(notes).localname)[0]] = _dumped(notes)
    if len(comments.root):
        parts |= _with_comments(container, package, main, comments.root)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in container.infolist():
            if entry.filename not in parts:
                made.writestr(entry, container.read(entry))
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


class _Editor:
    def __init__(self, places: Places, marks: Marks, comments: Comments) -> None:
        self._places, self._marks, self._comments = places, marks, comments
        self._top: Any = None  # the first of the lines that come before all others

    def apply(self, found: Sequence[Change], remarks: Sequence[Remark]) -> None:
        """Comments first, while every run stands where it was; then the changes, the last one first."""
        edges: list[int] = []
        for one in found:
            match one:
                case Edit(start, end):
                    edges += (start, end)
                case GoneLine():
                    edges += self._whole(one)
                case NewLine(int(after)):
                    edges.append(self._line(after)[1])
        for remark in remarks:
            edges += (remark.start, remark.end) if remark.start is not None and remark.end is not None else ()
        self._places.cut(edges)
        for remark in remarks:
            self._remark(remark)
        for one in reversed(found):
            match one:
                case Edit():
                    self._edit(one)
                case GoneLine():
                    self._gone(one)
                case NewLine():
                    self._new(one)

    def _remark(self, remark: Remark) -> None:
        text = self._places.text
        if remark.start is None or remark.end is None:
            runs = self._places.held(0, max(text.find("\n"), 0) or len(text))
        else:
            runs = self._places.held(remark.start, remark.end)
        if runs:
            self._comments.add(remark.text, runs[0], runs[-1])

    def _edit(self, one: Edit) -> None:
        start, end = self._line(one.start)
        runs = self._places.held(one.start, one.end)
        if not runs and one.start < one.end and self._places.text[one.start : one.end].strip():
            return  # a number that Word makes: it is no text
        words = one.text
        if runs:
            marks = [self._marks.delete(run) for run in runs]
            if words:
                self._marks.insert(words, runs[-1], behind=marks[-1])
        elif words:
            before, behind = self._places.before(one.start, start), self._places.behind(one.end, end)
            if before is not None:
                self._marks.insert(words, before, behind=_marked(before))
            elif behind is not None:
                self._marks.insert(words, behind, ahead=_marked(behind))

    def _whole(self, one: GoneLine) -> tuple[int, int]:
        """A line with the break that parts it from its neighbour in the same paragraph, if there is one."""
        start, end = self._line(one.start)
        if self._places.breaks(end):
            return start, end + 1
        return start - self._places.breaks(max(start - 1, 0)), end

    def _gone(self, one: GoneLine) -> None:
        runs = self._places.held(*self._whole(one))
        paragraphs = _paragraphs(runs)
        for run in runs:
            self._marks.delete(run)
        row = next(runs[0].iterancestors(f"{W}tr"), None) if runs else None
        if row is not None and self._places.text.startswith("|", one.start):
            self._gone_row(row)
            return
        for paragraph in paragraphs:
            if not _left(paragraph):
                self._marks.delete_end(paragraph)

    def _gone_row(self, row: Any) -> None:
        from lxml import etree

        if any(_left(paragraph) for paragraph in row.iter(f"{W}p")):
            return
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            before = row.find(f"{W}tblPrEx")
            row.insert(0 if before is None else 1, properties)
        properties.append(self._marks.mark("del"))

    def _new(self, one: NewLine) -> None:
        text = self._places.text
        after = None if one.after is None else self._in_body(one.after)
        runs = self._places.held(0, len(text))[:1] if after is None else self._places.held(*self._line(after))[-1:]
        if not runs:
            return
        start, end = self._line(after or 0)
        if after is not None and self._places.breaks(end):
            self._marks.insert(f"\n{one.text}", runs[-1], behind=_marked(runs[-1]))
            return
        beside = _block(runs[0], in_table=text.startswith("|", start))
        like = _paragraphs(runs)[0]
        made = self._marks.paragraph(one.text, like)
        if after is None:
            (beside if self._top is None else self._top).addprevious(made)
            self._top = made
        else:
            beside.addnext(made)

    def _in_body(self, offset: int) -> int | None:
        """The line itself, or where it is a footnote the line above that stands in the body; None above all of them."""
        while (runs := self._places.held(*self._line(offset))) and self._places.noted(runs[-1]):
            above = self._places.text[:offset].rstrip()
            if not above:
                return None
            offset = above.rfind("\n") + 1
        return offset

    def _line(self, offset: int) -> tuple[int, int]:
        text = self._places.text
        start = text.rfind("\n", 0, offset) + 1
        end = text.find("\n", offset)
        return start, len(text) if end < 0 else end


def _marked(run: Any) -> Any:
    """The run, or the deletion around it."""
    return run.getparent() if run.getparent().tag == f"{W}del" else run


def _paragraphs(runs: Sequence[Any]) -> list[Any]:
    found: dict[int, Any] = {}
    for run in runs:
        paragraph = next(run.iterancestors(f"{W}p"))
        found[id(paragraph)] = paragraph
    return list(found.values())


def _block(run: Any, *, in_table: bool) -> Any:
    """The paragraph of a run, or the table around it where its line is one of a table."""
    table = next(run.iterancestors(f"{W}tbl"), None) if in_table else None
    return next(run.iterancestors(f"{W}p")) if table is None else table


def _left(paragraph: Any) -> bool:
    """Whether a paragraph holds anything that is not deleted."""
    return any(
        (node.text or "").strip()
        for node in paragraph.iter(f"{W}t")
        if next(node.iterancestors(f"{W}del"), None) is None
    ) or any(True for _ in paragraph.iter(f"{W}drawing", f"{W}pict", f"{W}object"))


def _dumped(root: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _with_comments(container: zipfile.ZipFile, package: Package, main: str, comments: Any) -> dict[str, bytes]:
    """The comments part, and where there was none what names it."""
    from lxml import etree

    known = package.related(main, "comments")
    if known:
        return {known[0]: _dumped(comments)}
    folder, _, file = main.rpartition("/")
    part = posixpath.join(folder, "comments.xml")
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    root = package.part(relations)
    if root is None:
        root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    used = [int(found) for node in root for found in re.findall(r"\d+", node.get("Id", ""))[:1]]
    etree.SubElement(
        root, f"{{{_RELATIONS}}}Relationship", Id=f"rId{max(used, default=0) + 1}", Type=KIND, Target="comments.xml"
    )
    made = {part: _dumped(comments), relations: _dumped(root)}
    types = package.part("[Content_Types].xml")
    if types is not None:
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=CONTENT)
        made["[Content_Types].xml"] = _dumped(types)
    return made
