"""How far two clauses speak of the same thing."""

import math
from collections import Counter
from collections.abc import Iterable

from .facts import Clause


class Weights:
    """What a word tells: the fewer clauses have it, the more. In a handful of clauses all tell about the same."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self._seen: Counter[str] = Counter()
        self._count = 0
        for clause in clauses:
            self._seen.update(clause.subject)
            self._count += 1

    def of(self, words: Iterable[str]) -> float:
        """The sum of what ``words`` tell."""
        return sum(math.log(1 + (self._count + 3) / (1 + self._seen[word])) for word in words)

    def alike(self, one: Clause, other: Clause) -> float:
        """0 to 1: each must find most of what it speaks of in the other or in what stands around it."""
        mine, theirs = one.subject or one.wide, other.subject or other.wide
        if not mine or not theirs or not (one.wide & other.wide):
            return 0.0
        there = self.of(mine & other.wide) / self.of(mine)
        back = self.of(theirs & one.wide) / self.of(theirs)
        return 0.6 * min(there, back) + 0.4 * max(there, back)
