"""A line that says what is asked for in other words: shared words and closeness in meaning together."""

from collections.abc import Sequence
from statistics import mean, pstdev

from ..closeness import STRANGERS, Likeness
from ..resume import Resume
from ..taxonomy import folded
from ..wording import COMMON, terms
from .mentions import LEARNING, denied
from .part import Part, Say

_APART, _SHARE, _MOST = 0.02, 0.15, 4.0
"""What a deviation above the lines of other trades adds to a cosine, and what shared words add; more
deviations than four say no more."""
_NEAR = 0.945
"""From this sum a line is taken for what is asked: chosen on labelled pairs that no rule had decided, where it found 9
of 20 that are said in other words and took 4 of 212 silent ones wrongly."""
_LINES = 3
_SHORTEST = 4


def near(resume: Resume, wanted: str, likeness: Likeness, say: Say) -> Part:
    """Looks at the lines that share a telling word with ``wanted``; a denial or a beginning counts as such."""
    telling = frozenset(word for word in terms(wanted) if len(word) > 1 and word not in COMMON)
    lines = _sharing(resume, telling)
    if not lines:
        return Part("not_stated", [], say("reason.silent"))
    strangers = likeness(wanted, STRANGERS)
    usual, spread = mean(strangers), pstdev(strangers) or 1.0
    cosines = likeness(wanted, [resume.seen[start:end] for _, start, end in lines])
    found, start, end = max(
        (cosine + _APART * min((cosine - usual) / spread, _MOST) + _SHARE * share, start, end)
        for cosine, (share, start, end) in zip(cosines, lines, strict=True)
    )
    if found < _NEAR:
        return Part("not_stated", [], say("reason.silent"))
    if denied(resume.seen, end, end):
        return Part("not_met", [(start, end)], say("reason.lacks"))
    return Part(
        "partly" if LEARNING.search(folded(resume.seen[start:end])) else "met", [(start, end)], say("reason.near")
    )


def _sharing(resume: Resume, telling: frozenset[str]) -> Sequence[tuple[float, int, int]]:
    """(share of the telling words, start, end) of the lines that hold most of them."""
    found = []
    for start, end in resume.units:
        line = folded(resume.seen[start:end])
        if end - start >= _SHORTEST and (held := sum(word in line for word in telling)):
            found.append((held / len(telling), start, end))
    return sorted(found, key=lambda one: (-one[0], one[1]))[:_LINES]
