"""What differs between two sentences, phrase by phrase: the smallest part that can be read by itself."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from workbench.comparison import tokens

from ..folding import fold
from .references import REFERENCE
from .units import silent

_STOPS = frozenset("，,；;。！？!?")
_INSIDE = re.compile(r"(?<=\d), ?(?=\d{3,4}\b)")  # the comma of a date or a figure parts no phrases
_KEPT = 0.35  # share of common words below which a sentence was written anew

Span = tuple[int, int]
Known = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word that counts, its offsets, and the number of its phrase."""

    text: str
    start: int
    end: int
    phrase: int


def words(text: str, spans: Sequence[Span]) -> list[Word]:
    """The words of stretches of ``text``; white space and punctuation only part them. A reference is one word."""
    found: list[Word] = []
    phrase = 0
    for start, end in spans:
        for piece, at in _pieces(text, start, end):
            if silent(piece):
                found.append(Word(fold(piece), at, at + len(piece), phrase))
            elif _STOPS.intersection(piece) and not _INSIDE.match(text, at):
                phrase += 1
        phrase += 1
    return found


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    at = start
    for match in REFERENCE.finditer(text, start, end):
        yield from _tokens(text, at, match.start())
        yield match.group(), match.start()
        at = match.end()
    yield from _tokens(text, at, end)


def _tokens(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    for piece in tokens(text[start:end]):
        yield piece, start
        start += len(piece)


def differences(old: Sequence[Word], new: Sequence[Word], known: Known) -> Iterator[tuple[list[Word], list[Word]]]:
    """The phrases that differ, as the words before and after; one side is empty where a whole phrase came or went.

    ``known`` gives what a word of the version before is called now: references follow renumbering.
    """
    matcher = SequenceMatcher(None, [known(word.text) for word in old], [word.text for word in new], autojunk=False)
    blocks = matcher.get_matching_blocks()
    same = [(block.a + step, block.b + step) for block in blocks for step in range(block.size)]
    if len(same) == len(old) == len(new):
        return
    if 2 * len(same) < _KEPT * (len(old) + len(new)):
        yield list(old), list(new)
        return
    shared = set(same)
    for (i1, i2), (j1, j2) in _blocks(old, new, same):
        if i2 - i1 != j2 - j1 or any((i1 + step, j1 + step) not in shared for step in range(i2 - i1)):
            yield list(old[i1:i2]), list(new[j1:j2])


def _blocks(old: Sequence[Word], new: Sequence[Word], same: Sequence[tuple[int, int]]) -> Iterator[tuple[Span, Span]]:
    """Both sentences in order, cut between phrases but never between words that belong together."""
    phrases: list[tuple[list[int], list[int]]] = []
    for i, j in same:
        p, q = old[i].phrase, new[j].phrase
        if phrases and (p <= phrases[-1][0][1] or q <= phrases[-1][1][1]):
            phrases[-1][0][1], phrases[-1][1][1] = p, q
        else:
            phrases.append(([p, p], [q, q]))
    i = j = 0
    for before, after in phrases:
        i1, j1 = _first(old, i, before[0]), _first(new, j, after[0])
        i2, j2 = _first(old, i1, before[1] + 1), _first(new, j1, after[1] + 1)
        if i1 > i or j1 > j:
            yield (i, i1), (j, j1)
        yield (i1, i2), (j1, j2)
        i, j = i2, j2
    if i < len(old) or j < len(new):
        yield (i, len(old)), (j, len(new))


def _first(words: Sequence[Word], at: int, phrase: int) -> int:
    """The first word from ``at`` on that belongs to ``phrase`` or a later one."""
    while at < len(words) and words[at].phrase < phrase:
        at += 1
    return at
