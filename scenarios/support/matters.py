"""What a clause speaks of: a period may be true of dispatch and false of delivery, a promise hold in one case only."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from workbench.citations import source
from workbench.evidence import Citation

from .facts import Fact, facts, folded, stated, words

_CLAUSE = re.compile(r"[，,;；。！？!?|\n]+|\.\s|\b(?:and|but)\b")
_OF_TIME = ("duration", "date")


def clauses(text: str) -> list[str]:
    """The clauses of half-width ``text``; cells of a table count as clauses."""
    return _CLAUSE.split(text)


def of_another_matter(fact: Fact, sentence: str, passages: Sequence[Citation]) -> bool:
    """Whether the sources state this period or day only of something else: a dispatch where an arrival is said, or
    another one of what is said."""
    if fact.kind not in _OF_TIME:
        return False
    spoken = _matters(next((clause for clause in clauses(folded(sentence)) if fact.said in clause), ""))
    told = list(_told(passages))
    there = [matters for clause, matters in told if stated(clause).holds(fact)]
    if not (spoken and there) or any(matters & spoken for matters in there):
        return False
    others = (clause for clause, matters in told if matters & spoken)
    return all(there) or any(other.kind == fact.kind for clause in others for other in facts(clause))


def out_of_case(promise: re.Pattern[str], said: Iterable[str], passages: Sequence[Citation]) -> bool:
    """Whether the sources make this promise only in a case (a fault, a spend) that none of ``said`` speaks of."""
    cases = [_named("cases", sentence) for sentence in _sentences(passages) if promise.search(sentence)]
    told = _named("cases", folded("\n".join(said)))
    return bool(cases) and all(some and not some & told for some in cases)


def _told(passages: Sequence[Citation]) -> Iterator[tuple[str, frozenset[str]]]:
    """Each clause of the sources with what it speaks of; one that does not say speaks of what its sentence does."""
    for sentence in _sentences(passages):
        if "|" in sentence:  # a cell means what its column says
            yield sentence, frozenset(words()["matters"])
            continue
        yield from ((clause, _matters(clause) or _matters(sentence)) for clause in clauses(sentence))


def _sentences(passages: Sequence[Citation]) -> Iterator[str]:
    for passage in passages:
        yield from re.split(r"[。！？!?\n]+|\.\s", folded(source(passage)))


def _matters(clause: str) -> frozenset[str]:
    return _named("matters", clause)


def _named(group: str, said: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _patterns(group) if pattern.search(said))


@cache
def _patterns(group: str) -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in words()[group].items()]
