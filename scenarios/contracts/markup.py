"""The marked-up Word file of a review."""

from collections.abc import Iterator
from datetime import UTC, datetime

from workbench.findings import Finding, keyed
from workbench.redline import Redline, Remark
from workbench.run import RunContext
from workbench.texts import text

from .contract import Contract
from .models import Review, ReviewRequest
from .playbooks.findings import against
from .review import review


def redline(request: ReviewRequest, deliverable: Review, context: RunContext) -> bytes:
    """The file that was handed in, its words changed to those of the newest version. Raises ``DocumentError``."""
    original = context.files.read(request.file).text if request.file else request.text or ""
    asked = Redline(
        original=original,
        proposed=deliverable.text,
        author=context.editor or text("scenarios.contracts:redline.author", context.lang),
        at=max((answer.at for answer in context.answers), default=datetime.now(UTC)),
        remarks=tuple(_remarks(original, deliverable, context)),
    )
    return context.files.redline(request.file, asked)


def _remarks(original: str, deliverable: Review, context: RunContext) -> Iterator[Remark]:
    """What is said in the margin: the findings that were accepted or reworded; all of them while none is answered.

    A rejected finding stays in the house.
    """
    answers = {answer.key: answer for answer in context.answers if answer.act != "undo"}
    contract = Contract(original, deliverable.contract_type)
    found = review(contract, context.lang, context.statutes)
    if deliverable.playbook:
        found += against(contract, deliverable.playbook, deliverable.side, context.lang)
    for key, finding in keyed(found):
        answer = answers.get(key)
        if answer is None and (answers or finding.severity == "info"):
            continue
        if answer is None or answer.act != "reject":
            yield Remark(_said(finding, answer.note if answer else ""), finding.where.start, finding.where.end)


def _said(finding: Finding, note: str) -> str:
    basis = finding.basis.split("\n")[0]
    return "\n".join(filter(None, [note or finding.message, "" if note else finding.suggestion, basis]))
