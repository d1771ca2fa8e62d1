"""What people decide about findings: the proposed wording, other words or neither; and the text that follows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from .approvals import Actor, Frozen
from .errors import RequestError
from .findings import Finding

AnswerAct = Literal["accept", "edit", "reject", "undo"]


class Answer(Frozen):
    """Somebody's decision about a finding; ``undo`` takes it back, nothing is ever removed.

    ``wording`` stands in place of the quoted words; None changes none (a rejected finding, or one that is only said in
    the margin). ``note`` is for the other side, or why it is rejected.
    """

    key: str
    rule: str
    quote: str = ""
    act: AnswerAct
    wording: str | None = None
    note: str = ""
    actor: Actor
    version: int
    at: datetime


def worded(text: str, answered: Iterable[tuple[Finding, Answer]]) -> str:
    """``text`` with the wordings that were decided on. Raises ``RequestError`` where two of them meet."""
    places = sorted(
        (finding.where.start, finding.where.end, answer.wording)
        for finding, answer in answered
        if answer.wording is not None and finding.where.start is not None and finding.where.end is not None
    )
    if not places:
        raise RequestError("workbench:answer.nothing")
    parts, at = [], 0
    for start, end, wording in places:
        if start < at:
            raise RequestError("workbench:answer.overlap", quote=text[start:end])
        parts += [text[at:start], wording]
        at = end
    return "".join([*parts, text[at:]])
