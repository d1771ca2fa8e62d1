"""What leads from one text to another: words within a line, whole lines that went, whole lines that came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from workbench.comparison import tokens

_ALIKE = 0.5
_LARGE = 4_000_000  # pairs of words beyond which a line is replaced whole

Line = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """``old[start:end]`` becomes ``text``, within a line."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class GoneLine:
    """The line from ``start`` to ``end`` of the old text is taken out."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NewLine:
    """``text`` becomes a line behind the old line that begins at ``after``; before all of them where that is None."""

    after: int | None
    text: str


Change = Edit | GoneLine | NewLine


def changes(old: str, new: str) -> list[Change]:
    """The changes in the order of the old text. Blank lines do not count."""
    left, right = _lines(old), _lines(new)
    matcher = SequenceMatcher(None, [old[a:b] for a, b in left], [new[a:b] for a, b in right], autojunk=False)
    found: list[Change] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            found += _between(old, new, left, right, (i1, i2), (j1, j2))
    return found


def _lines(text: str) -> list[Line]:
    """(start, end) of each line that is not blank, without the white space around it."""
    found, start = [], 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            at = start + line.index(words[0])
            found.append((at, at + len(words)))
        start += len(line) + 1
    return found


def _between(
    old: str, new: str, left: Sequence[Line], right: Sequence[Line], span: tuple[int, int], other: tuple[int, int]
) -> Iterator[Change]:
    """Lines that are alike are edited, in order; the rest came or went."""
    at, end = other
    for i in range(*span):
        gone = old[slice(*left[i])]
        match = next((j for j in range(at, end) if _alike(gone, new[slice(*right[j])])), None)
        alone = span[1] - i == 1 and end - at == 1 and i == span[0]
        if match is None and not alone:
            yield GoneLine(*left[i])
            continue
        match = at if match is None else match
        yield from (NewLine(left[i - 1][0] if i else None, new[slice(*right[j])]) for j in range(at, match))
        yield from _words(gone, new[slice(*right[match])], left[i][0])
        at = match + 1
    last = span[1] - 1
    yield from (NewLine(left[last][0] if last >= 0 else None, new[slice(*right[j])]) for j in range(at, end))


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _words(one: str, other: str, offset: int) -> Iterator[Edit]:
    old, new = tokens(one), tokens(other)
    if len(old) * len(new) > _LARGE:
        yield Edit(offset, offset + len(one), other)
        return
    held: Edit | None = None
    places = [0]
    for word in old:
        places.append(places[-1] + len(word))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            between = "".join(old[i1:i2])
            if held and (between.isalnum() or len(between) > 1):
                yield held
                held = None
            elif held:  # a lone mark between two changes is changed with them: it reads better
                held = Edit(held.start, offset + places[i2], held.text + between)
            continue
        start = held.start if held else offset + places[i1]
        held = Edit(start, offset + places[i2], (held.text if held else "") + "".join(new[j1:j2]))
    if held:
        yield held
