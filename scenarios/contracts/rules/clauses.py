"""``clause.missing``: what a contract of this type must say and this one does not."""

import re
from collections.abc import Iterator

from ..contract import Contract
from ..issue import Issue
from ..kinds import Clause, essential

_CONTRACT = re.compile(r"合同|协议|契约")
_SHORTEST = 300
_ASIDE = re.compile(r"逾期|违约|延迟|迟延|拖欠|顺延|滞纳|赔偿|扣除|不足以")
"""Words of a part that speaks of a breach: it mentions a rent or a delivery and does not agree on one."""
_PART = re.compile("[^，,。；;\n]+")
_OF_BREACH = ("breach", "dispute", "insurance", "ip", "secret", "quality", "debt")
"""Clauses for which such words say nothing."""


def check(contract: Contract) -> Iterator[Issue]:
    """The essential clauses that are nowhere. ``where`` is empty: there is no place to point at."""
    if contract.lang != "zh" or len(contract.text) < _SHORTEST or not _CONTRACT.search(contract.folded):
        return
    if len(contract.labels) < 3:
        return
    headings = contract.headings
    kind = contract.kind if contract.kind != "other" or len(contract.parties) > 1 else ""
    for clause in essential(kind):
        if not _there(contract, clause, headings):
            name = {"zh": clause.zh, "en": clause.en}
            kind = contract.kind
            yield Issue("clause.missing", "warning", None, None, {"clause": name, "kind": kind}, law=_law(kind))


def _there(contract: Contract, clause: Clause, headings: list[str]) -> bool:
    if any(clause.heading.search(heading) for heading in headings):
        return True
    text = contract.folded
    for match in clause.body.finditer(text):
        part = _PART.search(text, max(text.rfind(mark, 0, match.start()) for mark in "，,。；;\n") + 1)
        if clause.id in _OF_BREACH or part is None or not _ASIDE.search(part.group()):
            return True
    return False


def _law(kind: str) -> tuple[tuple[str, int], ...]:
    """The article that lists what such a contract says."""
    numbers = {
        "employment": ("劳动合同法", 17),
        "purchase": ("民法典", 596),
        "loan": ("民法典", 668),
        "lease": ("民法典", 704),
    }
    numbers |= {"construction": ("民法典", 795), "technology": ("民法典", 845), "guarantee": ("民法典", 684)}
    return (numbers.get(kind, ("民法典", 470)),)
