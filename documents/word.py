"""Word files: the text a reader sees, in reading order. Tracked insertions are in, deletions are not.

Where a file holds tracked changes it is read a second time as it was before them.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from workbench.document import BlockKind, Comment, Revision

from .builder import Builder
from .numbering import Numbering
from .ooxml import Package
from .word_styles import Styles, is_shaded

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_LAYOUT = 600  # characters of a cell from which a table is taken for a way to place text, not for a table
_ADDED, _REMOVED = frozenset({"ins", "moveTo"}), frozenset({"del", "moveFrom"})
_NO_TEXT = frozenset({"pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText", "rt", "tblPr"})
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag"})
_DESCRIBED = frozenset({"docPr", "cNvPr"})
_SYMBOLS = {  # check boxes and bullets of the symbol fonts
    "F052": "☑", "F053": "☒", "F06F": "□", "F071": "□", "F0A3": "□", "F0A8": "□", "F0FC": "✓", "F0FB": "✗",
    "F0FD": "☒", "F0FE": "☑", "F0B7": "•", "F0D8": "▷", "F06C": "●", "F06E": "■", "F0A7": "▪",
}  # fmt: skip


@dataclass(slots=True)
class _Paragraph:
    kind: BlockKind
    text: str
    level: int = 0


@dataclass(slots=True)
class _Cell:
    items: "list[_Paragraph | _Table]"
    span: int
    below: bool  # goes on from the row above

    def text(self) -> str:
        return "\n".join(
            item.text if isinstance(item, _Paragraph) else "\n".join(cell.text() for row in item.rows for cell in row)
            for item in self.items
        )


@dataclass(slots=True)
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)


def read_word(container: zipfile.ZipFile, built: Builder) -> None:
    """Fill ``built`` from a .docx. Raises ``KeyError`` and lxml's errors for a file without a readable main part."""
    package = Package(container)
    main = next(iter(package.related("", "officeDocument")), "word/document.xml")
    body = package.required(main).find(f"{_W}body")
    if body is None:
        raise KeyError("w:body")
    fill(WordReader(package, main, built), body, built)
    _put_asides(package, main, body, built)
    notes = [root for kind in ("footnotes", "endnotes") if (root := package.beside(main, kind)) is not None]
    built.revisions = [one for root in (body, *notes) for one in _revisions(root)]
    if built.revisions or any(_name(node) in _ADDED | _REMOVED for root in (body, *notes) for node in root.iter()):
        before = Builder(built.beat)
        fill(WordReader(package, main, before, before_changes=True), body, before)
        built.original = before.build("", "").text


def fill(reader: "WordReader", body: Any, built: Builder) -> None:
    # A picture or shape behind the text, or coloured paper, may make white words visible: nobody can tell from here.
    root = body.getparent()
    coloured = root.find(f"{_W}background") is not None or any(
        node.get("behindDoc") == "1" for node in body.iter(f"{_ANCHOR}anchor")
    )
    for item in reader.items(body, shaded=coloured):
        _put(item, built)
    reader.finish()


def _put_asides(package: Package, main: str, body: Any, built: Builder) -> None:
    """Headers and footers, alternative texts of pictures, the file's own properties."""
    for part in (*package.related(main, "header"), *package.related(main, "footer")):
        root = package.part(part)
        for paragraph in root.iter(f"{_W}p") if root is not None else ():
            built.aside("".join(piece.text or "" for piece in paragraph.iter(f"{_W}t")))
    for node in body.iter():
        if _name(node) in _DESCRIBED:
            built.aside(node.get("descr"))
            built.aside(node.get("title"))
    for kind in ("core-properties", "custom-properties"):
        root = package.beside("", kind)
        for node in root.iter() if root is not None else ():
            built.aside(node.text)


def _revisions(body: Any) -> Iterator[Revision]:
    for node in body.iter():
        name = _name(node)
        if name in _ADDED | _REMOVED:
            words = "".join(part.text or "" for part in node.iter(f"{_W}t", f"{_W}delText"))
            if words.strip():
                kind: Literal["insert", "delete"] = "insert" if name in _ADDED else "delete"
                yield Revision(kind, node.get(f"{_W}author", ""), node.get(f"{_W}date", ""), words)


def _put(item: _Paragraph | _Table, built: Builder) -> None:
    if isinstance(item, _Paragraph):
        built.add(item.kind, item.text, item.level)
    elif _is_layout(item):
        for row in item.rows:
            for cell in row:
                for inner in cell.items if not cell.below else ():
                    _put(inner, built)
    else:
        built.table(_grid(item))


def _is_layout(table: _Table) -> bool:
    """Whether the table only places text: a single column, tables inside, or whole texts in a cell."""
    cells = [cell for row in table.rows for cell in row]
    return (
        max((sum(cell.span for cell in row) for row in table.rows), default=0) < 2
        or any(isinstance(item, _Table) or item.kind == "heading" for cell in cells for item in cell.items)
        or any(len(cell.items) > 3 and len(cell.text()) > _LAYOUT for cell in cells)
    )


def _grid(table: _Table) -> list[list[str]]:
    """Each cell's text in its column. A cell that spans rows is said again in each, so that a row stands by itself."""
    grid: list[list[str]] = []
    for row in table.rows:
        line: list[str] = []
        for cell in row:
            above = grid[-1][len(line)] if cell.below and grid and len(line) < len(grid[-1]) else cell.text()
            line += [above, *[""] * (cell.span - 1)]
        grid.append(line)
    return grid


class WordReader:
    """``before_changes`` reads the text as it was: what is tracked as added is left out, what is removed is in."""

    def __init__(self, package: Package, main: str, built: Builder, *, before_changes: bool = False) -> None:
        self._built = built
        shown, gone = (_REMOVED, _ADDED) if before_changes else (_ADDED, _REMOVED)
        self._gone = gone
        self._skipped = (_NO_TEXT | gone) - ({"delText"} if before_changes else set())
        self._wrappers = _WRAPPERS | shown
        self._texts = {"t", "delText"} if before_changes else {"t"}
        self._styles = Styles(package.beside(main, "styles"))
        self._numbering = Numbering(package.beside(main, "numbering"))
        self._notes = {
            kind: {node.get(f"{_W}id"): node for node in (root if root is not None else ())}
            for kind in ("footnote", "endnote")
            for root in [package.beside(main, f"{kind}s")]
        }
        comments = package.beside(main, "comments")
        self._comments = {node.get(f"{_W}id"): node for node in (comments if comments is not None else ())}
        self._quotes: dict[str, str] = {}
        self._quoting: set[str] = set()
        self._carried = ""
        self._frames: list[Any] = []
        self._noted: list[tuple[str, Any]] = []
        self._note_count = 0

    def finish(self) -> None:
        """Hand over the comments."""
        for key, node in self._comments.items():
            words = "\n".join("".join(part.text or "" for part in p.iter(f"{_W}t")) for p in node.iter(f"{_W}p"))
            if words.strip():
                author = node.get(f"{_W}author", "")
                self._built.comments.append(Comment(author, words.strip(), self._quotes.get(key, "").strip()))

    def items(self, parent: Any, shaded: bool) -> Iterator[_Paragraph | _Table]:
        """What stands in ``parent``, one after the other."""
        for node in parent:
            match _name(node):
                case "p":
                    yield from self._paragraph(node, shaded)
                case "tbl":
                    yield self._table(node, shaded)
                case name if name in self._wrappers:
                    yield from self.items(node, shaded)
                case "AlternateContent":
                    yield from self.items(_chosen(node), shaded)
                case "commentRangeStart":
                    self._quoting.add(node.get(f"{_W}id"))
                case "commentRangeEnd":
                    self._quoting.discard(node.get(f"{_W}id"))

    def _paragraph(self, node: Any, shaded: bool) -> Iterator[_Paragraph | _Table]:
        properties = node.find(f"{_W}pPr")
        style = self._styles.name_of(node)
        shaded = (
            shaded or self._styles.shades(style) or (properties is not None and is_shaded(properties.find(f"{_W}shd")))
        )
        words = self._carried + "".join(self._words(node, style, shaded))
        frames, self._frames = self._frames, []
        marks = properties.find(f"{_W}rPr") if properties is not None else None
        self._carried = ""
        if marks is not None and any(marks.find(f"{_W}{name}") is not None for name in self._gone):
            self._carried = words  # the end of this paragraph is not there: it goes on with the next one
        elif words.strip():
            level = self._styles.heading(node)
            number, depth, named = self._styles.listing(node)
            if number:
                if depth is None:
                    depth = self._numbering.level_of_style(number, named)
                words = f"{self._numbering.next(number, depth)} {words}".strip()
            yield _Paragraph("heading" if level else "list" if number else "paragraph", words, level)
        for frame in frames:
            yield from self.items(frame, shaded=True)
        noted, self._noted = self._noted, []
        for label, note in noted:
            inner = [item.text for item in self.items(note, shaded=False) if isinstance(item, _Paragraph)]
            yield _Paragraph("paragraph", f"[{label}] " + " ".join(inner))

    def _words(self, parent: Any, style: str, shaded: bool) -> Iterator[str]:
        for node in parent:
            name = _name(node)
            if name == "r":
                yield from self._run(node, style, shaded)
            elif name == "AlternateContent":
                yield from self._words(_chosen(node), style, shaded)
            elif name in ("oMath", "oMathPara"):
                yield "".join(part.text or "" for part in node.iter() if _name(part) == "t")
            elif name == "commentRangeStart":
                self._quoting.add(node.get(f"{_W}id"))
            elif name == "commentRangeEnd":
                self._quoting.discard(node.get(f"{_W}id"))
            elif name and name not in self._skipped:  # hyperlinks, insertions, fields, content controls, smart tags
                yield from self._words(node, style, shaded)

    def _run(self, run: Any, style: str, shaded: bool) -> Iterator[str]:
        words = "".join(self._pieces(run, style, shaded))
        if not words:
            return
        how = self._styles.hiding(run, style, shaded) if words.strip() else None
        if how:
            self._built.hide(words, how)
            return
        for key in self._quoting:
            self._quotes[key] = self._quotes.get(key, "") + words
        yield words

    def _pieces(self, run: Any, style: str, shaded: bool) -> Iterator[str]:
        for node in run:
            match _name(node):
                case name if name in self._texts:
                    yield node.text or ""
                case "tab" | "ptab":
                    yield "\t"
                case "br" | "cr":
                    yield "\n"
                case "noBreakHyphen":
                    yield "-"
                case "sym":
                    yield _SYMBOLS.get(node.get(f"{_W}char", "").upper(), "")
                case "footnoteReference" | "endnoteReference" as kind:
                    note = self._notes[kind.removesuffix("Reference")].get(node.get(f"{_W}id"))
                    if note is not None:
                        self._note_count += 1
                        self._noted.append((str(self._note_count), note))
                case "fldChar":
                    box = node.find(f"{_W}ffData/{_W}checkBox")
                    if box is not None:
                        set_ = box.find(f"{_W}checked")
                        set_ = set_ if set_ is not None else box.find(f"{_W}default")
                        yield "☑" if set_ is not None and set_.get(f"{_W}val", "1") not in ("0", "false") else "□"
                case "ruby":
                    yield from self._words(node, style, shaded)
                case "drawing" | "pict" | "object":
                    self._frames += node.iter(f"{_W}txbxContent")
                case "AlternateContent":
                    yield from self._pieces(_chosen(node), style, shaded)

    def _table(self, node: Any, shaded: bool) -> _Table:
        style = node.find(f"{_W}tblPr/{_W}tblStyle")
        named = style.get(f"{_W}val", "") if style is not None else ""
        shaded = shaded or self._styles.shades(named) or is_shaded(node.find(f"{_W}tblPr/{_W}shd"))
        table = _Table()
        for row in self._inside(node, "tr"):
            properties = row.find(f"{_W}trPr")
            if properties is not None and any(properties.find(f"{_W}{name}") is not None for name in self._gone):
                continue
            before = _number(properties, "gridBefore", 0)
            cells = [_Cell([], before, False)] if before else []
            for cell in self._inside(row, "tc"):
                how = cell.find(f"{_W}tcPr")
                merge = how.find(f"{_W}vMerge") if how is not None else None
                dark = shaded or (how is not None and is_shaded(how.find(f"{_W}shd")))
                below = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
                cells.append(_Cell(list(self.items(cell, dark)), _number(how, "gridSpan", 1), below))
            table.rows.append(cells)
        return table

    def _inside(self, node: Any, wanted: str) -> Iterator[Any]:
        """The rows of a table or the cells of a row, also where something is wrapped around them."""
        for child in node:
            name = _name(child)
            if name == wanted:
                yield child
            elif name in self._wrappers:
                yield from self._inside(child, wanted)


def _chosen(alternatives: Any) -> Any:
    """The one of several ways to say the same that is for everybody; an empty list where there is none."""
    known = {_name(node): node for node in alternatives}
    return known.get("Choice", known.get("Fallback", ()))


def _number(properties: Any, name: str, usual: int) -> int:
    found = properties.find(f"{_W}{name}") if properties is not None else None
    value = found.get(f"{_W}val", "") if found is not None else ""
    return min(int(value), 100) if value.isdigit() else usual


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
