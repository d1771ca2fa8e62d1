"""Where each character of a Word file's text stands in its XML, cut so that a run holds what is changed and no more."""

import copy
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from documents.builder import Builder
from documents.ooxml import Package
from documents.word import WordReader, fill

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MARK = 0xF0000  # the n-th run's words begin with this character of the private planes while they are traced
_MOST = 0x10FFFD - _MARK
_MARKS = re.compile("[\U000f0000-\U0010fffd]")
_ONE = frozenset({"tab", "ptab", "br", "cr", "noBreakHyphen"})


class _Tracer(WordReader):
    """Reads as always and says in front of each run's words which run it is."""

    def __init__(self, package: Package, main: str, built: Builder) -> None:
        super().__init__(package, main, built)
        self.runs: list[tuple[Any, str]] = []
        self._blank = False

    def _paragraph(self, node: Any, shaded: bool) -> Iterator[Any]:
        self._blank = not any((part.text or "").strip() for part in node.iter(f"{W}t"))
        yield from super()._paragraph(node, shaded)

    def _run(self, run: Any, style: str, shaded: bool) -> Iterator[str]:
        words = _MARKS.sub("", "".join(super()._run(run, style, shaded)))
        # Marked, the white space of a blank paragraph or cell would make something of it.
        if words and not self._blank and len(self.runs) < _MOST:
            yield chr(_MARK + len(self.runs))
            self.runs.append((run, words))
        yield words


class Places:
    """The runs that hold a stretch of ``text``, the text of the file as it is always read."""

    def __init__(self, package: Package, main: str, body: Any, text: str) -> None:
        built = Builder()
        tracer = _Tracer(package, main, built)
        fill(tracer, body, built)
        self.text = text
        self._runs = tracer.runs
        self._at = _mapped(built.build("", "").text, tracer.runs, text)
        self._known = [offset for offset, place in enumerate(self._at) if place is not None]
        self._pieces: dict[int, list[tuple[int, Any]]] = {}
        self._root = body.getroottree().getroot()
        self.beside = {id(root): root for run, _ in self._runs if (root := _root(run)) is not self._root}.values()
        """The roots of the other parts that runs stand in: footnotes and endnotes."""

    def noted(self, run: Any) -> bool:
        """Whether a run stands in a footnote or an endnote."""
        return _root(run) is not self._root

    def cut(self, offsets: Iterable[int]) -> None:
        """Split runs so that each offset begins one. Done once, before anything is changed."""
        wanted: dict[int, set[int]] = defaultdict(set)
        for offset in offsets:
            place = self._at[offset] if 0 <= offset < len(self._at) else None
            if place is not None:
                wanted[place[0]].add(place[1])
        for number, (run, words) in enumerate(self._runs):
            self._pieces[number] = _split(run, words, sorted(wanted.get(number, ())))

    def held(self, start: int, end: int) -> list[Any]:
        """The runs of ``text[start:end]`` in order; list numbers and the lines of tables stand in none."""
        first, last = bisect_left(self._known, start), bisect_left(self._known, end)
        found: list[Any] = []
        for offset in self._known[first:last]:
            run = self._piece(offset)
            if not found or found[-1] is not run:
                found.append(run)
        return found

    def breaks(self, offset: int) -> bool:
        """Whether a line ends here within a paragraph, not with it."""
        return offset < len(self.text) and self.text[offset] == "\n" and self._at[offset] is not None

    def before(self, offset: int, start: int) -> Any:
        """The run that holds the last character of ``text[start:offset]``, or None."""
        at = bisect_left(self._known, offset) - 1
        return self._piece(self._known[at]) if at >= 0 and self._known[at] >= start else None

    def behind(self, offset: int, end: int) -> Any:
        """The run that holds the first character of ``text[offset:end]``, or None."""
        at = bisect_left(self._known, offset)
        return self._piece(self._known[at]) if at < len(self._known) and self._known[at] < end else None

    def _piece(self, offset: int) -> Any:
        place = self._at[offset]
        assert place is not None  # noqa: S101  # only offsets of _known are asked for
        pieces = self._pieces[place[0]]
        return pieces[bisect_right([begin for begin, _ in pieces], place[1]) - 1][1]


def _root(run: Any) -> Any:
    return run.getroottree().getroot()


def _mapped(traced: str, runs: list[tuple[Any, str]], text: str) -> list[tuple[int, int] | None]:
    """(run, character of its words) of each character of ``text``; None for what no run holds."""
    origins: list[tuple[str, tuple[int, int] | None]] = []
    number, at = -1, 0
    for char in traced:
        if _MARKS.match(char):
            number, at = ord(char) - _MARK, 0
            continue
        words = runs[number][1] if number >= 0 else ""
        skipped = at
        while skipped < len(words) and words[skipped] != char and not _shows(words[skipped]):
            skipped += 1
        if skipped < len(words) and words[skipped] == char:
            at = skipped + 1
            origins.append((char, (number, skipped)))
        else:
            origins.append((char, None))
    found: list[tuple[int, int] | None] = []
    place = 0
    for char in text:
        ahead = place
        while ahead < len(origins) and origins[ahead][0] != char and origins[ahead][0].isspace():
            ahead += 1
        if ahead < len(origins) and origins[ahead][0] == char:
            found.append(origins[ahead][1])
            place = ahead + 1
        else:  # white space that stands only here
            found.append(None)
    return found


def _split(run: Any, words: str, cuts: list[int]) -> list[tuple[int, Any]]:
    """(first character, run) of the parts that a run is cut into; the first part stays in the run itself."""
    children = [(child, _size(child)) for child in run if child.tag != f"{W}rPr"]
    cuts = [cut for cut in cuts if 0 < cut < len(words)]
    if not cuts or sum(size for _, size in children) != len(words):
        return [(0, run)]
    edges = [*cuts, len(words)]
    contents: list[list[Any]] = [[] for _ in edges]
    part = at = 0
    for child, size in children:
        begin, end = at, at + size
        while begin < end:
            last = min(end, edges[part])
            contents[part].append(_portion(child, begin - at, last - at, size))
            begin = last
            part += begin == edges[part] and part < len(cuts)
        if not size:
            contents[part].append(child)
        at = end
    properties = run.find(f"{W}rPr")
    parts = [run]
    for child, _ in children:
        run.remove(child)
    for _ in cuts:
        made = copy.copy(run)
        for node in list(made):
            made.remove(node)
        if properties is not None:
            made.append(copy.deepcopy(properties))
        parts[-1].addnext(made)
        parts.append(made)
    for made, content in zip(parts, contents, strict=True):
        made.extend(content)
    return list(zip([0, *cuts], parts, strict=True))


def _size(child: Any) -> int:
    """How many characters of the text a part of a run is."""
    name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
    return len(child.text or "") if name == "t" else 1 if name in _ONE else 0


def _portion(child: Any, start: int, end: int, size: int) -> Any:
    if end - start == size:
        return child
    made = copy.copy(child)
    made.text = (child.text or "")[start:end]
    made.set(SPACE, "preserve")
    return made


def _shows(char: str) -> bool:
    return char.isprintable() and not char.isspace()
