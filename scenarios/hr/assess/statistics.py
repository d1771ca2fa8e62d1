"""Item statistics over a batch of marked tests, by classical test theory.

Sources: Ebel and Frisbie, Essentials of Educational Measurement (5th ed., 1991), chapters 5 and 13; Kelley, Journal of
Educational Psychology 30 (1939), for the upper and lower 27 percent; Cronbach, Psychometrika 16 (1951), for alpha.
"""

from collections import Counter
from collections.abc import Sequence
from statistics import mean, pstdev, pvariance

from workbench.texts import Lang, text

from .marking import letters
from .models import OBJECTIVE, Item, Result, Statistics

LEAST = 10
"""With fewer tests the figures say little, which the note says."""
_GROUP = 0.27
_EASY, _HARD, _WEAK = 0.9, 0.25, 0.2


def statistics(items: Sequence[Item], results: Sequence[Result], lang: Lang) -> list[Statistics]:
    """One line for each item; empty without results."""
    if not results:
        return []
    shares = [[mark.points / mark.max if mark.max else 0.0 for mark in one.marks] for one in results]
    return [_of(item, place, shares, results, lang) for place, item in enumerate(items)]


def reliability(results: Sequence[Result]) -> float | None:
    """Cronbach's alpha; None where all have the same score, or fewer than two tests or items are there."""
    if len(results) < 2 or len(results[0].marks) < 2:
        return None
    columns = [[one.marks[place].points for one in results] for place in range(len(results[0].marks))]
    total = pvariance([one.score for one in results])
    count = len(columns)
    return round(count / (count - 1) * (1 - sum(map(pvariance, columns)) / total), 3) if total else None


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Pearson's r; None where one of them does not vary."""
    spread = pstdev(xs) * pstdev(ys)
    if spread < 1e-12:
        return None
    middle_x, middle_y = mean(xs), mean(ys)
    return mean([(x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True)]) / spread


def _of(item: Item, place: int, shares: Sequence[Sequence[float]], results: Sequence[Result], lang: Lang) -> Statistics:
    own = [one[place] for one in shares]
    rest = [one.score - one.marks[place].points for one in results]
    discrimination = correlation(own, rest) if len(results) > 1 else None
    ranked = sorted(range(len(results)), key=lambda number: -results[number].score)
    size = max(round(len(ranked) * _GROUP), 1)
    upper_lower = None
    if len(ranked) >= 4:
        upper_lower = mean(own[number] for number in ranked[:size]) - mean(own[number] for number in ranked[-size:])
    chosen: Counter[str] = Counter({option.key: 0 for option in item.options})
    if item.kind in OBJECTIVE:
        chosen.update(letter for one in results for letter in letters(item, one.marks[place].given))
    found = Statistics(
        item=item.id,
        taken=sum(bool(one.marks[place].given) for one in results),
        difficulty=round(mean(own), 3),
        discrimination=None if discrimination is None else round(discrimination, 3),
        upper_lower=None if upper_lower is None else round(upper_lower, 3),
        chosen=dict(chosen),
    )
    return found.model_copy(update={"note": _note(item, found, len(results), lang)})


def _note(item: Item, found: Statistics, count: int, lang: Lang) -> str:
    notes = []
    if found.discrimination is not None and found.discrimination < 0:
        notes.append("key")
    elif found.discrimination is not None and found.discrimination < _WEAK:
        notes.append("weak")
    notes += ["easy"] if found.difficulty > _EASY else ["hard"] if found.difficulty < _HARD else []
    if item.kind in OBJECTIVE and any(not found.chosen[one.key] for one in item.options if one.key not in item.key):
        notes.append("distractor")
    if count < LEAST:
        notes.append("few")
    return ("；" if lang == "zh" else "; ").join(text(f"scenarios.hr:item.{one}", lang) for one in notes)
