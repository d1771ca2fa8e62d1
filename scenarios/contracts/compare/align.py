"""Which sentences of two versions belong together, those that moved included."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from .units import Unit

_ALIKE = 0.45  # share of common character pairs from which two sentences are one that was edited
_MOVED = 0.75  # the same for sentences that stand elsewhere
_TELLING = 8  # characters from which a sentence that occurs once is known again anywhere
_LONG = 40_000  # pairs of sentences beyond which a stretch is cut before it is searched
_BAND = 80  # sentences off the diagonal that are tried in a long stretch without a common sentence

Match = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentences (indices) of the version before and after that belong together; one side may be empty."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool = False


def align(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    """All sentences of both versions, each in one pair, in the order of the version after."""
    known = sorted(_known(old, new))
    anchors = _rising(known)
    moves = _moved(old, new, known, anchors)
    gone, come = {i for i, _ in moves}, {j for _, j in moves}
    pairs: list[Pair] = []
    i = j = 0
    for at, beside in [*anchors, (len(old), len(new))]:
        left = [one for one in range(i, at) if one not in gone]
        right = [one for one in range(j, beside) if one not in come]
        pairs += _between(old, new, left, right)
        if at < len(old):
            pairs.append(Pair((at,), (beside,)))
        i, j = at + 1, beside + 1
    edited = _moved_and_edited(old, new, pairs)
    gone, come = {i for i, _ in edited}, {j for _, j in edited}
    pairs = [pair for pair in pairs if not (gone.intersection(pair.old) or come.intersection(pair.new))]
    pairs += [Pair((i,), (j,), moved=True) for i, j in moves | edited]
    return _ordered(pairs)


def _known(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Match]:
    """Sentences that occur once in each version: nothing else can be meant."""
    here, there = _once(old), _once(new)
    yield from ((here[key], there[key]) for key in here.keys() & there.keys())


def _once(units: Sequence[Unit]) -> dict[str, int]:
    counts = Counter(unit.key for unit in units)
    return {unit.key: at for at, unit in enumerate(units) if counts[unit.key] == 1}


def _rising(known: Sequence[Match]) -> list[Match]:
    """The most of them that stand in the same order in both: the longest rising run. The others moved."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, (_, j) in enumerate(known):
        at = bisect_left(ends, j)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1], last[at : at + 1] = [j], [place]
    run = []
    place = last[-1] if last else -1
    while place >= 0:
        run.append(known[place])
        place = before[place]
    return run[::-1]


def _moved(old: Sequence[Unit], new: Sequence[Unit], known: Sequence[Match], anchors: Sequence[Match]) -> set[Match]:
    """Sentences that stand unchanged elsewhere, with the short ones beside them."""
    held_old, held_new = {i for i, _ in anchors}, {j for _, j in anchors}
    moves = {(i, j) for i, j in known if i not in held_old and len(old[i].key) >= _TELLING}
    return _spread(old, new, moves, held_old, held_new)


def _spread(
    old: Sequence[Unit], new: Sequence[Unit], moves: set[Match], held_old: set[int], held_new: set[int]
) -> set[Match]:
    """``moves`` with the sentences beside them that are the same in both, such as a short title."""
    found = set(moves)
    held_old, held_new = held_old | {i for i, _ in moves}, held_new | {j for _, j in moves}
    for step in (-1, 1):
        queue = list(found)
        while queue:
            i, j = (at + step for at in queue.pop())
            inside = 0 <= i < len(old) and 0 <= j < len(new) and i not in held_old and j not in held_new
            if inside and old[i].key == new[j].key:
                held_old.add(i)
                held_new.add(j)
                found.add((i, j))
                queue.append((i, j))
    return found


def _moved_and_edited(old: Sequence[Unit], new: Sequence[Unit], pairs: Sequence[Pair]) -> set[Match]:
    """Of what is left on one side only, those that are alike, the best match first; with the same ones beside them."""
    gone = [pair.old[0] for pair in pairs if pair.old and not pair.new]
    come = [pair.new[0] for pair in pairs if pair.new and not pair.old]
    if len(gone) * len(come) > 250_000:
        return set()
    alike = _Likeness(old, new)
    scored = sorted(
        ((alike((i,), (j,)), i, j) for i in gone for j in come if len(old[i].key) >= 2 * _TELLING), reverse=True
    )
    found: set[Match] = set()
    for score, i, j in scored:
        if score < _MOVED:
            break
        if all(i != one and j != other for one, other in found):
            found.add((i, j))
    held_old = {i for pair in pairs if pair.new for i in pair.old}
    held_new = {j for pair in pairs if pair.old for j in pair.new}
    return _spread(old, new, found, held_old, held_new)


def _between(old: Sequence[Unit], new: Sequence[Unit], left: list[int], right: list[int]) -> Iterator[Pair]:
    """Pairs of a stretch without common sentences: one to one, one to two, two to one, or alone; the best of all."""
    if not left or not right:
        yield from (Pair((i,), ()) for i in left)
        yield from (Pair((), (j,)) for j in right)
        return
    if len(left) * len(right) > _LONG and (cuts := _common(old, new, left, right)):
        for (i1, j1), (i2, j2) in pairwise([(0, 0), *cuts, (len(left), len(right))]):
            yield from _between(old, new, left[i1:i2], right[j1:j2])
        return
    alike = _Likeness(old, new)
    rows, columns = len(left), len(right)
    best: list[dict[int, float]] = [defaultdict(float) for _ in range(rows + 1)]
    steps: dict[tuple[int, int], tuple[int, int]] = {}
    for a in range(rows + 1):
        centre = a * columns // rows
        for b in range(max(0, centre - _BAND), min(columns, centre + _BAND) + 1):
            options = [(best[a - da][b - db] + gain, da, db) for gain, da, db in _gains(alike, left, right, a, b)]
            if options:
                best[a][b], *step = max(options)
                steps[a, b] = (step[0], step[1])
    pairs = []
    a, b = rows, columns
    while a or b:
        da, db = steps.get((a, b), (1, 0) if a else (0, 1))
        pairs.append(Pair(tuple(left[a - da : a]), tuple(right[b - db : b])))
        a, b = a - da, b - db
    yield from reversed(pairs)


def _common(old: Sequence[Unit], new: Sequence[Unit], left: list[int], right: list[int]) -> list[Match]:
    """Where stretches that both versions have begin, to cut a long one."""
    matcher = SequenceMatcher(None, [old[i].key for i in left], [new[j].key for j in right], autojunk=False)
    return [(block.a, block.b) for block in matcher.get_matching_blocks() if block.size and (block.a or block.b)]


def _gains(alike: "_Likeness", left: list[int], right: list[int], a: int, b: int) -> Iterator[tuple[float, int, int]]:
    """What can stand before (a, b), with what it is worth."""
    if a:
        yield 0.0, 1, 0
    if b:
        yield 0.0, 0, 1
    if not (a and b):
        return
    one = alike((left[a - 1],), (right[b - 1],))
    if one >= _ALIKE:
        yield one, 1, 1
    if b > 1 and (two := alike((left[a - 1],), (right[b - 2], right[b - 1]))) > max(_MOVED, one + 0.1):
        yield two, 1, 2
    if a > 1 and (two := alike((left[a - 2], left[a - 1]), (right[b - 1],))) > max(_MOVED, one + 0.1):
        yield two, 2, 1


class _Likeness:
    """The share of character pairs that two groups of sentences have in common, from 0 to 1."""

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        self._units = (old, new)
        self._known: tuple[dict[tuple[int, ...], Counter[str]], ...] = ({}, {})

    def __call__(self, left: tuple[int, ...], right: tuple[int, ...]) -> float:
        one, other = self._pairs(0, left), self._pairs(1, right)
        total = one.total() + other.total()
        if 2 * min(one.total(), other.total()) < _ALIKE * total:
            return 0.0
        return 2 * (one & other).total() / total if total else 0.0

    def _pairs(self, side: int, group: tuple[int, ...]) -> Counter[str]:
        known = self._known[side]
        if group not in known:
            key = "".join(self._units[side][at].key for at in group)
            known[group] = Counter(key[at : at + 2] for at in range(max(len(key) - 1, 1)))
        return known[group]


def _ordered(pairs: list[Pair]) -> list[Pair]:
    """By their place after; what is only before stands behind what it stood behind."""
    by_old = sorted((pair for pair in pairs if pair.old), key=lambda pair: pair.old)
    place: dict[Pair, tuple[int, int]] = {}
    last = -1
    for pair in by_old:
        if pair.new and not pair.moved:
            last = pair.new[-1]
        place[pair] = (pair.new[0], 0) if pair.new else (last, 1 + pair.old[0])
    return sorted(pairs, key=lambda pair: place.get(pair) or (pair.new[0], 0))
