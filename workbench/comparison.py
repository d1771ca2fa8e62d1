"""Two versions of a text word by word, and two edits of one text brought together.

Paragraphs are matched first, then the words inside those that differ: that is how a person reads changes, and it keeps
long contracts fast.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Literal

_TOKEN = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff]+|\d+(?:[.,]\d+)*|[^\W\d_\u3400-\u9fff\uf900-\ufaff]+|\s+|.", re.DOTALL
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LARGE = 4_000_000  # token pairs beyond which two paragraphs are shown as replaced rather than compared for seconds

Kind = Literal["same", "delete", "insert"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. ``delete`` stands only in the text before, ``insert`` only in the text after."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs that belong together: what they were and what they are; one side may be empty."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether the sides differ."""
        return any(piece.kind != "same" for piece in (*self.before, *self.after))


def tokens(text: str) -> list[str]:
    """The words of ``text`` with everything between them: joined they are ``text`` again. Chinese is cut by rjieba."""
    import rjieba

    found: list[str] = []
    for piece in _TOKEN.findall(text):
        if _HAN.match(piece):
            found.extend(rjieba.cut(piece, False))
        else:
            found.append(piece)
    return found


def compare(before: str, after: str) -> list[Row]:
    """The rows of a side-by-side view, in order. The pieces of a side joined are that text."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    rows: list[Row] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [_same(line) for line in old[i1:i2]]
        elif i2 - i1 == j2 - j1:
            rows += [_words(one, other) for one, other in zip(old[i1:i2], new[j1:j2], strict=True)]
        else:
            rows.append(_words("".join(old[i1:i2]), "".join(new[j1:j2])))
    return rows


def _same(line: str) -> Row:
    piece = (Piece("same", line),)
    return Row(piece, piece)


def _words(before: str, after: str) -> Row:
    old, new = tokens(before), tokens(after)
    if len(old) * len(new) > _LARGE:
        return Row((Piece("delete", before),), (Piece("insert", after),))
    left: list[Piece] = []
    right: list[Piece] = []
    for same, i1, i2, j1, j2 in _stretches(old, new):
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        _add(left, "same" if same else "delete", gone)
        _add(right, "same" if same else "insert", come)
    return Row(tuple(left), tuple(right))


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Opcodes as (same, i1, i2, j1, j2). A lone mark between two changes counts as changed: it reads better."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (tag, i1, i2, j1, j2) in enumerate(codes):
        alone = 0 < place < len(codes) - 1 and not any(char.isalnum() for char in "".join(old[i1:i2]))
        yield tag == "equal" and not alone, i1, i2, j1, j2


def _add(pieces: list[Piece], kind: Kind, text: str) -> None:
    if not text:
        return
    if pieces and pieces[-1].kind == kind:
        pieces[-1] = Piece(kind, pieces[-1].text + text)
    else:
        pieces.append(Piece(kind, text))


@dataclass(frozen=True, slots=True)
class Merged:
    """Two edits in one text. ``conflicts`` are (mine, theirs) where both changed the same words; both stand in it."""

    text: str
    conflicts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, order=True, slots=True)
class _Edit:
    """``base[start:end]`` becomes ``text``."""

    start: int
    end: int
    text: str


def merge(base: str, mine: str, theirs: str) -> Merged:
    """What ``base`` becomes with both edits. Where both changed the same place differently, mine comes first."""
    parts: list[str] = []
    conflicts: list[tuple[str, str]] = []
    at = 0
    for start, end, ours, others in _regions(_edits(base, mine), _edits(base, theirs)):
        parts.append(base[at:start])
        one, other = _applied(base, ours, start, end), _applied(base, others, start, end)
        if not others or one == other:
            parts.append(one)
        elif not ours:
            parts.append(other)
        else:
            parts += [one, other]
            conflicts.append((one, other))
        at = end
    parts.append(base[at:])
    return Merged("".join(parts), tuple(conflicts))


def _edits(base: str, changed: str) -> list[_Edit]:
    """The changes from ``base``, in order."""
    edits: list[_Edit] = []
    at = 0
    for row in compare(base, changed):
        before, after = "".join(piece.text for piece in row.before), "".join(piece.text for piece in row.after)
        if row.changed:
            edits += _within(before, after, at)
        at += len(before)
    return edits


def _within(before: str, after: str, offset: int) -> Iterator[_Edit]:
    old, new = tokens(before), tokens(after)
    if len(old) * len(new) > _LARGE:
        yield _Edit(offset, offset + len(before), after)
        return
    places = [offset, *(offset + total for total in accumulate(map(len, old)))]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Edit(places[i1], places[i2], "".join(new[j1:j2]))


def _regions(ours: list[_Edit], others: list[_Edit]) -> Iterator[tuple[int, int, list[_Edit], list[_Edit]]]:
    """Stretches (start, end) of the base that are changed, with the edits of each side that touch them."""
    queue = deque(sorted([(edit, 0) for edit in ours] + [(edit, 1) for edit in others]))
    while queue:
        first, side = queue.popleft()
        sides: tuple[list[_Edit], list[_Edit]] = ([], [])
        sides[side].append(first)
        start, end = first.start, first.end
        while queue and (queue[0][0].start < end or queue[0][0].start == start):
            edit, side = queue.popleft()
            sides[side].append(edit)
            end = max(end, edit.end)
        yield start, end, sides[0], sides[1]


def _applied(base: str, edits: list[_Edit], start: int, end: int) -> str:
    """``base[start:end]`` with ``edits``."""
    parts: list[str] = []
    at = start
    for edit in edits:
        parts += [base[at : edit.start], edit.text]
        at = edit.end
    parts.append(base[at:end])
    return "".join(parts)


def distance(before: str, after: str) -> int:
    """How many characters were changed, word by word: of each stretch that differs, the longer side counts."""
    total = 0
    for row in compare(before, after):
        gone = sum(len(piece.text) for piece in row.before if piece.kind == "delete")
        new = sum(len(piece.text) for piece in row.after if piece.kind == "insert")
        total += max(gone, new)
    return total
