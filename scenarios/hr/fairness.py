"""The four-fifths rule: whether people of one group are chosen markedly less often than those of another.

Source: Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D) (1978). A ratio below 0.8 is a sign to
look, no proof; with few people chance alone gives such ratios. Group data comes from the company and touches no score.
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from .models import Candidate, GroupRate, Requirement

LEAST_RATIO = 0.8
FEW = 5
"""With fewer people in a group its rate says little."""


def rates(
    candidates: Sequence[Candidate], requirements: Sequence[Requirement], groups: Mapping[str, str]
) -> list[GroupRate]:
    """The share of each group that is chosen, and that over the best group's share.

    Chosen is who is invited, once somebody decided; before that, who stands in the upper half and misses no hard
    requirement.
    """
    named = {PurePath(name).name: group.strip() for name, group in groups.items() if group.strip()}
    of = {one.file: named.get(PurePath(one.file.replace("\\", "/")).name, "") for one in candidates}
    chosen = _chosen(candidates, requirements)
    found = []
    for group in sorted({group for group in of.values() if group}):
        people = [file for file, name in of.items() if name == group]
        selected = sum(file in chosen for file in people)
        found.append(GroupRate(group=group, people=len(people), selected=selected, rate=selected / len(people)))
    best = max((one.rate for one in found), default=0.0)
    return [
        one.model_copy(update={"rate": round(one.rate, 4), "ratio": round(one.rate / best, 4) if best else None})
        for one in found
    ]


def _chosen(candidates: Sequence[Candidate], requirements: Sequence[Requirement]) -> set[str]:
    if any(one.decision for one in candidates):
        return {one.file for one in candidates if one.decision == "invite"}
    hard = {one.id for one in requirements if one.hard and one.weight}
    upper = (len(candidates) + 1) // 2
    return {
        one.file
        for one in candidates
        if one.rank <= upper and not any(v.requirement in hard and v.verdict == "not_met" for v in one.verdicts)
    }
