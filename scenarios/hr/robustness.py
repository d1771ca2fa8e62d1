"""Whether a shortlist stands: run again it must come out the same, and with other genders, ages and names as well.

Counterfactual test: Kusner et al., Counterfactual Fairness (2017). Agreement of two rankings: Kendall, A New Measure of
Rank Correlation (1938), tau-b, which allows for people who share a rank.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from workbench.document import SourceDocument
from workbench.run import RunContext

from .matching import compared, day_of
from .models import Match, MatchRequest, Stability
from .people import read_people
from .person import Person, Trait
from .understanding import understood

AGAIN = 2
"""Further runs beside the one that is kept."""
_SWAPS = {
    "男": "女", "女": "男", "male": "female", "female": "male", "先生": "女士", "女士": "先生",
    "已婚": "未婚", "未婚": "已婚", "he": "she", "she": "he", "his": "her", "her": "his", "him": "her",
    "mr.": "ms.", "ms.": "mr.", "mrs.": "mr.", "married": "single", "汉族": "回族",
}  # fmt: skip
_NAMES = {"zh": "郑安", "en": "Robin Vale"}
_WORD = re.compile("|".join(sorted((re.escape(one) for one in _SWAPS), key=len, reverse=True)), re.IGNORECASE)
_AGE = re.compile(r"(?<!\d)[2-5]\d(?=\s?周?岁)|(?<!\d)(?:19[5-9]\d|200\d)(?!\d)|\b[2-5]\d(?=\s+years?\s+old)")


@dataclass(frozen=True)
class Swap:
    """One person with traits swapped: how many places of the resume were changed, the score before and after."""

    file: str
    changed: int
    before: float
    after: float


def stability(request: MatchRequest, context: RunContext, found: Match) -> Stability:
    """``found`` against ``AGAIN`` further runs over the same files."""
    people, unreadable = read_people(request, context, day_of(request, context))
    others = [compared(request, context, people, unreadable) for _ in range(AGAIN)]
    return agreement(found, others)


def agreement(found: Match, others: Sequence[Match]) -> Stability:
    """Kendall's tau of the ranks (the lowest of all) and the share of verdicts that are the same everywhere."""
    ranks = {one.file: one.rank for one in found.candidates}
    taus, same, total = [1.0], 0, 0
    for other in others:
        again = {one.file: one for one in other.candidates}
        both = [file for file in ranks if file in again]
        taus.append(tau([ranks[file] for file in both], [again[file].rank for file in both]))
        for one in found.candidates:
            told = {v.requirement: v.verdict for v in again[one.file].verdicts} if one.file in again else {}
            total += len(one.verdicts)
            same += sum(told.get(v.requirement) == v.verdict for v in one.verdicts)
    return Stability(runs=len(others) + 1, tau=round(min(taus), 4), same=round(same / total, 4) if total else 1.0)


def tau(first: Sequence[int], second: Sequence[int]) -> float:
    """Kendall's tau-b, 1 where nobody can be told apart in either."""
    score = ties_first = ties_second = 0
    pairs = list(combinations(zip(first, second, strict=True), 2))
    for (a, b), (c, d) in pairs:
        score += ((a > c) - (a < c)) * ((b > d) - (b < d))
        ties_first += a == c
        ties_second += b == d
    size = math.sqrt((len(pairs) - ties_first) * (len(pairs) - ties_second))
    return score / size if size else 1.0 if ties_first == ties_second else 0.0


def swapped(request: MatchRequest, context: RunContext) -> list[Swap]:
    """Everybody of a request once more with another gender, age, marital status and name: scores must not move."""
    today = day_of(request, context)
    people, unreadable = read_people(request, context, today)
    before = {one.file: one.score for one in compared(request, context, people, unreadable).candidates}
    others, changed = [], {}
    for resume, also in people:
        words, changed[resume.file] = other_person(resume.text, resume.person)
        document = SourceDocument(words, resume.document.title, resume.document.media_type)
        others.append((understood(resume.file, document, today, blind=request.blind), also))
    after = compared(request, context, others, unreadable)
    return [Swap(one.file, changed[one.file], before[one.file], one.score) for one in after.candidates]


def other_person(text: str, person: Person) -> tuple[str, int]:
    """``text`` about somebody else, and in how many places it differs."""
    parts, place, changed = [], 0, 0
    for trait in person.traits:
        if trait.start < place:
            continue
        words = _other(text[trait.start : trait.end], trait, person.name)
        changed += words != text[trait.start : trait.end]
        parts += [text[place : trait.start], words]
        place = trait.end
    return "".join([*parts, text[place:]]), changed


def _other(words: str, trait: Trait, name: str) -> str:
    if trait.kind == "name":
        return _NAMES["en" if name.isascii() else "zh"] if len(words) >= len(name) else words
    words = _AGE.sub(lambda match: str(int(match.group()) + 7), words)
    return _WORD.sub(lambda match: _SWAPS[match.group().lower()], words)
