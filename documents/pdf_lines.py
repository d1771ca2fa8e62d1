"""Lines of a PDF with how they are set, and what follows: headings, paragraphs, the title. Lengths are in points."""

import ctypes
import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from statistics import median
from typing import Any

from .builder import Builder

_HAN = re.compile(r"[\u3400-\u9fff，。；：、！？（）《》“”]")
_HEADING = re.compile(
    r"^(第[一二三四五六七八九十百零\d]+[章节编](\s|$|[^，。；]{1,20}$)|[一二三四五六七八九十]{1,3}、[^。；]{1,28}$"
    r"|\d{1,2}(\.\d{1,2}){0,2}\.?\s+(?=[A-Z\u3400-\u9fff])[^。；.]{1,40}$)"
)
_ENDS = re.compile(r"[。！？；：:.!?;]\W*$")
_STOPS = re.compile(r"[。；，、,;.]$")
_STARTS = re.compile(
    r"^([-•●○▪*]|\d{1,3}[.)、]|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十百零\d]+条)"
)
_BOLD = re.compile(r"bold|black|heavy|simhei|黑体", re.IGNORECASE)
_FILE_NAME = re.compile(r"\.(docx?|pdf|pptx?|xlsx?|indd|tex|dvi|qxd)\b|^microsoft (word|powerpoint)", re.IGNORECASE)
_NAME = re.compile(r"[\u3400-\u9fff]{2}|[^\W\d_]{3}")
_BIGGER = 1.12
"""From this ratio to the body's size on a line counts as set larger."""
_TITLE = 1.3
"""From this ratio on the largest lines of the first page count as its title."""
_LONGEST = 120
"""Characters of the longest heading."""
_RANKS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; ``size`` of its letters is 0 where it is not known (recognised in a picture), as is its place."""

    text: str
    size: float = 0.0
    bold: bool = False
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0


class Setting:
    """How the lines of one page are set, looked up by their words."""

    def __init__(self, text: Any) -> None:
        self._known: dict[str, deque[Line]] = defaultdict(deque)
        at = 0
        for piece in text.get_text_range().split("\n"):
            if words := _plain(piece):
                self._known[_squeezed(words)].append(_measured(text, piece, at, words))
            at += len(piece) + 1

    def lines(self, words: str) -> list[Line]:
        """The lines of ``words``, which pdfium cut out of the page."""
        plain = filter(None, map(_plain, words.replace("\r", "").split("\n")))
        return [self._line(line) for line in plain]

    def _line(self, words: str) -> Line:
        known = self._known.get(_squeezed(words))
        return replace(known.popleft(), text=words) if known else Line(words)


def _plain(words: str) -> str:
    return " ".join(words.split())


def _measured(text: Any, piece: str, at: int, words: str) -> Line:
    """A line by its first, middle and last letter."""
    from pypdfium2 import raw

    letters = [at + place for place, char in enumerate(piece) if not char.isspace()]
    matrix = raw.FS_MATRIX()
    box = raw.FS_RECTF()
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    sizes, boxes, bold = [], [], True
    for place in (letters[0], letters[len(letters) // 2], letters[-1]):
        index = raw.FPDFText_GetCharIndexFromTextIndex(text, place)
        if index < 0 or not raw.FPDFText_GetMatrix(text, index, matrix) or abs(matrix.b) > abs(matrix.a):
            return Line(words)  # set upright along the edge of the paper, say
        sizes.append(raw.FPDFText_GetFontSize(text, index) * abs(complex(matrix.c, matrix.d)))
        raw.FPDFText_GetLooseCharBox(text, index, box)
        boxes.append((box.left, box.right, box.bottom, box.top))
        length = raw.FPDFText_GetFontInfo(text, index, name, len(name), flags)
        bold = bold and bool(_BOLD.search(name.raw[: max(length - 1, 0)].decode("utf-8", "ignore")))
    lefts, rights, bottoms, tops = zip(*boxes, strict=True)
    return Line(words, round(median(sizes) * 2) / 2, bold, min(lefts), max(rights), min(bottoms), max(tops))


class Ranks:
    """Which lines are headings and how deep, by the sizes of all ``lines`` of a document."""

    def __init__(self, lines: Iterable[Line]) -> None:
        weights: Counter[float] = Counter()
        for line in lines:
            weights[line.size] += len(line.text)
        self.body = max(weights, key=weights.__getitem__, default=0.0)
        self._depth: dict[float, int] = {}
        rank, last = 0, math.inf
        for size in sorted(weights, reverse=True):
            if self.body and size >= _BIGGER * self.body:
                rank, last = (rank, last) if _alike(size, last) else (min(rank + 1, _RANKS), size)
                self._depth[size] = rank

    def level(self, line: Line, before: Line | None, after: Line | None) -> int:
        """The depth of a heading from 1; 0 for any other line."""
        if not any(map(str.isalpha, line.text)) or len(line.text) > _LONGEST:
            return 0
        if line.size in self._depth and not _STOPS.search(line.text):
            return self._depth[line.size]
        deepest = max(self._depth.values(), default=0)
        if _HEADING.match(line.text):
            return deepest + (1 if line.text.startswith("第") else 2)
        alone = not any(other and other.bold for other in (before, after))
        if line.bold and alone and len(line.text) <= _LONGEST / 3 and not _ENDS.search(line.text):
            return deepest + 2
        return 0

    def title(self, first_page: Sequence[Line], stated: str) -> str:
        """What the document is called: ``stated`` in its properties where the first page says so too, else the largest
        words of that page; empty when neither tells."""
        stated = _plain(stated)
        said = _squeezed("".join(line.text for line in first_page))
        if 3 < len(stated) <= _LONGEST and not _FILE_NAME.search(stated) and _squeezed(stated) in said:
            return stated
        largest = max((line.size for line in first_page), default=0.0)
        if not self.body or largest < _TITLE * self.body:
            return ""
        words = ""
        for line in first_page:
            if _alike(line.size, largest):
                words = _glued(words, line.text)
            elif words:
                break
        return words if len(words) <= _LONGEST and _NAME.search(words) and "://" not in words else ""


def _alike(size: float, other: float) -> bool:
    return abs(size - other) <= 0.06 * other < math.inf


def _squeezed(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def put_lines(lines: Sequence[Line], ranks: Ranks, built: Builder) -> None:
    """Add the lines of one column or page to ``built`` as headings and paragraphs."""
    longest = max((len(line.text) for line in lines), default=0)
    current, level = "", 0
    before: Line | None = None

    def flush() -> None:
        nonlocal current
        built.add("heading" if level else "paragraph", current, level)
        current = ""

    for line, after in zip_longest(lines, lines[1:]):
        depth = ranks.level(line, before, after)
        goes_on = before is not None and bool(current) and depth == level
        if goes_on and depth:  # a heading of two lines is set in one size, without a gap and without another number
            goes_on = _same_block(before, line) and line.size > 0 and not _HEADING.match(line.text)
            goes_on = goes_on and len(current) + len(line.text) < _LONGEST
        elif goes_on:
            short = _is_short(before, lines, longest)
            goes_on = not (_STARTS.match(line.text) or _ENDS.search(current) or short) and _same_block(before, line)
        if not goes_on:
            flush()
            level = depth
        current = _glued(current, line.text)
        before = line
    flush()


def _same_block(before: Line | None, line: Line) -> bool:
    """Whether no more than the usual distance lies between two lines; yes where their places are not known."""
    if before is None or not before.size or not line.size:
        return True
    return _alike(before.size, line.size) and before.bottom - line.top < 0.9 * line.size


def _is_short(line: Line | None, lines: Sequence[Line], longest: int) -> bool:
    """Whether a line ends well before those around it do, as the last one of a paragraph does."""
    if line is None:
        return False
    if not line.size:
        return len(line.text) < 0.6 * longest
    edges = sorted(other.right for other in lines if other.size and abs(other.left - line.left) < 3 * line.size)
    edge = edges[int(0.8 * len(edges))]  # not the farthest: a header may reach across columns
    return line.right - line.left < 0.75 * (edge - line.left)


def _glued(words: str, more: str) -> str:
    """Two lines of one sentence: no space between Chinese, a word parted by a hyphen whole again."""
    if words.endswith("-") and more[:1].islower():
        return words[:-1] + more
    glue = "" if not words or _HAN.match(words[-1]) or _HAN.match(more[0]) else " "
    return words + glue + more
