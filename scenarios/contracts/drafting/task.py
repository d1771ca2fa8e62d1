"""``contracts draft``: the form becomes a contract that passes its own review."""

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from workbench.findings import Finding
from workbench.run import RunContext
from workbench.scenario import Extra, Section, Task
from workbench.texts import Lang, text

from ..contract import Contract
from ..review import review
from .adapting import adapted, briefed
from .assembly import drafted, seated
from .beginning import complete
from .calendar import events
from .document import sections
from .draft import Drafted, DraftNotes
from .editing import reread
from .form import DraftRequest
from .library import form
from .limits import require
from .word_template import check as check_template
from .word_template import filled as fill_template

_ROOM = "scenarios.contracts.drafting"


class DraftTask(Task[DraftRequest, Drafted, DraftNotes]):
    """``contracts draft``: clauses from the library, figures and numbers from code; a model explains and adapts."""

    name = "draft"
    request = DraftRequest
    deliverable = Drafted
    draft = DraftNotes

    def subject(self, request: DraftRequest) -> str:
        return request.title or request.subject

    def language(self, request: DraftRequest, lang: Lang) -> Lang:
        return request.language or lang

    def gather(self, request: DraftRequest, context: RunContext) -> None:
        """Read the deal or the past contract, then hold the form to the law. Raises ``RequestError``."""
        filled, notes = complete(request, context)
        require(filled)
        if request.template:
            check_template(Path(request.template))
        context.notes.update(form=filled, notes=notes)

    def compose(self, request: DraftRequest, context: RunContext) -> Drafted:
        filled: DraftRequest = context.notes["form"]
        return drafted(filled, filled.language or "zh").model_copy(update={"notes": context.notes["notes"]})

    def brief(self, request: DraftRequest, context: RunContext) -> dict[str, str]:
        return briefed(self.compose(request, context), context.notes["form"])

    def settle(self, request: DraftRequest, draft: DraftNotes, context: RunContext) -> Drafted:
        return adapted(self.compose(request, context), draft, context.lang)

    def check(self, request: DraftRequest, deliverable: Drafted, context: RunContext) -> list[Finding]:
        """The review of the finished text, and attachments that are only a title so far."""
        contract = Contract(deliverable.text, form(deliverable.type).kind)
        return [*review(contract, context.lang, context.statutes), *_to_attach(deliverable, context.lang)]

    def revised(self, deliverable: Drafted, text: str) -> Drafted:  # the name that every task has
        return reread(deliverable, text)

    def text(self, deliverable: Drafted) -> str:
        return deliverable.text

    def extras(self, request: DraftRequest, deliverable: Drafted, context: RunContext) -> Sequence[Extra]:
        """The key dates as a calendar file; the contract on the company's own form where one was given."""
        lang = context.lang
        made = []
        if deliverable.dates:
            key = hashlib.sha256(deliverable.text.encode()).hexdigest()[:12]
            title = text(f"{_ROOM}:extra.dates", lang)
            made.append(Extra("dates.ics", title, partial(events, deliverable.title, deliverable.dates, key, lang)))
        if request.template:
            filled, _ = complete(request, context)
            parties = [party.model_dump() for party in seated(filled).values()]
            fill = partial(fill_template, Path(request.template), deliverable, parties, deliverable.language)
            made.append(Extra("contract.docx", text(f"{_ROOM}:extra.template", lang), fill))
        return made

    def sections(self, deliverable: Drafted, lang: Lang) -> Sequence[Section]:
        return sections(deliverable, lang)


def _to_attach(deliverable: Drafted, lang: Lang) -> list[Finding]:
    """An attachment without words must be put behind its page before the contract is signed."""
    return [
        Finding(
            rule="reference.missing_attachment",
            severity="info",
            message=text(f"{_ROOM}:attach.message", lang, title=one.title),
            basis=text(f"{_ROOM}:attach.basis", lang),
            suggestion=text(f"{_ROOM}:attach.fix", lang),
            role="business",
        )
        for one in deliverable.attachments
        if not one.text
    ]
