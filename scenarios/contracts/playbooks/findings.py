"""What a playbook finds, in the person's words: their wording, ours beside it, and the fallback to propose."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from workbench.findings import Finding, Severity, Where
from workbench.texts import Lang, text

from ..contract import Contract
from .deviations import Level, Outcome, outcomes
from .playbook import Playbook

_ROOM = "scenarios.contracts.playbooks"
_HEAD = re.compile(r"[.、．)）]?[^\S\n]*(?:[\u4e00-\u9fff]{2,8}[:：])?")
"""What stands between a clause's number and its words, a title too."""
_SEVERITY: dict[Level, Severity] = {"never": "error", "deviation": "warning", "missing": "warning", "fallback": "info"}


def against(contract: Contract, book: Playbook, side: str, lang: Lang, pages: Sequence[int] = ()) -> list[Finding]:
    """A finding for each position that the contract does not meet, ``playbook.<level>``."""
    found = outcomes(contract, book, side)
    return [_finding(one, contract, book, lang, pages) for one in found if one.level != "preferred"]


def _finding(one: Outcome, contract: Contract, book: Playbook, lang: Lang, pages: Sequence[int]) -> Finding:
    position = one.position
    where = Where()
    if one.start is not None and one.end is not None:
        page = bisect_right(pages, one.start) if pages else None
        where = Where(quote=contract.text[one.start : one.end], start=one.start, end=one.end, page=page)
    title = f"{book.title}（{book.version}）" if book.version else book.title
    basis = text(f"{_ROOM}:basis", lang, title=title, preferred=position.preferred)
    for part in ("fallback", "never"):
        if said := getattr(position, part):
            basis += text(f"{_ROOM}:basis.{part}", lang, **{part: said})
    fix = "fix.fallback" if position.fallback and one.level != "fallback" else "fix"
    return Finding(
        rule=f"playbook.{one.level}",
        severity=_SEVERITY[one.level],
        message=text(f"{_ROOM}:message.{one.level}", lang, clause=position.clause),
        where=where,
        basis=basis,
        suggestion=text(f"{_ROOM}:{fix}", lang, preferred=position.preferred, fallback=position.fallback),
        proposal=_proposal(one, contract) if position.preferred and where.start is not None else None,
        role=position.role,
    )


def _proposal(one: Outcome, contract: Contract) -> str:
    """Our wording in place of theirs, behind the number that their clause has."""
    text, start, end = contract.text, one.start or 0, one.end or 0
    number = next((label for label in contract.labels if label.start <= start < label.end <= end), None)
    head = _HEAD.match(text, number.end, end) if number else None
    return (text[start : head.end()] if head else "") + one.position.preferred
