"""The changes between two versions, each once: whole clauses, sentences or phrases, and what only moved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from .align import Pair, align
from .phrases import Span, differences, words
from .references import REFERENCE, Renumbered, number
from .units import Unit, units

Kind = Literal["insert", "delete", "replace", "move"]
_LEAST_MOVE = 10  # characters below which words that stand elsewhere are no moved clause


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: (start, end) in the version before and after; an empty span says where words are missing."""

    kind: Kind
    old: Span
    new: Span


@dataclass(frozen=True, slots=True)
class Compared:
    """``renumbered`` are the labels (before, after) of clauses that only got another number; ``stale`` are references
    in the version after that kept their number though the clause that they meant has another now.
    """

    differences: list[Difference]
    renumbered: list[tuple[Span, Span]]
    stale: list[Span]


def compared(before: str, after: str) -> Compared:
    """What was changed from ``before`` to ``after``. Numbers of clauses, white space and punctuation do not count."""
    old, new = units(before), units(after)
    pairs = align(old, new)
    labels = [
        (one, other)
        for pair in pairs
        if pair.old and pair.new and (one := old[pair.old[0]].label) and (other := new[pair.new[0]].label)
    ]
    renumbered = [(one, other) for one, other in labels if number(before[slice(*one)]) != number(after[slice(*other)])]
    known = Renumbered(_numbers(before, after, labels))
    found = [
        *_one_sided(old, new, pairs),
        *_moves(old, new, pairs),
        *_edits(before, after, old, new, pairs, known),
    ]
    found.sort(key=lambda one: (one.new, one.old))
    return Compared(found, renumbered, list(_stale(before, after, old, new, pairs, known)))


def _numbers(before: str, after: str, labels: Sequence[tuple[Span, Span]]) -> dict[tuple[int, ...], tuple[int, ...]]:
    """What each clause is called now; the first that says so counts."""
    found: dict[tuple[int, ...], tuple[int, ...]] = {}
    for one, other in labels:
        was, now = number(before[slice(*one)]), number(after[slice(*other)])
        if was and now:
            found.setdefault(was, now)
    return found


def _edits(
    before: str, after: str, old: Sequence[Unit], new: Sequence[Unit], pairs: Sequence[Pair], known: Renumbered
) -> Iterator[Difference]:
    for pair in pairs:
        left, right = [old[i] for i in pair.old], [new[j] for j in pair.new]
        if not left or not right or [unit.key for unit in left] == [unit.key for unit in right]:
            continue
        one = words(before, [(unit.start, unit.end) for unit in left])
        other = words(after, [(unit.start, unit.end) for unit in right])
        last_old, last_new = left[0].start, right[0].start
        for gone, come in differences(one, other, known):
            was = (gone[0].start, gone[-1].end) if gone else (last_old, last_old)
            now = (come[0].start, come[-1].end) if come else (last_new, last_new)
            last_old, last_new = was[1], now[1]
            yield Difference("replace" if gone and come else "delete" if gone else "insert", was, now)


def _moves(old: Sequence[Unit], new: Sequence[Unit], pairs: Sequence[Pair]) -> Iterator[Difference]:
    """Neighbours that moved together are one move; single words that happen to stand elsewhere are an edit."""
    moved = sorted((pair.old[0], pair.new[0]) for pair in pairs if pair.moved)
    for _, group in groupby(enumerate(moved), key=lambda entry: (entry[1][0] - entry[0], entry[1][1] - entry[0])):
        run = [pair for _, pair in group]
        (first, start), (last, end) = run[0], run[-1]
        was, now = _span(old[first : last + 1]), _span(new[start : end + 1])
        if sum(len(old[i].key) for i, _ in run) >= _LEAST_MOVE:
            yield Difference("move", was, now)
        else:
            yield Difference("delete", was, (now[0], now[0]))
            yield Difference("insert", (was[0], was[0]), now)


def _one_sided(old: Sequence[Unit], new: Sequence[Unit], pairs: Sequence[Pair]) -> Iterator[Difference]:
    """What came or went whole, cut into the clauses that it is made of."""
    at_old = at_new = 0
    for settled, group in groupby(pairs, key=lambda pair: bool(pair.old and pair.new)):
        run = list(group)
        if settled:
            at_old = max([at_old, *(old[pair.old[-1]].end for pair in run if not pair.moved)])
            at_new = new[run[-1].new[-1]].end
            continue
        gone = _clauses([old[pair.old[0]] for pair in run if pair.old])
        come = _clauses([new[pair.new[0]] for pair in run if pair.new])
        if len(gone) == len(come) == 1 and not (_whole(gone[0]) and _whole(come[0])):
            yield Difference("replace", _span(gone[0]), _span(come[0]))
            continue
        for clause in gone:
            yield Difference("delete", _span(clause), (at_new, at_new))
        for clause in come:
            yield Difference("insert", (at_old, at_old), _span(clause))


def _whole(clause: Sequence[Unit]) -> bool:
    """Whether it is a numbered clause with its title: another one in its place is another clause."""
    return clause[0].rank is not None and len(clause) > 1


def _clauses(run: Sequence[Unit]) -> list[list[Unit]]:
    """Sentences as the clauses that they make: a new one begins with a number of the kind of the first."""
    clauses: list[list[Unit]] = []
    rank = None
    for unit in run:
        opens = unit.rank is not None and (rank is None or unit.rank == rank)
        if opens:
            rank = unit.rank
        if opens or not clauses:
            clauses.append([])
        clauses[-1].append(unit)
    return clauses


def _span(clause: Sequence[Unit]) -> Span:
    """From the number of the first sentence to the end of the last."""
    first = clause[0]
    return first.label[0] if first.label else first.start, clause[-1].end


def _stale(
    before: str, after: str, old: Sequence[Unit], new: Sequence[Unit], pairs: Sequence[Pair], known: Renumbered
) -> Iterator[Span]:
    for pair in pairs:
        one, other = (
            [match for at in side for match in REFERENCE.finditer(text, units[at].start, units[at].end)]
            for text, units, side in ((before, old, pair.old), (after, new, pair.new))
        )
        if len(one) == len(other):
            for was, now in zip(one, other, strict=True):
                if was.group() == now.group() != known(was.group()):
                    yield now.span()
