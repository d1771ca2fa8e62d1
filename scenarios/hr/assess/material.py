# ruff: noqa: E501  # a pattern is read best in one piece
"""The material of a test as statements: sentences and table rows, each with its place and what it stands under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from workbench.document import SourceDocument
from workbench.language import detect, sentences

from .models import Source

_SHORTEST = {"zh": 12, "en": 30}
_LONGEST = {"zh": 150, "en": 320}
_NOTHING = re.compile(r"[?？:：]$|https?://|@|示例数据|纯属虚构|invented|fictional|^(?:文件编号|版本|附件|目录)")
_DANGLING = re.compile(r"^(?:该|此|这|其|上述|前款|以上|因此|但是?|并且?|而|如下|例如|(?:it|this|that|these|those|they|he|she|however|therefore|such)\b)", re.IGNORECASE)  # fmt: skip
_TITLE = 60
_CHAPTER = re.compile(
    r"第[一二三四五六七八九十\d]+[章节条部]|[一二三四五六七八九十]+、|\d+[.)、]|chapter|section|part \d", re.IGNORECASE
)
_STOP = re.compile(r"[。.；;，,!！?？|:：]$|\|")
_NUMBERED = re.compile(
    r"\s*(?:\d{1,2}(?:\.\d{1,2})*[.)、]?|[一二三四五六七八九十]{1,2}、|第[一二三四五六七八九十]+[章节])\s*(?P<name>[^\d。.；;，,：:]{2,40})$"
)
_RUN_IN = re.compile(r"(?P<name>[A-Z][A-Za-z &/-]{2,30})\.\s+(?=[A-Z])")
"""Headings that a plain text holds: ``2. Falls`` by itself, ``Refunds. Customers may ...`` before the words."""


@dataclass(frozen=True)
class Passage:
    """One text of the material. ``marker`` is its citation where it came from a knowledge base."""

    title: str
    document: SourceDocument
    marker: str = ""
    heading: str = ""

    def source(self, start: int, end: int) -> Source:
        """The words from ``start`` to ``end``."""
        page = self.document.page_at(start)
        quote = self.document.text[start:end]
        return Source(quote=quote, source=self.title, page=page, start=start, end=end, marker=self.marker)


@dataclass(frozen=True)
class Statement:
    """A sentence that says one thing by itself, under ``heading``."""

    passage: Passage
    heading: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.document.text[self.start : self.end]

    @property
    def source(self) -> Source:
        """Its place."""
        return self.passage.source(self.start, self.end)


@dataclass(frozen=True)
class Table:
    """A table: its header, and each row with its cells and its place."""

    passage: Passage
    heading: str
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], int, int], ...]


@dataclass
class Material:
    """All that a test may ask about."""

    passages: list[Passage] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def add(self, passage: Passage) -> None:
        """Read one more text; a sentence that is there already is left out."""
        self.passages.append(passage)
        known = {one.text for one in self.statements}
        for part in _parts(passage):
            if isinstance(part, Table):
                self.tables.append(part)
            elif part.text not in known:
                self.statements.append(part)
                known.add(part.text)

    def sections(self) -> Iterator[tuple[str, list[Statement]]]:
        """(heading, its statements) of each place that says several things."""
        groups: dict[tuple[str, str], list[Statement]] = {}
        for one in self.statements:
            groups.setdefault((one.passage.title, one.heading), []).append(one)
        for (_, heading), found in groups.items():
            if heading and len(found) >= 2:
                yield heading, found

    def find(self, words: str) -> Source | None:
        """Where ``words`` stand, word for word."""
        for passage in self.passages:
            start = passage.document.text.find(words)
            if words.strip() and start >= 0:
                return passage.source(start, start + len(words))
        return None


def title_of(document: SourceDocument, path: str) -> str:
    """What people call a document: its first line where that is a title, else the name of its file."""
    first = next((line.strip("# *\t") for line in document.text.split("\n") if line.strip()), "")
    named = 4 <= len(first) <= _TITLE and not _CHAPTER.match(first) and not _STOP.search(first)
    return first if named else PurePath(path).stem


def _parts(passage: Passage) -> Iterator[Statement | Table]:
    document = passage.document
    blocks = document.blocks
    if not blocks:
        for named, start, end in _headed(document.text, passage.heading, 0, len(document.text)):
            yield from _statements(passage, named, start, end)
        return
    heading = passage.heading
    for block in blocks:
        words = document.slice(block)
        if block.kind == "heading":
            heading = re.sub(r"^[\W_]*(?:第?[一二三四五六七八九十\d.]+[章节条、.．\s]+)?", "", words).strip()
        elif block.kind == "table":
            if table := _table(passage, heading, words, block.start):
                yield table
        elif block.kind != "code":
            for named, start, end in _headed(document.text, heading, block.start, block.end):
                heading = named
                yield from _statements(passage, named, start, end)


def _headed(text: str, heading: str, low: int, high: int) -> Iterator[tuple[str, int, int]]:
    """(heading, start, end) of the stretches of a block, cut where a line of it is a heading or begins with one."""
    start = place = low
    for line in text[low:high].split("\n"):
        alone, run_in = _NUMBERED.match(line), _RUN_IN.match(line)
        if alone or run_in:
            if place > start:
                yield heading, start, place
            found = alone or run_in
            heading = found["name"].strip() if found else heading
            start = place + (len(line) if alone else run_in.end() if run_in else 0)
        place += len(line) + 1
    if high > start:
        yield heading, start, high


def _statements(passage: Passage, heading: str, low: int, high: int) -> Iterator[Statement]:
    text = passage.document.text[low:high]
    for start, end in sentences(text):
        words = text[start:end]
        lead = re.match(r"[\s>*•\-]*(?:\d{1,2}[.)、]|[（(]\d{1,2}[)）])?\s*", words)
        start += lead.end() if lead else 0
        words = text[start:end]
        lang = detect(words)
        if not _SHORTEST[lang] <= len(words) <= _LONGEST[lang] or "|" in words:
            continue
        if _NOTHING.search(words) or _DANGLING.match(words):
            continue
        yield Statement(passage, heading, low + start, low + end)


def _table(passage: Passage, heading: str, words: str, place: int) -> Table | None:
    rows = []
    for line in words.split("\n"):
        cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        if not re.fullmatch(r"[\s|:\-]*", line):
            rows.append((cells, place, place + len(line)))
        place += len(line) + 1
    width = len(rows[0][0]) if rows else 0
    if len(rows) < 3 or width < 2 or any(len(cells) != width for cells, _, _ in rows):
        return None
    return Table(passage, heading, rows[0][0], tuple(rows[1:]))
