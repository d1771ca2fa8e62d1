"""Puts blocks one after the other into one text and keeps count of their places."""

import re
from collections.abc import Callable

from workbench.document import Block, BlockKind, Comment, Hidden, Page, Revision, SourceDocument

Rows = list[list[str]]

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_SOFT = str.maketrans({"\u00ad": None, "\u200b": None, "\u2028": "\n", "\u2029": "\n"})


class Builder:
    """Collects blocks and pages in reading order. ``beat`` is called when a slow step is done: the reading goes on."""

    def __init__(self, beat: Callable[[], None] = lambda: None) -> None:
        self.beat = beat
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pages: list[Page] = []
        self.hidden: list[Hidden] = []
        self.comments: list[Comment] = []
        self.revisions: list[Revision] = []
        self.original: str | None = None
        self.asides: list[str] = []
        self.notes: list[str] = []
        self.title = ""
        """What the file itself says that it is called, where a reader knows."""

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """One block; blank ones are left out, and characters that show nothing."""
        text = _UNSEEN.sub("", text).translate(_SOFT).strip()
        if not text:
            return
        self._blocks.append(Block(kind, self._length, self._length + len(text), level))
        self._parts.append(text)
        self._length += len(text) + 2

    def table(self, rows: Rows) -> None:
        """A table as Markdown, its first row the header; empty rows and columns left out.

        Rows with only their first cell at the top are what the table is called: they become paragraphs before it.
        """
        rows = [[" ".join(cell.split()).replace("|", "\\|") for cell in row] for row in rows]
        rows = [row for row in rows if any(row)]
        width = max(map(len, rows), default=0)
        rows = [row + [""] * (width - len(row)) for row in rows]
        used = [column for column in range(width) if any(row[column] for row in rows)]
        rows = [[row[column] for column in used] for row in rows]
        while len(used) > 1 and rows and rows[0][0] and not any(rows[0][1:]):
            self.add("paragraph", "".join(rows.pop(0)).replace("\\|", "|"))
        if len(used) < 2:
            for row in rows:
                self.add("paragraph", "".join(row).replace("\\|", "|"))
            return
        if rows:
            lines = ["| " + " | ".join(row) + " |" for row in rows]
            lines.insert(1, "|" + " --- |" * len(used))
            self.add("table", "\n".join(lines))

    def hide(self, text: str, how: str, page: int | None = None) -> None:
        """Words that do not show: kept apart from the text."""
        words = " ".join(_UNSEEN.sub("", text).split())
        if words:
            self.hidden.append(Hidden(words, how, page))  # type: ignore[arg-type]

    def aside(self, text: str | None) -> None:
        """Words beside the text: of a header, an alternative text, a property. Said once."""
        words = " ".join(_UNSEEN.sub("", text or "").split())
        if words and words not in self.asides:
            self.asides.append(words)

    def note(self, key: str) -> None:
        """A text key of something that a person should know about the reading; once is enough."""
        if key not in self.notes:
            self.notes.append(key)

    def page(self, number: int, ocr: bool = False) -> None:
        """What follows stands on page ``number``; ``ocr`` says that it is read from a picture."""
        self._close_page(self._length)
        self._pages.append(Page(number, self._length, self._length, ocr))

    def _close_page(self, end: int) -> None:
        if self._pages:
            last = self._pages[-1]
            self._pages[-1] = Page(last.number, last.start, end, last.ocr)

    def build(self, title: str, media_type: str) -> SourceDocument:
        """The document. Its title: what its reader found, the first heading of level 1 near the start, or ``title``."""
        text = "\n\n".join(self._parts)
        pages = [
            Page(page.number, min(page.start, len(text)), min(page.end, len(text)), page.ocr) for page in self._pages
        ]
        if pages:
            pages[-1] = Page(pages[-1].number, pages[-1].start, len(text), pages[-1].ocr)
        heads = (
            text[block.start : block.end] for block in self._blocks[:3] if block.kind == "heading" and block.level == 1
        )
        head = " ".join(next(heads, "").lstrip("# ").split())
        if self.hidden:
            self.note("documents:note.hidden")
        return SourceDocument(
            text=text,
            title=self.title or head or title,
            media_type=media_type,
            blocks=tuple(self._blocks),
            pages=tuple(pages),
            notes=tuple(self.notes),
            hidden=tuple(self.hidden),
            comments=tuple(self.comments),
            revisions=tuple(self.revisions),
            original=self.original,
            asides=tuple(self.asides),
        )
