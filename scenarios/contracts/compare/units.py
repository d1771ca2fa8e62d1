"""A contract cut into sentences whose numbers are taken off, so that renumbering alone changes nothing."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from workbench.language import sentences

from ..folding import fold
from ..outline import Label, labels

_ITEM = re.compile(r"[ *]*(?:[(]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-z])\s?[)]|\d{1,2}[)、]|[①-⑳])\s*")
_SILENT = re.compile(r"(?<!\d)\.|\.(?!\d)|(?<!\d)-|-(?!\d)|[^\w%‰¥$€£.°+=<>/-]|(?<!\d),|,(?!\d)")
_WIDE = re.compile(r"[\u3400-\u9fff\uff00-\uffef]")
_WRAPPED = 130  # display columns beyond which lines are paragraphs, not wrapped lines
_ENDED = tuple("。；！？:;!?|")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence: its offsets without its number, what is compared of it, and its number where it opens an item.

    ``label`` is (start, end) of that number; ``rank`` is the same for the numbers of one kind and depth.
    """

    start: int
    end: int
    key: str
    label: tuple[int, int] | None = None
    rank: tuple[str, int] | None = None


def silent(text: str) -> str:
    """``text`` in half width without white space and punctuation: what is left decides whether two are the same."""
    return _SILENT.sub("", fold(text))


def units(text: str) -> list[Unit]:
    """The sentences of ``text`` in order."""
    flat = _unwrapped(fold(text))
    numbered = {flat.rfind("\n", 0, label.start) + 1: label for label in labels(flat)}
    return [unit for start, end in _lines(flat) for unit in _units(flat, start, end, numbered.get(start))]


def _units(flat: str, start: int, end: int, label: Label | None) -> Iterator[Unit]:
    begin = label.end if label else start
    mark = (label.start, label.end) if label else None
    rank = (label.style, len(label.prefix)) if label else None
    for first, last in sentences(flat[begin:end]):
        item = _ITEM.match(flat, begin + first, begin + last)
        if item and item.end() < begin + last:
            mark, rank = mark or (item.start(), item.end()), rank or ("item", 0)
            first = item.end() - begin
        key = _SILENT.sub("", flat[begin + first : begin + last])
        if key:
            yield Unit(begin + first, begin + last, key, mark, rank)
            mark = rank = None


def _lines(flat: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in flat.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _unwrapped(folded: str) -> str:
    """The text with a blank in place of line ends that only wrap a paragraph; of the same length."""
    spans = list(_lines(folded))
    width = max((_columns(folded[start:end]) for start, end in spans), default=0)
    if width > _WRAPPED:
        return folded
    heads = {folded.rfind("\n", 0, label.start) + 1 for label in labels(folded)}
    out = list(folded)
    for (start, end), (following, _) in pairwise(spans):
        line = folded[start:end].rstrip()
        wraps = following == end + 1 and following not in heads and not line.endswith(_ENDED)
        if wraps and _columns(line) >= 0.8 * width and width >= 40:
            out[end] = " "
    return "".join(out)


def _columns(line: str) -> int:
    return len(line) + len(_WIDE.findall(line))


class Places:
    """Tells for an offset under which numbered clause it stands."""

    def __init__(self, text: str) -> None:
        self._text = text
        flat = fold(text)
        self._heads = [label for label in labels(flat) if label.style in ("article", "han", "dot", "english", "dotted")]
        self._starts = [label.start for label in self._heads]

    def clause(self, offset: int) -> str:
        """The clause's number with its title where it has a short one; empty before the first."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0:
            return ""
        head = self._heads[place]
        line = self._text[head.start :].split("\n", 1)[0].strip(" #*")
        number = self._text[head.start : head.end].strip()
        return line if len(line) <= 24 else number
