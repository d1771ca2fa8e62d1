"""Puts blocks one after the other into one text and keeps count of their places."""

from workbench.document import Block, BlockKind, Page, SourceDocument


class Builder:
    """Collects blocks and pages in reading order."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pages: list[Page] = []

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """One block; blank ones are left out."""
        text = text.strip()
        if not text:
            return
        self._blocks.append(Block(kind, self._length, self._length + len(text), level))
        self._parts.append(text)
        self._length += len(text) + 2

    def table(self, rows: list[list[str]]) -> None:
        """A table as Markdown, its first row the header."""
        rows = [[" ".join(cell.split()).replace("|", "\\|") for cell in row] for row in rows]
        rows = [row for row in rows if any(row)]
        if not rows:
            return
        width = max(map(len, rows))
        lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
        lines.insert(1, "|" + " --- |" * width)
        self.add("table", "\n".join(lines))

    def page(self, number: int) -> None:
        """What follows stands on page ``number``."""
        if self._pages:
            last = self._pages[-1]
            self._pages[-1] = Page(last.number, last.start, self._length, last.ocr)
        self._pages.append(Page(number, self._length, self._length))

    def build(self, title: str, media_type: str, notes: tuple[str, ...] = ()) -> SourceDocument:
        """The document. Its title is the first heading of level 1 near the start, else ``title``."""
        text = "\n\n".join(self._parts)
        if self._pages:
            last = self._pages[-1]
            self._pages[-1] = Page(last.number, last.start, len(text), last.ocr)
        heads = (
            text[block.start : block.end] for block in self._blocks[:3] if block.kind == "heading" and block.level == 1
        )
        head = " ".join(next(heads, "").lstrip("# ").split())
        return SourceDocument(text, head or title, media_type, tuple(self._blocks), tuple(self._pages), {}, notes)
