"""Changes weighed by a playbook: which of them brought a clause farther from our position, or nearer to it."""

from workbench.texts import Lang, text

from ..contract import Contract
from ..playbooks.deviations import Level as Stand
from ..playbooks.deviations import Outcome, outcomes
from ..playbooks.playbook import SIDES, Playbook, playbook, suited
from .models import Change, Comparison
from .risk import Level

_RANK: dict[Stand, int] = {"preferred": 0, "fallback": 1, "deviation": 2, "missing": 2, "never": 3}
_WEIGHT: dict[Level, int] = {"low": 0, "medium": 1, "high": 2}


def ours(contract: Contract, side: str) -> Playbook | None:
    """The shipped playbook for the contract's type where it is one for our side; without a side there is none."""
    roles = {side}.union(*(party.roles for party in contract.parties if side in party.roles))
    names = (suited(contract.kind, role) for role in sorted(roles) if side)
    return next((playbook(name) for name in names if name and roles.intersection(SIDES[playbook(name).side])), None)


def weighed(made: Comparison, book: Playbook, lang: Lang) -> Comparison:
    """With the level and reason of each change that moved a position; what our playbook never accepts is high."""
    was = {one.position.id: one for one in outcomes(Contract(made.before_text), book, made.side)}
    changes = list(made.changes)
    for now in outcomes(Contract(made.after_text), book, made.side):
        old = was.get(now.position.id)
        moved = _RANK[now.level] - (_RANK[old.level] if old else 0)
        at = next((at for at, one in enumerate(changes) if moved and _touches(one, old, now)), None)
        if at is not None:
            changes[at] = _judged(changes[at], now, lang, worse=moved > 0)
    return made.model_copy(update={"changes": changes})


def _touches(change: Change, old: Outcome | None, now: Outcome) -> bool:
    """Whether a change stands in the words that a position is judged by; where they went, in those that it was."""
    place, name = (now, "after") if now.start is not None else (old, "before")
    start, end = getattr(change, f"{name}_start"), getattr(change, f"{name}_end")
    if place is None or place.start is None or place.end is None or start is None or end is None:
        return False
    return change.kind != "move" and bool(start < place.end and max(end, start + 1) > place.start)


def _judged(change: Change, now: Outcome, lang: Lang, *, worse: bool) -> Change:
    said = text(
        f"scenarios.contracts:compare.playbook.{'worse' if worse else 'better'}",
        lang,
        clause=now.position.clause,
        preferred=now.position.preferred,
    )
    least: Level = "low" if not worse else "high" if now.level == "never" else "medium"
    level = max(change.risk, least, key=_WEIGHT.__getitem__)
    return change.model_copy(update={"risk": level, "reason": f"{change.reason}{'' if lang == 'zh' else ' '}{said}"})
