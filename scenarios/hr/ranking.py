"""From verdicts to scores and ranks, with the arithmetic written out. The same verdicts always give the same ranks."""

from collections.abc import Sequence

from .models import VALUES, Candidate, Requirement, Verdict

CLOSENESS = 6.0
"""The weight of being near the description as a whole, beside the weights of the requirements."""
UNMET = 0.5
"""What each hard requirement that is not met leaves of the score. Not stated costs nothing here: it is to be asked."""


def score(requirements: Sequence[Requirement], verdicts: Sequence[Verdict], closeness: float) -> tuple[float, str]:
    """(0 to 100, the arithmetic) for verdicts in the order of the requirements and a closeness of 0 to 1."""
    total = sum(one.weight or 0.0 for one in requirements) + CLOSENESS
    gained = [
        (one.weight or 0.0) * VALUES[verdict.verdict] for one, verdict in zip(requirements, verdicts, strict=True)
    ]
    unmet = sum(
        bool(one.hard and one.weight) and verdict.verdict == "not_met"
        for one, verdict in zip(requirements, verdicts, strict=True)
    )
    points = 100 * (sum(gained) + CLOSENESS * closeness) / total * UNMET**unmet
    terms = " + ".join(f"{_plain(gain)}" for gain in gained if gain)
    shown = f"100 × ({terms or '0'} + {_plain(CLOSENESS)} × {closeness:.2f}) ÷ {_plain(total)}"
    return round(points, 2), shown + f" × {_plain(UNMET)}" * unmet + f" = {points:.2f}"


def ranked(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Best first, numbered from 1; equal scores share a rank and stand by closeness, then by file."""
    ordered = sorted(candidates, key=lambda one: (-one.score, -one.closeness, one.file))
    found: list[Candidate] = []
    for place, candidate in enumerate(ordered, 1):
        same = found and found[-1].score == candidate.score
        found.append(candidate.model_copy(update={"rank": found[-1].rank if same else place}))
    return found


def _plain(value: float) -> str:
    return f"{value:g}"
