"""A document as text with positions: what every reader returns and everything else builds on."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list", "table", "code"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of ``SourceDocument.text``; ``start`` and ``end`` are character offsets, end exclusive.

    ``level`` is the heading depth from 1 (0 for anything else).
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Where page ``number`` (from 1) begins and ends in the text. ``ocr`` says that it was read from a picture."""

    number: int
    start: int
    end: int
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """Words that the file holds but does not show. ``how`` it hides them: marked as hidden, in the colour of the paper
    or smaller than 2 points. ``page`` is None where the format has none.
    """

    text: str
    how: Literal["marked", "colour", "size"]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark in the margin: who said what about which words (``quote``, empty where the file does not say)."""

    author: str
    text: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change that the file still holds: who added or removed which words. ``at`` is an ISO time or empty."""

    kind: Literal["insert", "delete"]
    author: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file read into one text. Blocks and pages are ordered, do not overlap and point into ``text``.

    ``pages`` is empty where the format has none (Word, Markdown, text). ``notes`` are text keys of things that a
    person should know about the reading, for example that a page held only a picture. ``hidden`` words,
    ``comments`` and ``asides`` (words of headers and footers, alternative texts, properties of the file) are no part of
    ``text``, which has all tracked changes accepted; ``original`` has them all rejected, or is None without any.
    """

    text: str
    title: str
    media_type: str
    blocks: tuple[Block, ...] = ()
    pages: tuple[Page, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    comments: tuple[Comment, ...] = ()
    revisions: tuple[Revision, ...] = ()
    original: str | None = None
    asides: tuple[str, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page number that holds the character at ``offset``; None where the format has no pages."""
        if not self.pages:
            return None
        index = bisect_right([page.start for page in self.pages], offset) - 1
        return self.pages[max(index, 0)].number

    def slice(self, block: Block) -> str:
        """The characters of ``block``."""
        return self.text[block.start : block.end]
