"""The decision on one condition, and how several become one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..models import Decision

ORDER: tuple[Decision, ...] = ("met", "partly", "not_met", "not_stated")
"""From best to worst, as decisions stand for somebody."""
Say = Callable[..., str]
"""Gives a reason in the person's language: key of ``texts.yaml`` and the values in it."""


@dataclass
class Part:
    """The decision on one condition: the places that show it, and the reason in the person's language."""

    decision: Decision
    places: list[tuple[int, int]] = field(default_factory=list)
    reason: str = ""


def best(parts: Sequence[Part]) -> Part:
    """The one that stands best: any of the conditions is enough."""
    return min(parts, key=lambda part: ORDER.index(part.decision))


def joined(parts: Sequence[Part]) -> Part:
    """All of the parts must hold."""
    parts = sorted(parts, key=lambda part: ORDER.index(part.decision))
    decisions = {part.decision for part in parts}
    reason = " ".join(part.reason for part in parts if part.reason)
    places = [place for part in parts for place in part.places]
    return Part(together(decisions), places, reason)


def together(decisions: set[Decision]) -> Decision:
    """What several conditions that must all hold come to."""
    if len(decisions) == 1:
        return next(iter(decisions))
    return "partly" if decisions & {"met", "partly"} else "not_met"


def plain(value: float) -> str:
    """A number without needless decimals."""
    return f"{value:,.1f}".removesuffix(".0")
