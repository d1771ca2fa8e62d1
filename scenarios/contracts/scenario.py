"""The declaration of the contracts scenario, and the review of a contract."""

from collections.abc import Sequence
from functools import partial

from workbench.document import SourceDocument
from workbench.findings import Finding
from workbench.run import RunContext
from workbench.scenario import Extra, Scenario, Section, Task
from workbench.statutes import Statutes
from workbench.texts import Lang, text

from .approval import SEED
from .compare.task import CompareTask
from .compose import read_contract, summary
from .contract import Contract
from .drafting.task import DraftTask
from .markup import redline
from .models import Review, ReviewDraft, ReviewRequest
from .playbooks.findings import against
from .playbooks.playbook import from_file, playbook, suited
from .register.task import RegisterTask
from .review import review
from .unseen import unseen


class ReviewTask(Task[ReviewRequest, Review, ReviewDraft]):
    """``contracts review``: the findings of the rules are the result, the deliverable is the text they point into."""

    name = "review"
    errors_block = False
    request = ReviewRequest
    deliverable = Review
    draft = ReviewDraft

    def gather(self, request: ReviewRequest, context: RunContext) -> None:
        if request.file:
            context.notes["document"] = context.files.read(request.file)
        else:
            context.notes["document"] = SourceDocument(request.text or "", "", "text/plain")
        if request.playbook_file:
            context.notes["playbook"] = from_file(request.playbook_file, context.files)
        elif request.playbook not in ("none", "auto"):
            context.notes["playbook"] = playbook(request.playbook)

    def compose(self, request: ReviewRequest, context: RunContext) -> Review:
        made = read_contract(request, context.notes["document"], context.lang)
        book = context.notes.get("playbook")
        if request.playbook == "auto" and (name := suited(made.contract_type, request.side)):
            book = playbook(name)
        return made.model_copy(update={"playbook": book})

    def brief(self, request: ReviewRequest, context: RunContext) -> dict[str, str]:
        made = self.compose(request, context)
        return {"title": made.title or "-", "side": made.side or "-", "contract": made.text[:20_000]}

    def settle(self, request: ReviewRequest, draft: ReviewDraft, context: RunContext) -> Review:
        return self.compose(request, context).model_copy(update={"summary": draft.summary})

    def check(self, request: ReviewRequest, deliverable: Review, context: RunContext) -> list[Finding]:
        found = _findings(deliverable, context.lang, context.statutes)
        return [*unseen(deliverable, context.lang), *found]

    def extras(self, request: ReviewRequest, deliverable: Review, context: RunContext) -> Sequence[Extra]:
        """The contract as a Word file: what was changed as tracked changes, what was answered as margin comments."""
        title = text("scenarios.contracts:redline", context.lang)
        return [Extra("redline.docx", title, partial(redline, request, deliverable, context))]

    def revised(self, deliverable: Review, text: str) -> Review:
        """Pages are where they were in the file; a changed text has none."""
        kept = deliverable.pages if text == deliverable.text else []
        return deliverable.model_copy(update={"text": text, "pages": kept})

    def text(self, deliverable: Review) -> str:
        return deliverable.text

    def sections(self, deliverable: Review, lang: Lang) -> Sequence[Section]:
        def say(key: str) -> str:
            return text(f"scenarios.contracts:{key}", lang)

        found = _findings(deliverable, lang)
        header = tuple(say(f"column.{name}") for name in ("severity", "role", "message", "quote", "suggestion"))
        rows = tuple(
            (say(f"severity.{f.severity}"), say(f"role.{f.role}"), f.message, f.where.quote[:200], f.suggestion)
            for f in found
        )
        return [
            Section(deliverable.title or say("section.summary"), (summary(deliverable, lang),)),
            Section(
                say("section.findings"), () if rows else (say("section.none"),), table=(header, *rows) if rows else ()
            ),
            Section(
                say("section.text"), tuple(filter(None, map(str.strip, deliverable.text.split("\n")))), quoted=True
            ),
        ]


def _findings(deliverable: Review, lang: Lang, statutes: Statutes | None = None) -> list[Finding]:
    """What the rules find, then what the playbook does."""
    contract = Contract(deliverable.text, deliverable.contract_type)
    found = review(contract, lang, statutes, deliverable.pages)
    if deliverable.playbook is not None:
        found += against(contract, deliverable.playbook, deliverable.side, lang, deliverable.pages)
    return found


CONTRACTS = Scenario(
    slug="contracts", icon="gavel", tasks=(ReviewTask(), DraftTask(), CompareTask(), RegisterTask()), chain=SEED
)
