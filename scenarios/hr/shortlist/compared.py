"""Why one person stands above another: requirement by requirement, in points."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..models import VALUES, Candidate, Decision, Requirement
from ..ranking import CLOSENESS, UNMET


@dataclass(frozen=True)
class Difference:
    """One requirement that tells two people apart; ``gain`` is what it adds to the first one's lead, of 100 points,
    before hard requirements halve a score. ``requirement`` is None for closeness to the description."""

    requirement: Requirement | None
    first: Decision | float
    second: Decision | float
    gain: float


def differences(first: Candidate, second: Candidate, requirements: Sequence[Requirement]) -> list[Difference]:
    """What tells them apart, the largest effect first."""
    total = sum(one.weight or 0.0 for one in requirements) + CLOSENESS
    found = []
    for asked, a, b in zip(requirements, first.verdicts, second.verdicts, strict=True):
        gain = 100 * (asked.weight or 0.0) * (VALUES[a.verdict] - VALUES[b.verdict]) / total
        if a.verdict != b.verdict:
            found.append(Difference(asked, a.verdict, b.verdict, round(gain, 2)))
    near = 100 * CLOSENESS * (first.closeness - second.closeness) / total
    if abs(near) >= 0.005:
        found.append(Difference(None, first.closeness, second.closeness, round(near, 2)))
    return sorted(found, key=lambda one: -abs(one.gain))


def missed(one: Candidate, requirements: Sequence[Requirement]) -> tuple[int, float]:
    """How many hard requirements somebody misses, and what that leaves of the score."""
    count = sum(
        bool(asked.hard and asked.weight) and verdict.verdict == "not_met"
        for asked, verdict in zip(requirements, one.verdicts, strict=True)
    )
    return count, UNMET**count
