"""HTML: the visible text in reading order. Nothing is fetched or run."""

import re
from typing import Any

from workbench.document import BlockKind

from .builder import Builder

_GONE = {
    "script", "style", "noscript", "template", "svg", "nav", "head", "button", "select", "input", "textarea", "iframe",
    "object", "canvas", "map", "audio", "video",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "li", "main", "ol", "p", "pre", "section", "summary", "table", "ul", "caption", "tr", "td", "th",
}  # fmt: skip
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TINY = re.compile(r"font-size\s*:\s*[01](\.\d+)?\s*(px|pt)?\s*(;|$)", re.IGNORECASE)
_WHITE = re.compile(r"(^|;)\s*color\s*:\s*(#fff(fff)?\b|white\b|rgb\(255,\s*255,\s*255\))", re.IGNORECASE)
_WHOLE_TEXTS = 600


def read_html(text: str, built: Builder) -> None:
    """Fill ``built``. Raises lxml's ``ParserError`` for what has no element at all."""
    from lxml import html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    root = html.document_fromstring(_DECLARATION.sub("", text), parser=parser)
    walk = _Walk(built)
    walk.node(root)
    walk.flush()


class _Walk:
    """Gathers the words of inline elements until a block ends."""

    def __init__(self, built: Builder) -> None:
        self._built = built
        self._words: list[str] = []
        self._kind: BlockKind = "paragraph"
        self._level = 0
        self._painted = False

    def flush(self) -> None:
        words = "".join(self._words)
        self._words = []
        if self._kind != "code":
            words = "\n".join(" ".join(line.split()) for line in words.split("\v"))
        self._built.add(self._kind, words.replace("\v", "\n"), self._level)

    def _inner(self, node: Any, kind: BlockKind, level: int = 0) -> None:
        self.flush()
        before = self._kind, self._level
        self._kind, self._level = kind, level
        self._content(node)
        self.flush()
        self._kind, self._level = before

    def _content(self, node: Any) -> None:
        self._words.append(node.text or "")
        for child in node:
            self.node(child)
            self._words.append(child.tail or "")

    def node(self, node: Any) -> None:
        """One element; what follows it belongs to whoever asks."""
        name = node.tag if isinstance(node.tag, str) else ""
        if not name or name in _GONE:
            return
        painted, style = self._painted, node.get("style") or ""
        if style or node.get("hidden") is not None or node.get("bgcolor") or node.get("class"):
            self._painted = painted or "background" in style.lower() or bool(node.get("bgcolor") or node.get("class"))
            if how := self._hiding(node, style):
                self._built.hide(_text(node), how)
                self._painted = painted
                return
        if name == "br":
            self._words.append("\v")
        elif name == "table" and not _is_layout(node):
            self.flush()
            self._built.table(_rows(node))
        elif name[0] == "h" and name[1:] in ("1", "2", "3", "4", "5", "6"):
            self._inner(node, "heading", int(name[1]))
        elif name in ("li", "pre"):
            self._inner(node, "list" if name == "li" else "code")
        elif name in _BLOCKS:
            self._inner(node, self._kind if self._kind != "heading" else "paragraph", 0)
        else:
            self._content(node)
        self._painted = painted

    def _hiding(self, node: Any, style: str) -> str:
        if node.get("hidden") is not None or _HIDDEN.search(style):
            return "marked"
        if _TINY.search(style):
            return "size"
        return "colour" if _WHITE.search(style) and not self._painted else ""


def _is_layout(table: Any) -> bool:
    """Whether a table only places things: tables, headings or lists inside, a single column, whole texts in a cell."""
    if next(table.iter("h1", "h2", "h3", "h4", "ul", "ol"), None) is not None or len(list(table.iter("table"))) > 1:
        return True
    rows = list(table.iter("tr"))
    cells = [len([cell for cell in row if cell.tag in ("td", "th")]) for row in rows]
    return max(cells, default=0) < 2 or any(
        len("".join(cell.itertext())) > _WHOLE_TEXTS and sum(1 for _ in cell.iter("p", "div", "br")) > 3
        for cell in table.iter("td")
    )


def _rows(table: Any) -> list[list[str]]:
    """The cells in their columns. A cell that spans rows is said again in each, so that a row stands by itself."""
    rows: list[list[str]] = []
    waiting: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        line: list[str] = []
        for cell in (cell for cell in row if cell.tag in ("td", "th")):
            _fill(line, waiting)
            words = " ".join(_text(cell).split())
            across, down = _count(cell.get("colspan")), _count(cell.get("rowspan"))
            for place in range(across):
                if down > 1:
                    waiting[len(line)] = (down - 1, words if not place else "")
                line.append(words if not place else "")
        _fill(line, waiting)
        rows.append(line)
    return rows


def _fill(line: list[str], waiting: dict[int, tuple[int, str]]) -> None:
    while len(line) in waiting:
        left, words = waiting.pop(len(line))
        if left > 1:
            waiting[len(line)] = (left - 1, words)
        line.append(words)


def _text(node: Any) -> str:
    """All words below ``node``, apart where blocks and lines end."""
    words = node.text or ""
    for child in node:
        name = child.tag if isinstance(child.tag, str) else ""
        inner = _text(child) if name and name not in _GONE else ""
        words += (f" {inner} " if name in _BLOCKS or name == "br" else inner) + (child.tail or "")
    return words


def _count(value: str | None) -> int:
    return min(max(int(value), 1), 50) if value and value.isdigit() else 1
