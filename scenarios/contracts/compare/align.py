"""Which sentences of two versions belong together, those that moved included."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from .units import Unit

_ALIKE = 0.45  # share of common character pairs from which two sentences are one that was edited
_KNOWN = 0.75  # the same for sentences that are known again anywhere
_SAME, _EDITED = 10, 9  # of two orders of as many sentences the one that keeps more of them unedited is taken
_TELLING = 8  # characters from which a sentence that occurs once is known again anywhere
_MOST = 250_000  # pairs of sentences that are tried for likeness over the whole text
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
    anchors = _rising(known, [_SAME if old[i].key == new[j].key else _EDITED for i, j in known])
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
    return _rejoined(old, new, _ordered([*pairs, *(Pair((i,), (j,), moved=True) for i, j in moves)]))


def _known(old: Sequence[Unit], new: Sequence[Unit]) -> set[Match]:
    """Sentences that are the same and occur once in each version; of the rest those that are alike, the best first."""
    here, there = _once(old), _once(new)
    found = {(here[key], there[key]) for key in here.keys() & there.keys()}
    left = [i for i, unit in enumerate(old) if unit.key not in there and len(unit.key) >= 2 * _TELLING]
    right = [j for j, unit in enumerate(new) if unit.key not in here and len(unit.key) >= 2 * _TELLING]
    if len(left) * len(right) > _MOST:
        return found
    alike = _Likeness(old, new)
    held_old: set[int] = {i for i, _ in found}
    held_new: set[int] = {j for _, j in found}
    for score, i, j in sorted(((alike((i,), (j,)), i, j) for i in left for j in right), reverse=True):
        if score < _KNOWN:
            break
        if i not in held_old and j not in held_new:
            held_old.add(i)
            held_new.add(j)
            found.add((i, j))
    return found


def _once(units: Sequence[Unit]) -> dict[str, int]:
    counts = Counter(unit.key for unit in units)
    return {unit.key: at for at, unit in enumerate(units) if counts[unit.key] == 1}


def _rising(known: Sequence[Match], weights: Sequence[int]) -> list[Match]:
    """Those that stand in the same order in both, of the greatest weight together. The others moved."""
    size = 1 + max((j for _, j in known), default=0)
    best: list[tuple[int, int]] = [(0, -1)] * (size + 1)  # a Fenwick tree: (weight, last match) up to a place
    before: list[int] = []
    for place, ((_, j), weight) in enumerate(zip(known, weights, strict=True)):
        total, last, at = 0, -1, j
        while at > 0:
            total, last = max((total, last), best[at])
            at -= at & -at
        before.append(last)
        at = j + 1
        while at <= size:
            best[at] = max(best[at], (total + weight, place))
            at += at & -at
    run, place, at = [], -1, size
    weight = 0
    while at > 0:
        weight, place = max((weight, place), best[at])
        at -= at & -at
    while place >= 0:
        run.append(known[place])
        place = before[place]
    return run[::-1]


def _moved(old: Sequence[Unit], new: Sequence[Unit], known: Sequence[Match], anchors: Sequence[Match]) -> set[Match]:
    """Sentences that stand elsewhere, with those beside them that went along: a short title, a sentence edited."""
    alike = _Likeness(old, new)
    held_old, held_new = {i for i, _ in anchors}, {j for _, j in anchors}
    found = {(i, j) for i, j in known if i not in held_old and len(old[i].key) >= _TELLING}
    held_old |= {i for i, _ in found}
    held_new |= {j for _, j in found}
    for step in (-1, 1):
        queue = list(found)
        while queue:
            i, j = (at + step for at in queue.pop())
            inside = 0 <= i < len(old) and 0 <= j < len(new) and i not in held_old and j not in held_new
            if inside and (old[i].key == new[j].key or alike((i,), (j,)) >= _KNOWN):
                held_old.add(i)
                held_new.add(j)
                found.add((i, j))
                queue.append((i, j))
    return found


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
    if b > 1 and (two := alike((left[a - 1],), (right[b - 2], right[b - 1]))) > max(_KNOWN, one + 0.1):
        yield two, 1, 2
    if a > 1 and (two := alike((left[a - 2], left[a - 1]), (right[b - 1],))) > max(_KNOWN, one + 0.1):
        yield two, 2, 1


def _rejoined(old: Sequence[Unit], new: Sequence[Unit], pairs: Sequence[Pair]) -> list[Pair]:
    """With the rest of a sentence that one version breaks in two put back to its first part."""
    alike = _Likeness(old, new)
    made: list[Pair] = []
    for pair in pairs:
        both = Pair(made[-1].old + pair.old, made[-1].new + pair.new) if made else pair
        if made and _broken(alike, made[-1], pair, both):
            made[-1] = both
        else:
            made.append(pair)
    return made


def _broken(alike: "_Likeness", one: Pair, other: Pair, both: Pair) -> bool:
    edited = [pair for pair in (one, other) if pair.old and pair.new and not pair.moved]
    if len(edited) != 1 or one.moved or other.moved or not (_in_a_row(both.old) and _in_a_row(both.new)):
        return False
    return alike(both.old, both.new) > max(_KNOWN, alike(edited[0].old, edited[0].new) + 0.1)


def _in_a_row(places: Sequence[int]) -> bool:
    return all(after == before + 1 for before, after in pairwise(places))


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
