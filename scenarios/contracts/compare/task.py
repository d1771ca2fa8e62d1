"""``contracts compare``: two versions of a contract, clause by clause."""

from collections.abc import Sequence
from datetime import UTC, datetime

from workbench.document import SourceDocument
from workbench.findings import Finding, Severity, Where
from workbench.redline import Redline
from workbench.run import RunContext
from workbench.scenario import Extra, Section, Task
from workbench.texts import Lang, text

from ..contract import Contract
from ..playbooks.playbook import from_file, playbook
from .compose import comparison, summary
from .models import Change, CompareDraft, CompareRequest, Comparison
from .positions import ours, weighed
from .risk import Level

_SEVERITY: dict[Level, Severity] = {"high": "error", "medium": "warning", "low": "info"}


class CompareTask(Task[CompareRequest, Comparison, CompareDraft]):
    """The changes are the result; a model may only summarise them."""

    name = "compare"
    errors_block = False
    request = CompareRequest
    deliverable = Comparison
    draft = CompareDraft

    def gather(self, request: CompareRequest, context: RunContext) -> None:
        for name in ("before", "after"):
            path, words = getattr(request, name), getattr(request, f"{name}_text")
            context.notes[name] = context.files.read(path) if path else SourceDocument(words, "", "text/plain")
        if request.playbook_file:
            context.notes["playbook"] = from_file(request.playbook_file, context.files)
        elif request.playbook not in ("none", "auto"):
            context.notes["playbook"] = playbook(request.playbook)

    def compose(self, request: CompareRequest, context: RunContext) -> Comparison:
        made = comparison(request, context.notes["before"], context.notes["after"], context.lang)
        book = context.notes.get("playbook")
        if book is None and request.playbook == "auto":
            book = ours(Contract(made.before_text), request.side)
        if book is None or not made.changes:
            return made
        made = weighed(made, book, context.lang)
        return made.model_copy(update={"summary": summary(made, context.lang)})

    def brief(self, request: CompareRequest, context: RunContext) -> dict[str, str]:
        made = self.compose(request, context)
        lines = (
            f"- {change.kind} ({change.risk}) {change.clause}: {change.before[:300]} => {change.after[:300]}"
            for change in made.changes[:80]
        )
        return {"side": made.side or "-", "counts": made.summary, "changes": "\n".join(lines) or "-"}

    def settle(self, request: CompareRequest, draft: CompareDraft, context: RunContext) -> Comparison:
        return self.compose(request, context).model_copy(update={"summary": draft.summary})

    def check(self, request: CompareRequest, deliverable: Comparison, context: RunContext) -> list[Finding]:
        found = [_finding(change, deliverable, context.lang) for change in deliverable.changes]
        return [
            *found,
            *(
                Finding(
                    rule="compare.stale_reference",
                    severity="warning",
                    message=text("scenarios.contracts:compare.stale", context.lang),
                    where=Where(quote=quote),
                    suggestion=text("scenarios.contracts:compare.stale.fix", context.lang),
                )
                for quote in deliverable.stale
            ),
        ]

    def extras(self, request: CompareRequest, deliverable: Comparison, context: RunContext) -> Sequence[Extra]:
        """The version before with all that was changed as tracked changes."""

        def make() -> bytes:
            original = context.files.read(request.before).text if request.before else request.before_text or ""
            author = text("scenarios.contracts:task.compare", context.lang)
            asked = Redline(original, deliverable.after_text, author, datetime.now(UTC))
            return context.files.redline(request.before, asked)

        return [Extra("redline.docx", text("scenarios.contracts:redline.compare", context.lang), make)]

    def revised(self, deliverable: Comparison, text: str) -> Comparison:
        return deliverable.model_copy(update={"summary": text})

    def text(self, deliverable: Comparison) -> str:
        return deliverable.summary

    def sections(self, deliverable: Comparison, lang: Lang) -> Sequence[Section]:
        def say(key: str) -> str:
            return text(f"scenarios.contracts:{key}", lang)

        names = ("clause", "kind", "before", "after", "tracked", "risk", "reason")
        rows = tuple(
            (
                change.clause,
                say(f"compare.kind.{change.kind}"),
                change.before,
                change.after,
                say(f"compare.tracked.{'yes' if change.tracked else 'no'}"),
                say(f"compare.level.{change.risk}"),
                change.reason,
            )
            for change in deliverable.changes
        )
        header = tuple(say(f"compare.column.{name}") for name in names)
        renumbered = tuple(f"{one.before} → {one.after}" for one in deliverable.renumbered)
        return [
            Section(say("task.compare"), tuple(deliverable.summary.split("\n"))),
            Section(say("compare.changes"), table=(header, *rows) if rows else ()),
            *([Section(say("compare.renumbered"), items=renumbered, ordered=False)] if renumbered else []),
        ]


def _finding(change: Change, deliverable: Comparison, lang: Lang) -> Finding:
    silent = deliverable.traceable and not change.tracked
    key = "compare.silent" if silent else "compare.change"
    severity = _SEVERITY[change.risk]
    return Finding(
        rule=key,
        severity=severity,
        message=text(
            f"scenarios.contracts:{key}",
            lang,
            kind=text(f"scenarios.contracts:compare.kind.{change.kind}", lang),
            clause=change.clause or text("scenarios.contracts:compare.head", lang),
        )
        + (
            text("scenarios.contracts:compare.was", lang, before=change.before[:200])
            if change.kind == "replace"
            else ""
        ),
        where=Where(quote=(change.after or change.before)[:400]),
        basis=change.reason,
        suggestion=text("scenarios.contracts:compare.silent.fix", lang) if silent else "",
    )
